"""The record on a terminal, in Vietnamese: letterhead, directives with their units, references, deadlines, review.

Every word of a document passes `clean` first: OCR text may hold control characters that a terminal obeys.
"""

import unicodedata
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from models.record import Deadline, Directive, Letterhead, Record

# A directive's words are cut after so many characters in a table.
SHOWN = 160
# So many units are named one by one.
FEW_UNITS = 4


def clean(text: str | None) -> str:
    r"""Make text safe to print: control and format characters become blanks, markup is escaped.

    >>> clean("a\x1b[31mb [bold]c")
    'a [31mb \\[bold]c'
    """
    if text is None:
        return "—"
    return escape("".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") else c for c in text))


def shorten(text: str, length: int = SHOWN) -> str:
    """Cut a text at a word and mark the cut."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + " …"


def show_record(record: Record, console: Console | None = None) -> None:
    """Print a record for a clerk to read."""
    console = console or Console(emoji=False)
    console.print(letterhead_table(record))
    _print_table(console, "Nội dung giao", ("Mục", "Nội dung", "Chủ trì", "Hạn", "Nơi thực hiện"), _directives(record))
    _print_table(
        console,
        "Văn bản viện dẫn",
        ("Quan hệ", "Loại", "Số, ký hiệu", "Ngày", "Cơ quan", "Trích yếu"),
        _references(record),
    )
    _print_table(console, "Thời hạn", ("Hạn", "Nguyên văn", "Tin cậy"), _deadlines(record))
    _print_table(console, "Cần người xem lại", ("Trường", "Lý do", "Trang", "Gợi ý"), _reviews(record))
    for problem in record.problems:
        console.print(f"[yellow]Lưu ý[/yellow] trang {problem.page or '—'}: {clean(problem.message)}")


def letterhead_table(record: Record) -> Table:
    """Make the table of letterhead fields; what wasn't read says so."""
    head = record.letterhead
    table = Table(title=clean(record.source.name), show_header=False, title_justify="left", min_width=60)
    signer = " ".join(filter(None, (head.signer.capacity, head.signer.name))) if head.signer else None
    rows = (
        ("Số, ký hiệu", head.number or (head.symbol and f"… /{head.symbol}")),
        ("Loại", head.kind),
        ("Cơ quan ban hành", head.issuer),
        ("Ngày", _day(head)),
        ("Trích yếu", head.subject),
        ("Mức độ khẩn", head.urgency),
        ("Kính gửi", "; ".join(head.recipients) or None),
        ("Người ký", signer),
    )
    for name, value in rows:
        if value is not None or name not in ("Mức độ khẩn", "Kính gửi"):
            table.add_row(name, clean(value) if value else "[yellow]chưa đọc được[/yellow]")
    return table


def summary_table(record: Record) -> Table:
    """Make one table of a whole record: the letterhead, then a row for each thing found."""
    table = letterhead_table(record)
    for reference in record.references:
        name = " ".join(filter(None, (reference.kind, reference.number or reference.title)))
        table.add_row("Viện dẫn", clean(f"{name} ({reference.relation})"))
    for deadline in record.deadlines:
        table.add_row("Thời hạn", clean(f"{due_text(deadline)}: {shorten(deadline.text, 60)}"))
    for directive in record.directives:
        units = f" → {units_text(directive)}" if directive.units else ""
        table.add_row(clean(f"Giao việc {directive.label or ''}"), clean(shorten(directive.text, 90) + units))
    for review in record.needs_review:
        table.add_row("[yellow]Xem lại[/yellow]", clean(f"{review.field}: {review.reason}"))
    return table


def _day(head: Letterhead) -> str | None:
    if head.issued_on:
        return f"{head.issued_on:%d/%m/%Y}"
    between = head.issued_between
    return f"… ({between[0]:%d/%m/%Y} – {between[1]:%d/%m/%Y})" if between else None


def _print_table(console: Console, title: str, columns: Iterable[str], rows: list[tuple[str, ...]]) -> None:
    if not rows:
        return
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def due_text(deadline: Deadline) -> str:
    """Say a deadline's time in a few words."""
    if deadline.due:
        strict = "" if deadline.inclusive else "trước "
        return f"{strict}{deadline.time + ' ' if deadline.time else ''}{deadline.due:%d/%m/%Y}"
    return deadline.recurrence or shorten(deadline.text, 40)


def units_text(directive: Directive) -> str:
    """Name a directive's units; many are told by their count."""
    names = [unit.name for unit in directive.units]
    return ", ".join(names) if len(names) <= FEW_UNITS else f"{len(names)} đơn vị: {names[0]}, … {names[-1]}"


def _directives(record: Record) -> list[tuple[str, ...]]:
    return [
        (
            clean(d.label),
            clean(shorten(d.text)),
            clean("; ".join(d.lead)),
            clean(", ".join(due_text(record.deadlines[i]) for i in d.deadlines)),
            clean(units_text(d)),
        )
        for d in record.directives
    ]


def _references(record: Record) -> list[tuple[str, ...]]:
    return [
        (
            clean(r.relation),
            clean(r.kind),
            clean(r.number or r.title),
            f"{r.issued_on:%d/%m/%Y}" if r.issued_on else "—",
            clean(r.issuer),
            clean(shorten(r.subject or "", 80)),
        )
        for r in record.references
    ]


def _deadlines(record: Record) -> list[tuple[str, ...]]:
    return [(clean(due_text(d)), clean(shorten(d.text, 80)), f"{d.confidence:.0%}") for d in record.deadlines]


def _reviews(record: Record) -> list[tuple[str, ...]]:
    return [
        (
            clean(r.field),
            clean(r.reason),
            str(r.page or "—"),
            clean(f"{r.suggestion.value} ({r.suggestion.confidence:.0%})") if r.suggestion else "—",
        )
        for r in record.needs_review
    ]
