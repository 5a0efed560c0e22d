"""Settings come from the environment, then the file, then the defaults."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from models.settings import Settings


def test_the_environment_is_stronger_than_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value set in both is the environment's; one set in the file alone is the file's."""
    (tmp_path / "congvan.toml").write_text('language = "en"\nmax_pages = 7\n', encoding="utf-8")
    monkeypatch.setenv("CONGVAN_DATA", str(tmp_path))
    monkeypatch.setenv("CONGVAN_MAX_PAGES", "9")

    settings = Settings()

    assert (settings.language, settings.max_pages, settings.workers) == ("en", 9, 2)
    assert settings.inbox == tmp_path / "inbox"


def test_a_file_with_an_unknown_setting_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt setting is told, not ignored."""
    (tmp_path / "congvan.toml").write_text("max_page = 7\n", encoding="utf-8")
    monkeypatch.setenv("CONGVAN_DATA", str(tmp_path))

    with pytest.raises(ValidationError, match="max_page"):
        Settings()


def test_settings_are_frozen(tmp_path: Path) -> None:
    """Nobody changes a setting in passing."""
    settings = Settings(data=tmp_path)

    with pytest.raises(ValidationError, match="frozen"):
        settings.max_pages = 3  # type: ignore[misc]
