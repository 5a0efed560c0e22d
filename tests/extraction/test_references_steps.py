"""The steps of finding references: zones, doubt, reviews, evidence, time."""

import datetime as dt
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.page import Line, TextPage, Word
from models.record import Letterhead
from pipeline.extraction.doc import Findings, declare_extensions, findings
from pipeline.extraction.references.component import read_references
from pipeline.extraction.references.figures import mend_figures
from pipeline.extraction.references.find import find_references
from pipeline.extraction.references.flat import flatten
from pipeline.extraction.references.issuers import natural_name
from pipeline.extraction.references.pinpoints import pinpoints_before
from pipeline.extraction.running import RunningText, Zone, assemble, plain
from pipeline.tools.language import blank_vietnamese

OWN = Letterhead(
    number="77/QĐ-SYT",
    symbol="QĐ-SYT",
    kind="quyết định",
    issuer="Sở Y tế tỉnh Bình Định",
    issued_on=dt.date(2025, 3, 4),
)


def zoned(*stretches: tuple[Zone, str]) -> RunningText:
    """Make a running text of one page from stretches of text with their zones."""
    text = "\n".join(words for _, words in stretches)
    page = TextPage(number=1, width=595, height=842, origin="ocr", confidence=0.9, text=text)
    rows = []
    place = 0
    for zone, words in stretches:
        rows.append((zone, page, place, place + len(words)))
        place += len(words) + 1
    return assemble(rows, [page])


def numbers_in(running: RunningText, letterhead: Letterhead = OWN) -> list[str | None]:
    """Give the numbers of the references found."""
    return [reference.number for reference in find_references(running, letterhead)[0]]


def test_the_number_in_the_letterhead_is_the_dispatchs_own() -> None:
    """A number without a kind in the letterhead is never a reference; one in the V/v is."""
    running = zoned(
        (Zone.LETTERHEAD, "Số: 78/SYT-NVY"),
        (Zone.LETTERHEAD, "V/v trả lời Công văn số 12/UBND-VX"),
        (Zone.BODY, "Kính"),
    )
    references, _ = find_references(running, Letterhead())
    assert [(r.number, r.relation) for r in references] == [("12/UBND-VX", "trả lời")]


@pytest.mark.parametrize("zone", [Zone.FORM, Zone.MARGIN, Zone.CLOSING, Zone.ATTACHED])
def test_zones_that_cite_nothing(zone: Zone) -> None:
    """Forms, margins, the closing and attached documents give no references of the letter."""
    assert numbers_in(zoned((zone, "theo Quyết định số 61/QĐ-UBND ngày 20/01/2025"))) == []


@pytest.mark.parametrize("zone", [Zone.BODY, Zone.FOOTNOTES, Zone.APPENDIX])
def test_zones_that_cite(zone: Zone) -> None:
    """The body, its footnotes and appendices do."""
    assert numbers_in(zoned((zone, "theo Quyết định số 61/QĐ-UBND ngày 20/01/2025"))) == ["61/QĐ-UBND"]


def test_an_appendix_head_names_the_dispatch_even_when_its_figures_differ() -> None:
    """Over an appendix the own symbol behind "Kèm theo" is the dispatch, also with handwritten figures."""
    running = zoned((Zone.APPENDIX, "(Kèm theo Quyết định số 17/QĐ-SYT ngày 04/3/2025 của Sở Y tế)"))
    assert numbers_in(running, OWN.model_copy(update={"number": None})) == []


def test_own_number_with_another_year_is_another_document() -> None:
    """The same number of last year is cited, not the dispatch itself."""
    assert numbers_in(plain("thay thế Quyết định số 77/QĐ-SYT ngày 02/3/2024")) == ["77/QĐ-SYT"]


def test_the_offices_earlier_letters_are_its_own() -> None:
    """A number with the dispatch's own token and no printed issuer is by the same office."""
    references, _ = find_references(plain("theo Kế hoạch số 12/KH-SYT ngày 02/01/2025"), OWN)
    assert references[0].issuer == "Sở Y tế tỉnh Bình Định"


def test_an_unread_number_goes_to_a_person() -> None:
    """A number with a sign in place of a figure is in no reference, but a person is asked, and shown where."""
    references, reviews = find_references(plain("Căn cứ Kế hoạch số §7/KH-SYT ngày 02/01/2025;"), OWN)
    assert references == ()
    assert [(review.field, review.page) for review in reviews] == [("references", 1)]


def test_a_date_that_cannot_be_read_goes_to_a_person() -> None:
    """The issuer behind an unread date is read; the date is null and told."""
    references, reviews = find_references(
        plain("Căn cứ Kế hoạch số 12/KH-STC ngày 0? tháng 01 năm 2025 của Sở Tài chính;"), OWN
    )
    assert (references[0].issued_on, references[0].issuer) == (None, "Sở Tài chính tỉnh Bình Định")
    assert [review.field for review in reviews] == ["references.0.issued_on"]


def test_dates_that_disagree_are_shown() -> None:
    """Two dates of one document leave it open, and both stand in the reason."""
    text = "Kế hoạch số 12/KH-STC ngày 02/01/2025; Kế hoạch số 12/KH-STC ngày 03/01/2025"
    references, reviews = find_references(plain(text), OWN)
    assert references[0].issued_on is None
    assert "2/1/2025" in reviews[0].reason
    assert "3/1/2025" in reviews[0].reason


@pytest.mark.parametrize(("reading", "highest"), [(0.95, 0.98), (0.6, 0.8), (0.1, 0.55)])
def test_doubtful_words_lower_the_confidence(reading: float, highest: float) -> None:
    """A number made of words the reader wasn't sure of is less sure itself."""
    text = "theo Kế hoạch số 12/KH-STC ngày 02/01/2025"
    start = text.index("12/")
    words = (Word(start=start, end=start + 9, box=(10, 10, 50, 20), confidence=reading),)
    line = Line(start=0, end=len(text), box=(0, 10, 200, 20))
    page = TextPage(
        number=1, width=595, height=842, origin="ocr", confidence=0.9, text=text, words=words, lines=(line,)
    )
    references, _ = find_references(assemble([(Zone.BODY, page, 0, len(text))], [page]), OWN)
    assert references[0].confidence == pytest.approx(highest)
    assert references[0].mentions[0].boxes == ((10, 10, 50, 20),)


def test_a_page_break_inside_a_number_makes_two_mentions() -> None:
    """A citation over a page break is one document with a mention on each page."""
    texts = ("theo Kế hoạch số 12/KH-", "STC ngày 02/01/2025.")
    pages = [
        TextPage(number=n, width=595, height=842, origin="ocr", confidence=0.9, text=text)
        for n, text in enumerate(texts, 1)
    ]
    running = assemble([(Zone.BODY, page, 0, len(page.text)) for page in pages], pages)
    (reference,), _ = find_references(running, OWN)
    assert (reference.number, [m.page for m in reference.mentions]) == ("12/KH-STC", [1, 2])


def test_the_component_writes_the_findings() -> None:
    """The spaCy component reads the running text and the letterhead and writes references and reviews."""
    declare_extensions()
    running = plain("theo Kế hoạch số 12/KH-STC ngày 02/01/2025 và Kế hoạch số 77/QĐ-SYT")
    doc = blank_vietnamese()(running.text)
    doc._.running, doc._.findings = running, Findings(letterhead=OWN)
    assert [r.number for r in findings(read_references(doc)).references] == ["12/KH-STC"]


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("số 482 7/BXD-QLN", "số  4827/BXD-QLN"),
        ("ngày l6 tháng 4 năm 2025", "ngày 16 tháng 4 năm 2025"),
        ("tháng I1 năm 2021", "tháng 11 năm 2021"),
        ("tháng 6 năm 201 5;", "tháng 6 năm 2015 ;"),
        ("số 12 34 567 người", "số 12 34 567 người"),
        ("ngày I tháng trước", "ngày I tháng trước"),
        ("trong năm 20 24 xã", "trong năm 20 24 xã"),
    ],
)
def test_torn_figures(torn: str, whole: str) -> None:
    """Only what a number or a date leaves no second reading for is put right, and the length stays."""
    mended = mend_figures(torn)
    assert mended.text == whole
    assert bool(mended.places) is (torn != whole)


@pytest.mark.parametrize(
    ("printed", "office"),
    [
        ("Giám đốc Sở Công Thương", "Sở Công Thương"),
        ("Chủ tịch Ủy ban nhân dân tỉnh Cà Mau", "UBND tỉnh Cà Mau"),
        ("Bộ trưởng Bộ Y tế", "Bộ Y tế"),
        ("Hội nghị lần thứ tám Ban Chấp hành Trung ương khóa XI", "Ban Chấp hành Trung ương"),
        ("Ban Thường vụ Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"),
        ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ"),
    ],
)
def test_posts_speak_for_their_office(printed: str, office: str) -> None:
    """A post in front of an office is left out; an office alone stays."""
    assert natural_name(printed) == office


@pytest.mark.parametrize(
    ("before", "parts"),
    [
        ("khoản 2 Điều 5 ", ("khoản 2 Điều 5",)),
        ("Điều 3 và Điều 4 của ", ("Điều 3", "Điều 4")),
        ("các khoản 1, 2 và 3 Điều 5 ", ("các khoản 1, 2 và 3 Điều 5",)),
        ("từ Điều 3 đến Điều 7 ", ("Điều 3 đến Điều 7",)),
        ("Phụ lục II ban hành kèm theo ", ("Phụ lục II",)),
        ("mục 2 ", ("mục 2",)),
        ("Chương III ", ("Chương III",)),
        ("tại cuộc họp về ", ()),
        ("điều kiện của ", ()),
        ("phần mềm của ", ()),
    ],
)
def test_pinpoints(before: str, parts: tuple[str, ...]) -> None:
    """Parts named right in front of a document are read, words that only begin like them aren't."""
    text = before + "Nghị định số 30/2020/NĐ-CP"
    assert pinpoints_before(text, flatten(text), len(before))[0] == parts


PIECES = [
    *("Căn cứ ", "Kế hoạch ", "số ", "12/KH-UBND", " ngày 02/01/2025", " của UBND tỉnh", "; ", ", ", " và ", "\n"),
    *("Luật Đất đai", " năm 2024", "(", ")", "kèm theo ", "§", "khoản 1 Điều 2 ", " về việc ", "nêu trên"),
    *("31/2024/QH15", "05-NQ/TU", "l", " 1"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_mentions_are_the_pages_own_words(pieces: list[str]) -> None:
    """Whatever the text, each mention is a stretch of its page, and each reference has one."""
    text = "".join(pieces)
    running = plain(text)
    references, _ = find_references(running, OWN)
    for reference in references:
        assert reference.mentions
        assert all(m.text == text[m.start : m.end] for m in reference.mentions)


@pytest.mark.parametrize(
    "hostile",
    [
        "khoản 1, " * 3000 + "Điều 5 Nghị định số 1/2020/NĐ-CP",
        "Căn cứ Quyết định số 1/QĐ-UBND; " * 500,
        "Luật sửa đổi, bổ sung " * 2000,
        "số 1, " * 4000 + "2/QĐ-UBND",
        "Quyết định số 1/QĐ-UBND của Bộ " + "và ," * 4000,
        "kèm theo " * 4000,
        "Luật Đất đai và " * 1000,
        " " * 20_000 + "Công văn số 1/UBND-KT" + " " * 20_000,
    ],
    ids=lambda text: text.strip()[:20],
)
def test_hostile_text_takes_no_time(hostile: str) -> None:
    """No pattern runs away on text made to confuse it."""
    running = plain(hostile)
    start = time.perf_counter()
    find_references(running, OWN)
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize(("issuer", "named"), [("UBND tỉnh Cà Mau", True), ("UBND huyện Ba Tơ", False)])
def test_a_committee_below_the_province_may_cite_the_one_above(issuer: str, named: bool) -> None:
    """An unnamed UBND is the province's own in its letters; in a district's letters it stays open."""
    own = Letterhead(number="40/UBND-KT", symbol="UBND-KT", issuer=issuer, issued_on=dt.date(2024, 3, 4))
    references, _ = find_references(plain("theo Kế hoạch số 12/KH-UBND ngày 02/01/2024"), own)
    assert references[0].issuer == (issuer if named else None)


TWINS = "Căn cứ Thông tư số 46/2023/TT-BXD ngày 12/10/2023 về quản lý các khu nhà ở công nhân; {between}{other}"
AGAIN = "Thông tư số 48/2023/TT-BXD ngày 12/10/2023 về quản lý các khu nhà ở công nhân."


def scanned(text: str, **doubtful: float) -> RunningText:
    """Make a scanned page; `doubtful` gives the reader's confidence in words that begin so, "n" before figures."""
    words = []
    for match in re.finditer(r"\S+", text):
        sure = next((c for figure, c in doubtful.items() if match[0].startswith(figure.removeprefix("n"))), 0.95)
        words.append(Word(start=match.start(), end=match.end(), box=(0, 0, 1, 1), confidence=sure))
    page = TextPage(number=1, width=595, height=842, origin="ocr", confidence=0.9, text=text, words=tuple(words))
    return assemble([(Zone.BODY, page, 0, len(text))], [page])


def test_a_figure_misread_once_makes_no_second_document() -> None:
    """Of two readings of one day and subject the surer one is the document, with both mentions."""
    references, _ = find_references(scanned(TWINS.format(between="", other=AGAIN), n48=0.6), OWN)

    assert [(r.number, len(r.mentions)) for r in references] == [("46/2023/TT-BXD", 2)]


def test_two_readings_as_sure_as_each_other_give_no_number() -> None:
    """Where nothing says which figure is right, the number stays open and both are shown."""
    references, reviews = find_references(scanned(TWINS.format(between="", other=AGAIN)), OWN)

    assert [(r.number, r.issued_on) for r in references] == [(None, dt.date(2023, 10, 12))]
    assert any("46/2023/TT-BXD" in review.reason and "48/2023/TT-BXD" in review.reason for review in reviews)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("Thông tư số 48/2023/TT-BXD ngày 12/10/2023 về an toàn lao động trong thi công.", id="of another"),
        pytest.param(
            "Thông tư số 48/2023/TT-BXD ngày 13/10/2023 về quản lý các khu nhà ở công nhân.", id="of a day later"
        ),
        pytest.param(
            "Thông tư số 59/2023/TT-BXD ngày 12/10/2023 về quản lý các khu nhà ở công nhân.", id="two figures"
        ),
    ],
)
def test_neighbours_in_the_register_stay_two(other: str) -> None:
    """Another subject, another day or two figures of difference make another document."""
    references, reviews = find_references(scanned(TWINS.format(between="", other=other)), OWN)

    assert len(references) == 2
    assert not reviews


def test_a_text_layers_numbers_are_never_taken_for_misread() -> None:
    """Nothing is misread where nothing was read by OCR."""
    references, _ = find_references(plain(TWINS.format(between="", other=AGAIN)), OWN)

    assert [r.number for r in references] == ["46/2023/TT-BXD", "48/2023/TT-BXD"]


def test_a_later_number_a_figure_away_is_asked_for() -> None:
    """A later citation gives no subject: a number like an earlier one's is kept, and shown to a person."""
    between = "Sở xây dựng nội dung. " * 20
    text = TWINS.format(between=between, other="thực hiện theo Thông tư số 48/2023/TT-BXD ngày 12/10/2023.")
    references, reviews = find_references(scanned(text), OWN)

    assert [(r.number, r.confidence) for r in references][1] == ("48/2023/TT-BXD", 0.5)
    assert [review.field for review in reviews] == ["references.1.number"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param(
            "(Bxn hxnh kxm thxo Qxyxt định số 31 /QĐ-SYT ngày tháng 3 năm 2025)", 0, id="blank day under a seal"
        ),
        pytest.param("(Thay thế Quyết định số 12/QĐ-SYT ngày 04/02/2024)", 1, id="an earlier decision"),
        pytest.param("Căn cứ Quyết định số 12/QĐ-SYT ngày 04/3/2025", 1, id="no bracket"),
    ],
)
def test_the_bracket_under_an_appendix_title_names_the_dispatch(line: str, found: int) -> None:
    """Its figures by hand and its words under the seal, it still is no reference."""
    own = OWN.model_copy(update={"number": None, "issued_between": (dt.date(2025, 3, 1), dt.date(2025, 3, 31))})
    references, _ = find_references(zoned((Zone.APPENDIX, f"DANH MỤC THỦ TỤC\n{line}\nSTT")), own)

    assert len(references) == found


@pytest.mark.parametrize(
    ("recipients", "relation"),
    [
        pytest.param(("Viện Kiến trúc phía Nam",), "trả lời", id="to the sender"),
        pytest.param(("UBND các huyện",), "dẫn chiếu", id="to others"),
        pytest.param((), "trả lời", id="unread"),
    ],
)
def test_what_was_received_is_answered_to_its_sender_only(recipients: tuple[str, ...], relation: str) -> None:
    """A request passed on to others answers nobody."""
    text = "Sở nhận được Công văn số 91/VKT-KH ngày 02/3/2025 của Viện Kiến trúc phía Nam về việc gửi báo cáo."
    references, _ = find_references(plain(text), OWN.model_copy(update={"recipients": recipients}))

    assert [r.relation for r in references] == [relation]
