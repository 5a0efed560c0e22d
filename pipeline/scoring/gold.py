"""Gold files: what a careful clerk would record of a dispatch.

The format is described in `docs/contract.md` under "Gold files". Unknown keys are notes for people and are ignored.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from models.errors import UnreadableFileError
from models.record import Relative

GOLD_SUFFIX = ".gold.json"


class Gold(BaseModel):
    """Stand under the gold records: frozen, tolerant of further keys."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldReference(Gold):
    """A cited document; `attached` marks one that may be found or left out."""

    kind: str | None = None
    number: str | None = None
    title: str | None = None
    issued_on: dt.date | None = None
    issuer: str | None = None
    relation: str | None = None
    subject: str | None = None
    attached: bool = False
    kind_alt: str | list[str] | None = None
    relation_alt: str | list[str] | None = None
    issuer_aliases: list[str] = []


class GoldDeadline(Gold):
    """A deadline; `relative` may stand beside the `due` computed from it."""

    text: str = ""
    due: dt.date | None = None
    due_alt: list[dt.date] | dt.date | None = None
    time: str | None = None
    recurrence: str | None = None
    relative: Relative | None = None
    attached: bool = False


class GoldDirective(Gold):
    """A directive, known by how its text starts; `also` lists other right beginnings."""

    label: str | None = None
    starts: str
    also: list[str] | str = []
    lead: list[str] = []
    lead_aliases: list[Any] = []
    co: list[str] = []
    units: Any = None
    units_alt: Any = None
    attached: bool = False


class GoldRecord(Gold):
    """Everything annotated of one file."""

    id: str
    number: str | None = None
    kind: str | None = None
    kind_alt: str | list[str] | None = None
    issuer: str | None = None
    issuer_aliases: list[str] = []
    issuer_printed: str | None = None
    issued_on: dt.date | None = None
    place: str | None = None
    subject: str | None = None
    urgency: str | None = None
    recipients: list[str] = []
    signer: Any = None
    references: list[GoldReference] = []
    deadlines: list[GoldDeadline] = []
    deadlines_optional: list[GoldDeadline] = []
    directives: list[GoldDirective] = []
    directives_optional: list[GoldDirective] = []
    handwritten: list[str] = []
    annotated_pages: int | list[int] | None = None

    def annotates(self, page: int) -> bool:
        """Tell whether findings of a page were annotated; an int means the first pages up to it."""
        if self.annotated_pages is None:
            return True
        if isinstance(self.annotated_pages, int):
            return page <= self.annotated_pages
        return page in self.annotated_pages


def load_gold(folder: Path) -> list[GoldRecord]:
    """Read every `*.gold.json` of a folder and its subfolders, by id; a broken one raises UnreadableFileError."""
    return [_load(path) for path in sorted(folder.rglob(f"*{GOLD_SUFFIX}"))]


def _load(path: Path) -> GoldRecord:
    try:
        return GoldRecord.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, ValueError) as error:
        raise UnreadableFileError(path.name) from error
