"""`congvan search`: directives and pages, by words or by a document's number."""

import datetime as dt

from cli.context import load_settings
from cli.language import message
from cli.shown import opened_store, print_json, print_table
from models.errors import UsageError


def run_search(
    query: str,
    *,
    unit: str | None,
    issuer: str | None,
    kind: str | None,
    due_before: dt.date | None,
    cites: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Print the hits."""
    from cli.view import shorten
    from store.search import search

    with opened_store() as store:
        hits = search(
            store, query, unit=unit, issuer=issuer, kind=kind, due_before=due_before, cites=cites, limit=limit
        )
    if as_json:
        print_json(hits)
        return
    print_table(
        message(f"{len(hits)} kết quả", f"{len(hits)} hits"),
        (
            message("VB", "ID"),
            message("Số, ký hiệu", "Number"),
            message("Mục", "Item"),
            message("Trang", "Page"),
            message("Nội dung", "Text"),
            message("Đơn vị", "Units"),
            message("Hạn", "Due"),
        ),
        [(h.dispatch, h.number, h.label, h.page, shorten(h.text), _units(h.units), h.due) for h in hits],
        message("Không tìm thấy.", "Nothing found."),
    )


def read_day(typed: str) -> dt.date:
    """Read a day as people here write it, or as machines do.

    >>> read_day("30/9/2024") == read_day("2024-09-30") == dt.date(2024, 9, 30)
    True
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(typed.strip(), form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    if load_settings().language == "en":
        raise UsageError("--due-before: a day such as 30/9/2024")
    raise UsageError("--due-before: ngày, ví dụ 30/9/2024")


def _units(units: tuple[object, ...]) -> str:
    names = [str(getattr(unit, "name", unit)) for unit in units]
    return ", ".join(names) if len(names) <= 3 else f"{names[0]}, {names[1]}, … ({len(names)})"
