"""The entry script says what is missing where it can't install it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BARE = ("sh", "dirname", "basename", "cmp", "cat", "id", "env")


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """A copy of the entry on a machine that has neither Tesseract nor apt-get nor Python."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in BARE:
        (programs / name).symlink_to(str(shutil.which(name)))
    house = tmp_path / "nhà có dấu cách"
    house.mkdir()
    shutil.copy(ROOT / "congvan", house)
    shutil.copy(ROOT / "requirements.lock", house)
    return house


def test_a_machine_without_apt_is_told_what_to_install(bare_machine: Path) -> None:
    """Status 7, the packages by name, and nothing made in the folder."""
    ran = subprocess.run(
        [str(bare_machine / "congvan"), "doctor"],
        env={"PATH": str(bare_machine.parent / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 7
    assert "tesseract-ocr-vie" in ran.stderr
    assert not (bare_machine / ".venv").exists()


def test_the_entry_is_plain_posix_shell() -> None:
    """The script parses under `sh`, and may be run."""
    assert subprocess.run(["sh", "-n", str(ROOT / "congvan")], check=False).returncode == 0
    assert os.access(ROOT / "congvan", os.X_OK)
