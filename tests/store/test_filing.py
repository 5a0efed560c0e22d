import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import func, select, text

from models.errors import NotFoundError
from models.record import Record, Reference
from store import filing
from store.cited import list_references
from store.due import list_deadlines
from store.ledger import claim, register
from store.listing import list_files, show_file
from store.opening import Store
from store.tables import Table
from store.units import list_assignments, list_units
from tests.store.dispatches import citing, doubtful, letter, mention, roads

File = Callable[[Record], int]


def reference(**fields: object) -> Reference:
    """Give a citation of the province's plan 69, unless told otherwise."""
    given = {
        "kind": "kế hoạch",
        "number": "69/KH-UBND",
        "issued_on": dt.date(2024, 3, 22),
        "issuer": "UBND tỉnh Quảng Ngãi",
        "confidence": 0.9,
        "mentions": (),
    }
    return Reference.model_validate(given | fields)


def test_a_filed_record_comes_back_whole(store: Store, file: File) -> None:
    """`show` gives the very record, with state and history, under the file's name as people read it."""
    number = file(roads())
    shown = show_file(store, number)
    assert Record.model_validate(shown.record) == roads()
    assert (shown.state, shown.name) == ("done", "duong.txt")
    assert [event.what for event in shown.history] == ["received", "done"]
    assert shown.received_at.utcoffset() == dt.timedelta(hours=7)


def test_the_list_shows_the_letterhead(store: Store, file: File) -> None:
    """One row per content, with what the contract names."""
    file(roads())
    file(doubtful(letter("x")))
    first, second = list_files(store)
    assert (first.number, first.issued_on, first.subject) == (
        "412/SGTVT-QLKC", dt.date(2024, 8, 20), "rà soát đường giao thông nông thôn"
    )  # fmt: skip
    assert second.state == "review"
    assert set(first.model_dump()) >= {
        "id", "sha256", "name", "state", "number", "issued_on", "issuer", "subject", "received_at"
    }  # fmt: skip


def test_nothing_under_a_number_says_so(store: Store) -> None:
    """A number or a unit that isn't there is an error with the next step."""
    with pytest.raises(NotFoundError):
        show_file(store, 99)
    with pytest.raises(NotFoundError):
        list_assignments(store, "Trà Bồng")


STEPS = ["_add_pages", "_add_citations", "_add_deadlines", "_add_directives", "_add_passages", "add_passages"]


@pytest.mark.parametrize("step", STEPS)
def test_a_record_is_filed_whole_or_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A failure in any step leaves no row of the dispatch anywhere."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(filing, step, broken)
    held = claim(store, register(store, "a" * 64).id, "me", dt.timedelta(minutes=1))
    assert held
    with pytest.raises(RuntimeError):
        filing.file_record(store, held, roads(), "a.txt")
    with store.read() as session:
        full = [t.name for t in Table.metadata.sorted_tables if session.scalar(select(func.count()).select_from(t))]
        assert full == ["files"]
        assert session.scalar(text("SELECT count(*) FROM search_index")) == 0
    assert list_files(store)[0].state == "claimed"


def test_a_document_cited_twice_is_one_document(store: Store, file: File) -> None:
    """Number and day agree: one row, however the issuer is written or left out; what is missing is filled in."""
    for i, cited in enumerate(
        (
            reference(issuer=None),
            reference(issuer="Ủy ban nhân dân tỉnh Quảng Ngãi", subject="sản phẩm mỗi xã", relation="thực hiện"),
            reference(number="69 /KH-UBND"),
        )
    ):
        file(citing(f"văn bản {i}", cited))
    (document,) = list_references(store)
    assert (document.issuer, document.subject) == ("Ủy ban nhân dân tỉnh Quảng Ngãi", "sản phẩm mỗi xã")
    assert [(c.dispatch, c.relation) for c in document.cited_by] == [
        (1, "dẫn chiếu"), (2, "thực hiện"), (3, "dẫn chiếu")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        {"issued_on": dt.date(2023, 3, 22)},
        {"issued_on": None},
        {"issuer": "UBND tỉnh Bình Định"},
        {"number": "169/KH-UBND"},
        {"number": "69/QĐ-UBND"},
    ],
)
def test_documents_that_may_differ_stay_apart(store: Store, file: File, other: dict[str, object]) -> None:
    """The same number of another year, province or kind, or without its day, isn't guessed into one."""
    file(citing("một", reference()))
    file(citing("hai", reference(**other)))
    assert len(list_references(store)) == 2


def test_two_that_fit_give_no_guess(store: Store, file: File) -> None:
    """A citation without issuer that fits two known documents stays on its own."""
    file(citing("một", reference()))
    file(citing("hai", reference(issuer="UBND tỉnh Bình Định")))
    file(citing("ba", reference(issuer=None)))
    assert [len(d.cited_by) for d in list_references(store)] == [1, 1, 1]


def test_laws_are_known_by_number_or_name(store: Store, file: File) -> None:
    """A number that holds its year needs no day; a law without number goes by its name."""
    file(citing("một", reference(kind="luật", number="31/2024/QH15", issued_on=None, issuer=None)))
    file(citing("hai", reference(kind="luật", number="31/2024/QH15", issuer="Quốc hội", title="Luật Đất đai năm 2024")))
    file(citing("ba", reference(kind="luật", number=None, issued_on=None, issuer=None, title="Luật Cư trú năm 2020")))
    file(citing("bốn", reference(kind="luật", number=None, issued_on=None, issuer=None, title="Luật cư trú năm 2020")))
    assert [(d.title, len(d.cited_by)) for d in list_references(store)] == [
        ("Luật Cư trú năm 2020", 2), ("Luật Đất đai năm 2024", 2)
    ]  # fmt: skip


def test_a_document_the_store_holds_is_linked(store: Store, file: File) -> None:
    """Cited and held: number and day agree, and the issuers don't differ."""
    cited = reference(number="412/SGTVT-QLKC", issued_on=dt.date(2024, 8, 20), issuer=None)
    file(citing("một", cited))
    assert list_references(store)[0].held is None
    number = file(roads())
    held = {d.number: d.held for d in list_references(store)}
    assert held == {"412/SGTVT-QLKC": number, "69/KH-UBND": None, "148/QĐ-TTg": None}
    file(citing("hai", reference(number="412/SGTVT-QLKC", issued_on=dt.date(2024, 8, 20), issuer="Sở Y tế")))
    assert [d.held for d in list_references(store) if d.issuer == "Sở Y tế"] == [None]


def test_deadlines_come_nearest_first_with_their_work(store: Store, file: File) -> None:
    """What has to be done, by whom, by when; days that can't be computed come last."""
    made = roads()
    soon = made.deadlines[0].model_copy(update={"due": dt.date(2024, 9, 1)})
    open_ended = made.deadlines[0].model_copy(update={"due": None, "text": "05 ngày", "mentions": (mention("1."),)})
    file(made)
    file(letter("x", deadlines=(open_ended, soon)))
    deadlines = list_deadlines(store)
    assert [(d.due, d.dispatch) for d in deadlines] == [
        (dt.date(2024, 9, 1), 2), (dt.date(2024, 9, 30), 1), (None, 2)
    ]  # fmt: skip
    (item,) = deadlines[1].directives
    assert (item.label, [unit.name for unit in item.units]) == ("1", ["huyện Trà Bồng", "huyện Sơn Hà"])
    assert deadlines[1].inclusive is False
    assert deadlines[1].page == 1


def test_units_show_their_load_and_their_work(store: Store, file: File) -> None:
    """Counts by role, the nearest day, and each directive with its state."""
    file(roads())
    file(letter("x", directives=(roads().directives[1],)))
    loads = {load.name: load for load in list_units(store)}
    assert [loads["thị xã Đức Phổ"].co, loads["thị xã Đức Phổ"].dispatches] == [2, 2]
    assert [loads["huyện Sơn Hà"].lead, loads["huyện Sơn Hà"].next_due] == [1, dt.date(2024, 9, 30)]
    (work,) = list_assignments(store, "tra bong")
    assert (work.role, work.state, work.label, work.due) == ("lead", "proposed", "1", dt.date(2024, 9, 30))


def test_a_unit_named_twice_is_assigned_once(store: Store, file: File) -> None:
    """Leading goes before co-operating; two units of one name and different codes are two."""
    unit = roads().directives[0].units[0]
    units = (unit.model_copy(update={"role": "co"}), unit, unit.model_copy(update={"code": "999"}))
    file(letter("x", directives=(roads().directives[0].model_copy(update={"units": units, "deadlines": ()}),)))
    assert [(a.code, a.role) for a in list_assignments(store, "Trà Bồng")] == [("525", "lead"), ("999", "lead")]


def test_hostile_text_is_kept_as_it_is(store: Store, file: File) -> None:
    """Control characters, markup and SQL in a document are text, nothing else."""
    words = "<script>\x1b[31m'; DROP TABLE files;-- \x00 {}%s\u202e"
    number = file(letter(words))
    record = show_file(store, number).record
    assert record is not None
    assert record["text"]["pages"][0]["text"] == words


def test_everything_of_a_dispatch_goes_with_its_file(store: Store, file: File) -> None:
    """Deleting the ledger's row takes every row below it along, and the search index's too."""
    number = file(roads())
    with store.write() as session:
        session.execute(text("DELETE FROM files WHERE id = :id"), {"id": number})
    with store.read() as session:
        full = [t.name for t in Table.metadata.sorted_tables if session.scalar(select(func.count()).select_from(t))]
        assert session.scalar(text("SELECT count(*) FROM search_index")) == 0
    assert full == ["documents"]
