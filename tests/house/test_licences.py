"""Every dependency may be combined with GPL-3.0-or-later, and the table says so."""

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORBIDDEN = re.compile(r"AGPL|Affero|SSPL|Commons Clause|BUSL|Proprietary|GPL-2\.0-only", re.IGNORECASE)


def locked() -> list[str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    names = (re.match(r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==", line) for line in lines)
    return sorted({re.sub(r"[-_.]+", "-", match[1]).lower() for match in names if match})


def table() -> dict[str, str]:
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| ([a-z0-9-]+) \| (.+?) \|$", text, re.MULTILINE)[2:])


def test_the_table_holds_exactly_the_locked_packages() -> None:
    """No dependency comes in without its licence being looked at."""
    assert sorted(table()) == locked()


@pytest.mark.parametrize("package", locked())
def test_the_licence_can_be_combined(package: str) -> None:
    """No licence in the table or in the installed package forbids the combination."""
    assert table()[package].strip("? ")
    assert not FORBIDDEN.search(table()[package])
    try:
        found = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return  # locked for another platform or Python
    stated = " ".join([found.get("License-Expression") or "", *(found.get_all("Classifier") or [])])
    assert not FORBIDDEN.search(stated)


def test_the_lock_names_no_registry() -> None:
    """The lock files hold names, versions and hashes, no host."""
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text
