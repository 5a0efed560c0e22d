"""Office profiles: the one that ships with the program, or the file an office names in its settings."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from models.errors import UsageError
from models.office import Office
from pipeline.vietnam.units import find_province

DEFAULT = Path(__file__).with_name("offices") / "quang-ngai.toml"


def load_office(path: Path | None = None) -> Office:
    """Read an office profile.

    Raises:
        UsageError: the file isn't there, is no TOML, lacks a field, or names a province that never was.

    >>> load_office().province
    'Quảng Ngãi'
    """
    file = path or DEFAULT
    try:
        office = Office.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        detail = f"hồ sơ cơ quan {file.name}: {error}"
        raise UsageError(detail) from error
    unknown = [name for name in (office.province, *(g.province for g in office.group)) if find_province(name) is None]
    if unknown:
        detail = f"hồ sơ cơ quan {file.name}: không có tỉnh “{unknown[0]}”"
        raise UsageError(detail)
    return office
