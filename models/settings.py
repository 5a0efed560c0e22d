"""The one frozen Settings record: read once in `cli`, passed down to everything else.

Order of sources, strongest first: environment (`CONGVAN_…`), the file `congvan.toml` (in the data folder, or the
file `CONGVAN_CONFIG` names), the defaults below. `docs/settings.md` lists each.
"""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, PositiveInt
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Settings(BaseSettings):
    """Everything an office can set."""

    model_config = SettingsConfigDict(env_prefix="CONGVAN_", frozen=True, extra="forbid", env_ignore_empty=True)

    data: Path = Field(
        default=Path("data"), description="Data folder: inbox/, archive/, the SQLite file, Prefect's home."
    )
    database_url: str | None = Field(
        default=None, description="Another database than the SQLite file in the data folder."
    )
    office: Path | None = Field(default=None, description="Office profile (TOML). Default: a department of Quảng Ngãi.")
    language: Literal["vi", "en"] = Field(default="vi", description="Language of messages.")
    max_pages: PositiveInt = Field(default=500, description="Most pages in one file.")
    max_megapixels: PositiveInt = Field(default=120, description="Most megapixels of one page image.")
    max_megabytes: PositiveInt = Field(default=200, description="Largest file, in megabytes.")
    max_memory_megabytes: PositiveInt = Field(
        default=3000, description="Most memory one file may take while it is read, in megabytes."
    )
    page_seconds: PositiveInt = Field(default=60, description="Longest time one page's OCR may take, in seconds.")
    render_dpi: PositiveInt = Field(default=200, le=1200, description="Resolution at which pages are rendered for OCR.")
    workers: PositiveInt = Field(default=2, le=64, description="Pages read side by side.")
    tones: Literal["old", "new"] = Field(
        default="old",
        description="Where restored words bear their tone mark: old is hòa, ủy (legal text); new is hoà, uỷ.",
    )
    settle_seconds: float = Field(
        default=2.0, gt=0, le=3600, description="A file is taken once its size hasn't changed so long."
    )
    rescan_seconds: float = Field(
        default=60.0, gt=0, le=86_400, description="The inbox is swept again after so long without events."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read explicit values, then the environment, then `congvan.toml`."""
        named = os.environ.get("CONGVAN_CONFIG")
        file = Path(named or Path(os.environ.get("CONGVAN_DATA") or "data") / "congvan.toml")
        if named and not file.is_file():
            msg = f"CONGVAN_CONFIG: {named}"
            raise ValueError(msg)
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file)

    @property
    def inbox(self) -> Path:
        """The folder clerks drop files into."""
        return self.data / "inbox"

    @property
    def archive(self) -> Path:
        """The content-addressed folder of originals."""
        return self.data / "archive"

    @property
    def url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'congvan.sqlite'}"
