"""The record of a dispatch, as `docs/contract.md` promises it to outside tools.

Names, nulls and order follow the contract; `congvan schema` prints the JSON Schema made from these models.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from models.base import Frozen
from models.page import Box, Origin

SCHEMA_VERSION = 1

Confidence = Annotated[float, Field(ge=0, le=1)]
Urgency = Literal["khẩn", "thượng khẩn", "hỏa tốc"]
# Strongest first: of two relations the text supports, the earlier one is recorded.
RELATIONS = (
    "sửa đổi, bổ sung",
    "thay thế",
    "bãi bỏ",
    "kèm theo",
    "trả lời",
    "thực hiện",
    "căn cứ",
    "dẫn chiếu",
)
Relation = Literal["sửa đổi, bổ sung", "thay thế", "bãi bỏ", "kèm theo", "trả lời", "thực hiện", "căn cứ", "dẫn chiếu"]


class Source(Frozen):
    """The file that was read."""

    name: str
    sha256: str
    media_type: str
    pages: int


class Mention(Frozen):
    """A place in the text: page (from 1), offsets into that page's `text`, the words, one box per printed line."""

    page: int
    start: int
    end: int
    text: str
    boxes: tuple[Box, ...] = ()


class Evidence(Mention):
    """Where a field was read, by which rule, and how likely it is right."""

    confidence: Confidence
    rule: str


class Signer(Frozen):
    """Who signed: authority as printed ("KT. GIÁM ĐỐC"), own position, name."""

    capacity: str | None = None
    position: str | None = None
    name: str | None = None


class Letterhead(Frozen):
    """What stands around the words of a dispatch: who wrote it, when, under which number, to whom."""

    number: str | None = None
    symbol: str | None = None
    kind: str | None = None
    issuer: str | None = None
    parent: str | None = None
    place: str | None = None
    issued_on: dt.date | None = None
    issued_between: tuple[dt.date, dt.date] | None = None
    subject: str | None = None
    urgency: Urgency | None = None
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signer: Signer | None = None
    evidence: dict[str, Evidence] = Field(default_factory=dict)


class Arrival(Frozen):
    """What the ĐẾN stamp says: the receiver's own number and day, kept apart from the dispatch's."""

    number: str | None = None
    date: dt.date | None = None
    evidence: dict[str, Evidence] = Field(default_factory=dict)


class Reference(Frozen):
    """One distinct document cited, however often; `number` as printed, never looked up."""

    kind: str | None
    number: str | None
    issued_on: dt.date | None = None
    issuer: str | None = None
    subject: str | None = None
    title: str | None = None
    pinpoints: tuple[str, ...] = ()
    relation: Relation = "dẫn chiếu"
    cue: str | None = None
    confidence: Confidence
    mentions: tuple[Mention, ...]


class Relative(Frozen):
    """A time counted from an anchor; negative amounts lie before it; a week is 7 days."""

    amount: int
    unit: Literal["working_day", "day", "hour", "month"]
    anchor: Literal["receipt", "signing", "effective", "event"]


class Deadline(Frozen):
    """What somebody must do by a time; distinct by (due, time, recurrence, relative)."""

    text: str
    due: dt.date | None = None
    inclusive: bool = True
    time: str | None = Field(default=None, pattern=r"^\d{2}:\d{2}$")
    recurrence: str | None = None
    relative: Relative | None = None
    confidence: Confidence
    mentions: tuple[Mention, ...]


class UnitTask(Frozen):
    """A locality a directive is addressed to, in the state of the day of issue."""

    code: str
    name: str
    level: Literal["province", "district", "commune"]
    role: Literal["lead", "co"]


class Directive(Frozen):
    """One thing ordered or asked for, at the level of the numbered item."""

    label: str | None
    text: str
    lead: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    report_to: str | None = None
    deadlines: tuple[int, ...] = ()
    units: tuple[UnitTask, ...] = ()
    reason: str | None = None
    confidence: Confidence
    mentions: tuple[Mention, ...]


class PageText(Frozen):
    """The final text of one page; `changes` counts what restoration altered."""

    number: int
    origin: Origin
    confidence: Confidence
    text: str
    changes: int = 0


class Text(Frozen):
    """The final text of a dispatch, printed lines kept, digital-signature lines out."""

    pages: tuple[PageText, ...]


class Suggestion(Frozen):
    """A reading that isn't sure enough for the record."""

    value: str
    confidence: Confidence


class Review(Frozen):
    """A field a person has to look at: a dotted path, why, where, and what the program would say if asked."""

    field: str
    reason: str
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    suggestion: Suggestion | None = None


class Problem(Frozen):
    """Something that went wrong without stopping the dispatch."""

    page: int | None = None
    code: str
    message: str


class AttachedRecord(Frozen):
    """The record of a document inside the file: everything but source and text."""

    letterhead: Letterhead
    references: tuple[Reference, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    directives: tuple[Directive, ...] = ()
    needs_review: tuple[Review, ...] = ()


class Part(Frozen):
    """Pages that belong together; an attached document carries a record of its own."""

    role: Literal["letter", "appendix", "form", "attached document"]
    pages: tuple[int, ...]
    record: AttachedRecord | None = None


class Record(Frozen):
    """Everything Congvan says about one file."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    source: Source
    letterhead: Letterhead = Letterhead()
    arrival: Arrival = Arrival()
    parts: tuple[Part, ...] = ()
    references: tuple[Reference, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    directives: tuple[Directive, ...] = ()
    text: Text = Text(pages=())
    needs_review: tuple[Review, ...] = ()
    problems: tuple[Problem, ...] = ()
    metadata: dict[str, list[str]] = Field(default_factory=dict)
    """What else the file said, such as its digital-signature lines; keys are free."""

    def to_json(self, *, indent: int | None = None) -> str:
        """Give the JSON text of the contract: UTF-8, short keys, nulls kept."""
        return self.model_dump_json(by_alias=True, indent=indent)
