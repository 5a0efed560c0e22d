"""The documents keep up with the program."""

import re
from pathlib import Path

import pytest
import typer

from cli.main import app
from models.errors import CongvanError
from models.settings import Settings

ROOT = Path(__file__).parents[2]


def documents(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def commands() -> list[str]:
    group = typer.main.get_command(app)
    return sorted(getattr(group, "commands", {}))


def errors(kind: type[CongvanError] = CongvanError) -> list[type[CongvanError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in errors(child))]


@pytest.mark.parametrize("command", commands())
def test_every_command_stands_in_the_contract(command: str) -> None:
    """A command that exists is documented."""
    assert re.search(rf"`{command}\b", documents("contract.md"))


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_is_documented_with_its_variable(setting: str) -> None:
    """A setting has its row: name, variable, default, description."""
    description = Settings.model_fields[setting].description or "none"

    assert f"| `{setting}` | `CONGVAN_{setting.upper()}` |" in documents("settings.md")
    assert description in documents("settings.md")


@pytest.mark.parametrize("error", errors(), ids=lambda error: error.__name__)
def test_every_error_is_documented_and_speaks_both_languages(error: type[CongvanError]) -> None:
    """An error has its row, and words in Vietnamese and English."""
    assert f"| {error.exit_code} | {error.__name__} | `{error.reason}` |" in documents("errors.md")
    assert set(error.message) == set(error.advice) == {"vi", "en"}


def test_relative_links_lead_somewhere() -> None:
    """A link to a file of the project leads to one."""
    broken = [
        f"{page.name}: {target}"
        for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "fixtures" / "README.md"]
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []
