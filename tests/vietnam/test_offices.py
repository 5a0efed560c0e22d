import datetime as dt
from pathlib import Path

import pytest

from models.errors import UsageError
from pipeline.vietnam.offices import load_office
from pipeline.vietnam.units import Unit, find_unit


def test_the_default_office_names_only_units_that_exist() -> None:
    """Every unit of the shipped profile's groups stood on the days its list holds."""
    for group in load_office().group:
        day = group.until or group.since or dt.date(2024, 1, 1)
        assert all(isinstance(find_unit(name, group.province, day), Unit) for name in group.units)


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        'name = "Sở Y tế"',
        'name = "Sở Y tế"\nprovince = "Atlantis"',
        'name = "A"\nprovince = "Hà Nội"\nx = 1',
    ],
)
def test_a_broken_profile_is_refused(tmp_path: Path, text: str) -> None:
    """A profile that can't be read, lacks a field or names no province stops the program with a usage error."""
    file = tmp_path / "office.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        load_office(file)


def test_a_missing_profile_is_refused(tmp_path: Path) -> None:
    """A file that isn't there is a usage error, not a crash."""
    with pytest.raises(UsageError):
        load_office(tmp_path / "none.toml")
