"""The tables of the store, one class each.

`files` is the truth about every content hash; everything else hangs below it and goes with it. One dispatch has the
id of its file. The full-text index isn't here: `store.index` owns it.
"""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Index, MetaData, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Instant(TypeDecorator[dt.datetime]):
    """A moment, kept in UTC; values without a time zone are refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: object) -> dt.datetime | None:
        """Turn an aware moment into UTC without a zone, which every database keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a moment needs its time zone"
            raise ValueError(msg)
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: object) -> dt.datetime | None:
        """Give the moment back in UTC."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


class Table(DeclarativeBase):
    """Stand under every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dt.datetime: Instant, dict[str, Any]: JSON, list[Any]: JSON, str: Text}  # noqa: RUF012


def _owned_by(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE")


class FileRow(Table):
    """One content hash and what became of it.

    `settled` tells that the inbox file has reached its last place; `crashes` counts claims in a row whose owner died.
    A withheld row holds hash, state and time, nothing else.
    """

    __tablename__ = "files"
    # The number of a withdrawn dispatch isn't given to another.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    received_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]
    name: Mapped[str | None]
    reason: Mapped[str | None]
    settled: Mapped[bool] = mapped_column(default=False)
    owner: Mapped[str | None]
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[dt.datetime | None]
    crashes: Mapped[int] = mapped_column(default=0)


class HistoryRow(Table):
    """One thing that happened to a file: when, who, what. `key` keeps the same thing from being told twice."""

    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(_owned_by("files.id"), index=True)
    at: Mapped[dt.datetime]
    who: Mapped[str]
    what: Mapped[str] = mapped_column(String(32))
    detail: Mapped[str | None]
    key: Mapped[str | None] = mapped_column(unique=True)


class DispatchRow(Table):
    """One dispatch: its record whole, and the fields lists and filters need."""

    __tablename__ = "dispatches"

    id: Mapped[int] = mapped_column(_owned_by("files.id"), primary_key=True)
    record: Mapped[str]
    number: Mapped[str | None]
    number_key: Mapped[str | None] = mapped_column(index=True)
    symbol: Mapped[str | None]
    kind: Mapped[str | None]
    kind_folded: Mapped[str] = mapped_column(index=True)
    issuer: Mapped[str | None]
    issuer_folded: Mapped[str]
    place: Mapped[str | None]
    issued_on: Mapped[dt.date | None] = mapped_column(Date, index=True)
    subject: Mapped[str | None]
    urgency: Mapped[str | None]
    processed_at: Mapped[dt.datetime]

    directives: Mapped[list["DirectiveRow"]] = relationship(back_populates="dispatch", passive_deletes=True)


class PageRow(Table):
    """The final text of one page."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("dispatch_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(_owned_by("dispatches.id"))
    number: Mapped[int]
    origin: Mapped[str] = mapped_column(String(16))
    confidence: Mapped[float]
    changes: Mapped[int]
    text: Mapped[str]


class DocumentRow(Table):
    """One distinct document that dispatches cite, held or not; `identity` is what makes it distinct."""

    __tablename__ = "documents"
    __table_args__ = (Index(None, "number_key", "issued_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str | None]
    number: Mapped[str | None]
    number_key: Mapped[str | None]
    issued_on: Mapped[dt.date | None] = mapped_column(Date)
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    title: Mapped[str | None]
    title_folded: Mapped[str]

    citations: Mapped[list["CitationRow"]] = relationship(back_populates="document")


class CitationRow(Table):
    """One dispatch citing one document, with the words that say how."""

    __tablename__ = "citations"
    __table_args__ = (UniqueConstraint("dispatch_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(_owned_by("dispatches.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    position: Mapped[int]
    relation: Mapped[str] = mapped_column(String(32))
    cue: Mapped[str | None]
    confidence: Mapped[float]
    pinpoints: Mapped[list[Any]]
    mentions: Mapped[list[Any]]

    document: Mapped[DocumentRow] = relationship(back_populates="citations")
    dispatch: Mapped[DispatchRow] = relationship()


class DirectiveRow(Table):
    """One thing ordered or asked for; `position` is its index in the record, `due` its earliest date."""

    __tablename__ = "directives"
    __table_args__ = (UniqueConstraint("dispatch_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(_owned_by("dispatches.id"))
    position: Mapped[int]
    label: Mapped[str | None]
    text: Mapped[str]
    lead: Mapped[list[Any]]
    co: Mapped[list[Any]]
    report_to: Mapped[str | None]
    reason: Mapped[str | None]
    due: Mapped[dt.date | None] = mapped_column(Date, index=True)
    confidence: Mapped[float]
    mentions: Mapped[list[Any]]

    dispatch: Mapped[DispatchRow] = relationship(back_populates="directives")
    deadlines: Mapped[list["DeadlineRow"]] = relationship(
        secondary="directive_deadlines", back_populates="directives", order_by="DeadlineRow.position"
    )
    assignments: Mapped[list["AssignmentRow"]] = relationship(
        back_populates="directive", passive_deletes=True, order_by="AssignmentRow.id"
    )


class DeadlineRow(Table):
    """One time by which somebody must do something; `position` is its index in the record."""

    __tablename__ = "deadlines"
    __table_args__ = (UniqueConstraint("dispatch_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(_owned_by("dispatches.id"))
    position: Mapped[int]
    text: Mapped[str]
    due: Mapped[dt.date | None] = mapped_column(Date, index=True)
    inclusive: Mapped[bool]
    time: Mapped[str | None] = mapped_column(String(5))
    recurrence: Mapped[str | None]
    relative: Mapped[dict[str, Any] | None]
    confidence: Mapped[float]
    mentions: Mapped[list[Any]]

    dispatch: Mapped[DispatchRow] = relationship()
    directives: Mapped[list[DirectiveRow]] = relationship(
        secondary="directive_deadlines", back_populates="deadlines", order_by=DirectiveRow.position
    )


class DirectiveDeadlineRow(Table):
    """Which deadlines a directive has."""

    __tablename__ = "directive_deadlines"

    directive_id: Mapped[int] = mapped_column(_owned_by("directives.id"), primary_key=True)
    deadline_id: Mapped[int] = mapped_column(_owned_by("deadlines.id"), primary_key=True, index=True)


class AssignmentRow(Table):
    """One directive for one unit; `proposed` until a person confirms it."""

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("directive_id", "unit_code", "unit_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(_owned_by("directives.id"))
    unit_code: Mapped[str] = mapped_column(String(16), index=True)
    unit_name: Mapped[str]
    unit_folded: Mapped[str] = mapped_column(index=True)
    unit_level: Mapped[str] = mapped_column(String(16))
    role: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(16))

    directive: Mapped[DirectiveRow] = relationship(back_populates="assignments")


class PassageRow(Table):
    """One stretch of text the search index knows: a directive's own words, or a whole page (no directive)."""

    __tablename__ = "passages"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispatch_id: Mapped[int] = mapped_column(_owned_by("dispatches.id"), index=True)
    directive_id: Mapped[int | None] = mapped_column(_owned_by("directives.id"))
    page: Mapped[int | None]
