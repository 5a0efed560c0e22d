"""`congvan references`, `deadlines` and `units`: what dispatches rest on, by when, and who has to do what."""

from typing import TYPE_CHECKING

from cli.language import message
from cli.shown import opened_store, print_json, print_table, shown, states

if TYPE_CHECKING:
    from store.cited import Cited
    from store.due import Due, DueDirective
    from store.units import Assigned, Load

# So many units are named one by one.
_FEW = 3


def run_references(*, as_json: bool) -> None:
    """Print the registry of cited documents."""
    from store.cited import list_references

    with opened_store() as store:
        documents = list_references(store)
    if as_json:
        print_json(documents)
        return
    print_table(
        message(f"{len(documents)} văn bản được viện dẫn", f"{len(documents)} documents cited"),
        (
            message("Loại", "Kind"),
            message("Số, ký hiệu", "Number"),
            message("Ngày", "Date"),
            message("Cơ quan", "Issuer"),
            message("Được viện dẫn trong", "Cited by"),
            message("Trong kho", "Held"),
        ),
        [
            (d.kind, d.number or d.title, d.issued_on, d.issuer, _cited_by(d), d.held and f"#{d.held}")
            for d in documents
        ],
        message("Chưa có văn bản nào được viện dẫn.", "No documents cited yet."),
    )


def run_deadlines(*, as_json: bool) -> None:
    """Print the deadlines, the nearest first."""
    from cli.view import shorten
    from store.due import list_deadlines

    with opened_store() as store:
        deadlines = list_deadlines(store)
    if as_json:
        print_json(deadlines)
        return
    rows = [
        (_when(d), d.dispatch, d.number, item and item.label, shorten(item.text if item else d.text, 100), _units(item))
        for d in deadlines
        for item in (d.directives or (None,))
    ]
    print_table(
        message(f"{len(deadlines)} thời hạn", f"{len(deadlines)} deadlines"),
        (
            message("Hạn", "Due"),
            message("VB", "ID"),
            message("Số, ký hiệu", "Number"),
            message("Mục", "Item"),
            message("Nội dung", "Text"),
            message("Đơn vị", "Units"),
        ),
        rows,
        message("Chưa có thời hạn nào.", "No deadlines yet."),
    )


def run_units(name: str | None, *, as_json: bool) -> None:
    """Print how much work each unit has, or the work of one."""
    from store.units import list_assignments, list_units

    with opened_store() as store:
        work = list_units(store) if name is None else []
        assigned = list_assignments(store, name) if name is not None else []
    if as_json:
        print_json(work if name is None else assigned)
    elif name is None:
        _print_units(work)
    else:
        _print_assigned(assigned)


def _print_units(units: "list[Load]") -> None:
    print_table(
        message(f"{len(units)} đơn vị có việc", f"{len(units)} units with work"),
        (
            message("Mã", "Code"),
            message("Đơn vị", "Unit"),
            message("Chủ trì", "Lead"),
            message("Phối hợp", "Co"),
            message("Văn bản", "Dispatches"),
            message("Hạn gần nhất", "Next due"),
        ),
        [(u.code, u.name, u.lead, u.co, u.dispatches, u.next_due) for u in units],
        message("Chưa có việc nào được giao cho đơn vị nào.", "No unit has work yet."),
    )


def _print_assigned(assigned: "list[Assigned]") -> None:
    from cli.view import shorten

    word = states()
    print_table(
        message(f"{len(assigned)} việc", f"{len(assigned)} tasks"),
        (
            message("Đơn vị", "Unit"),
            message("Vai trò", "Role"),
            message("VB", "ID"),
            message("Số, ký hiệu", "Number"),
            message("Mục", "Item"),
            message("Nội dung", "Text"),
            message("Hạn", "Due"),
            message("Trạng thái", "State"),
        ),
        [
            (a.unit, word(a.role), a.dispatch, a.number, a.label, shorten(a.text), a.due, word(a.state))
            for a in assigned
        ],
        "",
    )


def _cited_by(document: "Cited") -> str:
    return "; ".join(f"#{c.dispatch} ({c.relation})" for c in document.cited_by)


def _when(deadline: "Due") -> str:
    if deadline.due is None:
        return deadline.recurrence or deadline.text
    strict = "" if deadline.inclusive else message("trước ", "before ")
    return f"{strict}{deadline.time + ' ' if deadline.time else ''}{shown(deadline.due)}"


def _units(item: "DueDirective | None") -> str:
    names = [unit.name for unit in item.units] if item else []
    return ", ".join(names) if len(names) <= _FEW else f"{names[0]}, {names[1]}, … ({len(names)})"
