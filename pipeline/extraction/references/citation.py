"""One citation as it stands in the text, before citations of one document are brought together."""

import datetime as dt
from dataclasses import dataclass

from models.record import Relation
from pipeline.vietnam.kinds import Kind
from pipeline.vietnam.numbers import DocumentNumber

Span = tuple[int, int]


@dataclass(frozen=True)
class Head:
    """What names the document: kind, number or title; `text[start:end]` from the kind's word to the number's end."""

    start: int
    end: int
    kind: Kind | None
    number: DocumentNumber | None = None
    title: str | None = None
    issuer: Span | None = None  # printed between kind and number
    named: bool = False  # the kind is printed right in front
    marked: bool = False  # "số" is printed
    repaired: bool = False  # the number was mended to a known form
    joined: bool = False  # a later item of a list: it has no kind of its own
    serial: str | None = None  # a number without its symbol: "Quyết định 866"


@dataclass(frozen=True)
class Citation:
    """A head with what follows it, and what the text around says."""

    head: Head
    end: int  # of the date, or of the head when none follows
    tail: int  # of everything that belongs to it: issuer and subject too
    date: dt.date | None = None
    partial: bool = False  # a date is printed, but not whole
    unread: bool = False  # a date is printed that can't be read
    issuer: str | None = None  # as printed behind
    front: str | None = None  # an office printed in front: "của … tại", "… ban hành"
    mended: bool = False  # holds a figure that was put right
    subject: str | None = None
    nested: bool = False  # stands within another citation's subject
    pinpoints: tuple[str, ...] = ()
    relation: Relation = "dẫn chiếu"
    cue: str | None = None
    lent: bool = False  # its date is printed with a later item of the list

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.head.start
