import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.record import Record, Reference
from store.opening import Store
from store.search import search
from tests.store.dispatches import citing, letter, roads

File = Callable[[Record], int]


def texts(store: Store, query: str) -> list[str]:
    """Give the texts of the hits, in their order."""
    return [hit.text for hit in search(store, query)]


@pytest.mark.parametrize("query", ["duong", "đường", "DUONG", "Đường", "tuyến đường", "đường tuyến", "duong cap tuyen"])
def test_words_are_found_with_or_without_marks_in_any_order(store: Store, file: File, query: str) -> None:
    """The directive about roads comes up however its words are typed."""
    number = file(roads())
    found = [(hit.dispatch, hit.directive, hit.label, hit.page, hit.number) for hit in search(store, query)]
    assert (number, 0, "1", 1, "412/SGTVT-QLKC") in found


def test_a_hit_is_what_the_contract_promises(store: Store, file: File) -> None:
    """A directive comes with its text, units, earliest day and boxes."""
    file(roads())
    hit = search(store, "tuyến đường")[0]
    assert hit.text.startswith("Rà soát các tuyến đường")
    assert [unit.name for unit in hit.units] == ["huyện Trà Bồng", "huyện Sơn Hà"]
    assert hit.due == dt.date(2024, 9, 30)
    assert hit.boxes == ((72, 100, 300, 114),)
    assert set(hit.model_dump()) == {
        "dispatch", "directive", "label", "page", "number", "text", "units", "due", "boxes", "score"
    }  # fmt: skip


def test_exact_marks_rank_first(store: Store, file: File) -> None:
    """Of words that fold alike, those written as typed stand first, whatever came first."""
    file(letter("Nuôi dưỡng đàn bò. Dưỡng, dưỡng, dưỡng."))
    file(letter("Sửa con đường làng."))
    file(letter("Chua co dau: duong lang."))
    assert texts(store, "đường")[0].startswith("Sửa")
    assert texts(store, "duong")[0].startswith("Chua")
    assert texts(store, "DƯỠNG")[0].startswith("Nuôi")
    assert len(texts(store, "duong")) == 3


def test_a_phrase_ranks_before_scattered_words(store: Store, file: File) -> None:
    """Words in a row come before the same words far apart."""
    file(letter("Cây đẹp trồng ở xã; xanh là màu của cây."))
    file(letter("Trồng cây xanh."))
    assert texts(store, "cây xanh")[0] == "Trồng cây xanh."
    assert texts(store, "cay xanh")[0] == "Trồng cây xanh."


SPELLINGS = ["69/KH-UBND", "69/kh-ubnd", "69 KH UBND", "69 / KH - UBND", "69KH-UBND", "069/KH-UBND", "số 69/kh-ubnd"]


@pytest.mark.parametrize("query", SPELLINGS)
def test_a_number_is_found_in_any_spelling(store: Store, file: File, query: str) -> None:
    """One document number, however typed, finds the page that cites it and no other number."""
    number = file(letter("Theo Kế hoạch số 69/KH-\nUBND của tỉnh."))
    file(letter("Theo Kế hoạch số 169/KH-UBND của tỉnh."))
    file(letter("Theo Kế hoạch số 6/KH-UBND, trang 9."))
    assert [hit.dispatch for hit in search(store, query)] == [number]


def test_a_number_the_text_misread_is_found_by_the_record(store: Store, file: File) -> None:
    """A number that only the record has right leads to its page."""
    reference = Reference(
        kind="công văn", number="2718/SNNPTNT-NTM", confidence=0.9,
        mentions=roads().references[0].mentions,
    )  # fmt: skip
    number = file(citing("Theo Công văn 2718 ISNNPTMT của Sở.", reference))
    assert [hit.dispatch for hit in search(store, "2718/SNNPTNT-NTM")] == [number]


def test_a_number_among_words(store: Store, file: File) -> None:
    """A number in any spelling may stand among other words."""
    wanted = file(letter("Kế hoạch số 69 / KH - UBND về sản phẩm."))
    file(letter("Kế hoạch số 70/KH-UBND về sản phẩm."))
    assert [hit.dispatch for hit in search(store, "sản phẩm 69/kh-ubnd")] == [wanted]


def test_the_dispatchs_own_number_finds_it(store: Store, file: File) -> None:
    """A dispatch comes up by its own number, on its first page."""
    number = file(letter("Số:      /SYT-NVY", number="1987/SYT-NVY"))
    hit = search(store, "1987 syt nvy")[0]
    assert (hit.dispatch, hit.page, hit.directive) == (number, 1, None)


def test_pages_repeat_no_directive(store: Store, file: File) -> None:
    """Words that stand in a directive alone give the directive; words elsewhere on the page give the page too."""
    file(roads())
    assert [hit.directive for hit in search(store, "kinh phí")] == [1]
    hits = search(store, "đường")
    assert [(hit.directive, hit.page) for hit in hits] == [(0, 1), (None, 2), (1, 1)]
    assert "sửa đường làng" in hits[1].text
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_excerpt_shows_the_words(store: Store, file: File) -> None:
    """Of a long page the stretch around the words is shown, on one line."""
    file(letter("Mở đầu. " * 200 + "Tu bổ\nđê biển trước mùa mưa. " + "Kết thúc. " * 200))
    shown = texts(store, "đê biển")[0]
    assert "Tu bổ đê biển trước mùa mưa." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 260


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"unit": "Trà Bồng"}, {0}),
        ({"unit": "tra bong"}, {0}),
        ({"unit": "UBND huyện Trà Bồng"}, {0}),
        ({"unit": "534"}, {1}),
        ({"unit": "Bồng"}, {0}),
        ({"unit": "Sơn Hạ"}, {0}),  # no unit has that very name, so the marks don't decide
        ({"unit": "Bình Sơn"}, set()),
        ({"issuer": "so giao thong"}, {0, 1}),
        ({"issuer": "Sở Y tế"}, set()),
        ({"issuer": "%"}, set()),
        ({"kind": "Công văn"}, {0, 1}),
        ({"kind": "cong"}, set()),
        ({"due_before": dt.date(2024, 10, 1)}, {0}),
        ({"due_before": dt.date(2024, 9, 30)}, set()),
        ({"cites": "69 kh ubnd"}, {0, 1}),
        ({"cites": "70/KH-UBND"}, set()),
        ({"cites": "69/KH-UBND", "unit": "Đức Phổ"}, {1}),
    ],
)
def test_filters_narrow(store: Store, file: File, filters: dict[str, str], found: set[int]) -> None:
    """Each filter leaves exactly the directives it is about, with words or without."""
    file(roads())
    assert {hit.directive for hit in search(store, "", **filters)} == found  # type: ignore[arg-type]
    with_words = {hit.directive for hit in search(store, "đường", **filters)}  # type: ignore[arg-type]
    assert with_words - {None} == found


def test_marks_tell_units_apart_where_both_have_work(store: Store, file: File) -> None:
    """Sơn Hà isn't Sơn Hạ once both are assigned something."""
    made = roads()
    units = made.directives[0].units
    other = made.directives[1].model_copy(update={"units": (units[0].model_copy(update={"name": "xã Sơn Hạ"}),)})
    file(made.model_copy(update={"directives": (made.directives[0], other)}))
    assert [hit.directive for hit in search(store, "", unit="Sơn Hạ")] == [1]
    assert [hit.directive for hit in search(store, "", unit="Sơn Hà")] == [0]
    assert [hit.directive for hit in search(store, "", unit="son ha")] == [0, 1]


def test_a_law_is_found_by_its_name(store: Store, file: File) -> None:
    """`cites` takes the name of a law as well as a number."""
    law = Reference(kind="luật", number=None, title="Luật Đất đai năm 2024", confidence=0.9, mentions=())
    number = file(citing("Căn cứ Luật Đất đai năm 2024.", law))
    file(roads())
    assert [hit.dispatch for hit in search(store, "căn cứ", cites="luat dat dai")] == [number]


HOSTILE = [
    '"', "'", '"""', "đường\"", "*", "đường*", "NEAR(a b)", "a AND", "OR", "NOT", "(", ")", "^đường", "{exact}: x",
    "exact : đường", "-đường", "+", "\0", "đường\0làng", "';DROP TABLE files;--", "%", "_", "\\", "\ud800",
    "a" * 100_000,
    "a " * 5000, "🚧", "\u202eđường", "\x1b[31m", "\n\n", "​", "½", "№ 5", "１２", "İ", "ß", "K",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_typed_breaks_the_search(store: Store, file: File, query: str) -> None:
    """Any text is taken as words, in the query as in every filter."""
    file(roads())
    for hits in (search(store, query), search(store, "x", unit=query, issuer=query, kind=query, cites=query)):
        assert isinstance(hits, list)
    assert len(texts(store, "đường")) == 3


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_search(store: Store, query: str) -> None:
    """The same, for texts nobody thought of."""
    assert search(store, query) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_every_word_that_is_filed_is_found(store: Store, file: File, words: str) -> None:
    """What stands on a page can be found by typing it, whatever it is."""
    from store.index import folded_words

    if folded_words(words) and max(words) < "\ud800":
        number = file(letter(f"{words}"))
        assert number in [hit.dispatch for hit in search(store, words, limit=1000)]


def test_an_empty_question_finds_nothing(store: Store, file: File) -> None:
    """Without words and filters there is nothing to look for."""
    file(roads())
    assert search(store, "") == search(store, "?!") == []


def test_the_limit_holds(store: Store, file: File) -> None:
    """No more hits than asked for, the closest first."""
    for i in range(5):
        file(letter(f"Con duong so {i}"))
    file(letter("Con đường"))
    hits = search(store, "đường", limit=2)
    assert len(hits) == 2
    assert hits[0].text == "Con đường"
