"""What every command needs: the settings, read once, and the office profile."""

import os
from functools import lru_cache

from pydantic import ValidationError

from models.errors import UsageError
from models.office import Office
from models.settings import Settings


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """Read the settings from the environment and the file; a bad value is a usage error that names it."""
    try:
        settings = Settings()
    except (ValidationError, ValueError) as error:
        raise UsageError(_first_fault(error)) from error
    # One Tesseract thread per process: several threads on few cores slow it down many times.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    return settings


def load_office_profile(settings: Settings) -> Office:
    """Read the office profile the settings name, or the default one."""
    from pipeline.vietnam.offices import load_office

    return load_office(settings.office)


def _first_fault(error: Exception) -> str:
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        return f"CONGVAN_{'_'.join(str(part) for part in fault['loc']).upper()}: {fault['msg']}"
    return str(error)
