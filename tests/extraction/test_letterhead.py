"""What stands around the words of a dispatch is read as a clerk would; what isn't sure is left open and asked for."""

import datetime as dt
import importlib
from typing import Any

import pytest

from models.page import Line, Region, TextPage, Word
from models.record import Review
from pipeline.extraction.doc import Findings, declare_extensions, findings
from pipeline.extraction.letterhead.persons import is_name
from pipeline.extraction.letterhead.reading import LetterheadReading, read_letterhead
from pipeline.extraction.parts import split_parts
from pipeline.extraction.zones import sort_lines
from pipeline.tools.language import blank_vietnamese
from tests.cases import load_cases


def page_of(text: str, number: int = 1) -> TextPage:
    """Make a page of bare text."""
    return TextPage(number=number, width=595, height=842, origin="text layer", confidence=1, text=text)


def read(*pages: TextPage) -> LetterheadReading:
    """Read the letter among some pages."""
    return read_letterhead(sort_lines([part for part in split_parts(pages) if part.role != "attached document"]))


def check(case: dict[str, Any]) -> None:
    """Compare what was read with what the case wants."""
    reading = read(*(page_of(text, number) for number, text in enumerate(case["text"].strip("\n").split("\f"), 1)))
    letterhead = reading.letterhead.model_dump()

    for field, wanted in case.get("want", {}).items():
        found = letterhead[field]
        if field == "signer":
            found = {part: value for part, value in (found or {}).items() if value is not None}
        assert (list(found) if isinstance(wanted, list) else found) == wanted, field
        if wanted:
            assert 0 < reading.letterhead.evidence[field].confidence <= 1
    for field in case.get("none", ()):
        assert letterhead[field] is None, field
        assert field not in reading.letterhead.evidence
    assert {review.field for review in reading.reviews} >= set(case.get("review", ()))
    for field, wanted in case.get("arrival", {}).items():
        assert (getattr(reading.arrival, field) or "") == wanted


@pytest.mark.parametrize("case", load_cases("letterhead", "real_forms", "synthetic", "negative"))
def test_fields_are_read_and_nothing_is_invented(case: dict[str, Any]) -> None:
    """Every wanted field is found with its evidence, every other stays open and is asked for."""
    check(case)


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", load_cases("letterhead", "known_failures"))
def test_what_is_known_to_fail_still_fails(case: dict[str, Any]) -> None:
    """A failure that is mended is moved to the cases that must hold."""
    check(case)


HEAD = (
    ("SỞ Y TẾ", Region.HEADER_LEFT),
    ("Số: 1987/SYT-NVY", Region.HEADER_LEFT),
    ("V/v báo cáo tháng", Region.HEADER_LEFT),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Region.HEADER_RIGHT),
    ("Cà Mau, ngày 17 tháng 10 năm 2022", Region.HEADER_RIGHT),
    ("Kính gửi: Các bệnh viện.", Region.BODY),
)


def scanned(**doubtful: tuple[float, bool]) -> TextPage:
    """Make a scanned page whose words stand in boxes; `doubtful` gives words by their text, "n" before figures."""
    text, lines, words, top = "", [], [], 50.0
    for line, region in HEAD:
        start = len(text)
        place = start
        for piece in line.replace("1987/", "1987 /").split(" "):
            confidence, pen = doubtful.get("n" + piece, (0.95, False))
            box = (50.0 + place - start, top, 55.0 + place - start + len(piece), top + 12)
            words.append(
                Word(start=place, end=place + len(piece), box=box, confidence=confidence, handwritten=pen),
            )
            place += len(piece) + 1
        text += line.replace("1987/", "1987 /") + "\n"
        lines.append(Line(start=start, end=len(text) - 1, box=(50, top, 300, top + 12), region=region))
        top += 20
    return TextPage(
        number=1, width=595, height=842, origin="ocr", confidence=0.9, text=text.rstrip("\n"), words=words, lines=lines
    )


def test_printed_figures_on_a_scan_are_taken_with_their_boxes() -> None:
    """A number and a day that OCR read surely are in the record, with where they stand on the page."""
    reading = read(scanned())

    assert reading.letterhead.number == "1987/SYT-NVY"
    assert reading.letterhead.issued_on == dt.date(2022, 10, 17)
    assert reading.letterhead.evidence["number"].boxes
    assert reading.letterhead.evidence["number"].text == "1987 /SYT-NVY"


@pytest.mark.parametrize(
    ("confidence", "pen"), [pytest.param(0.95, True, id="by pen"), pytest.param(0.6, False, id="badly read")]
)
def test_doubtful_figures_stay_open_and_are_shown(confidence: float, pen: bool) -> None:
    """A number by hand or badly read is null; its symbol is kept, its reading offered with where to look."""
    reading = read(scanned(n1987=(confidence, pen), n17=(confidence, pen)))
    reviews = {review.field: review for review in reading.reviews}

    assert reading.letterhead.number is None
    assert reading.letterhead.symbol == "SYT-NVY"
    assert reading.letterhead.issued_on is None
    assert reading.letterhead.issued_between == (dt.date(2022, 10, 1), dt.date(2022, 10, 31))
    number, day = reviews["letterhead.number"], reviews["letterhead.issued_on"]
    assert number.suggestion is not None
    assert number.suggestion.value == "1987/SYT-NVY"
    assert number.boxes
    assert number.page == 1
    assert day.suggestion is not None
    assert day.suggestion.value == "2022-10-17"


def test_evidence_holds_the_text_it_claims() -> None:
    """Each field's evidence names a stretch of its page, and that stretch reads as the evidence says."""
    page = scanned()
    reading = read(page)

    assert reading.letterhead.evidence
    for evidence in reading.letterhead.evidence.values():
        assert page.text[evidence.start : evidence.end] == evidence.text


def test_the_component_fills_the_findings_of_a_doc() -> None:
    """The spaCy component writes letterhead, arrival and reviews, and adds to reviews found before it."""
    importlib.import_module("pipeline.extraction.letterhead.component")
    declare_extensions()
    nlp = blank_vietnamese()
    nlp.add_pipe("congvan_letterhead")
    running = sort_lines(split_parts([scanned()]))
    doc = nlp.make_doc(running.text)
    earlier = Review(field="text", reason="trang mờ")
    doc._.running, doc._.findings = running, Findings(reviews=(earlier,))

    found = findings(nlp(doc))

    assert found.letterhead.number == "1987/SYT-NVY"
    assert found.arrival.number is None
    assert found.reviews[0] == earlier
    assert "letterhead.signer.name" in {review.field for review in found.reviews}


def test_a_stamp_read_as_one_line_asks_for_its_number_and_day() -> None:
    """An ĐẾN stamp that gives nothing legible is shown to a person; the dispatch's own number is untouched."""
    page = scanned()
    start = len(page.text) + 1
    text = page.text + "\nSỞ NỘI VỤ ĐẾN so Ngày..."
    stamp = Line(start=start, end=len(text), box=(300, 200, 400, 260), region=Region.STAMP)
    reading = read(page.model_copy(update={"text": text, "lines": (*page.lines, stamp)}))

    assert reading.arrival.number is None
    assert {"arrival.number", "arrival.date"} <= {review.field for review in reading.reviews}
    assert reading.letterhead.number == "1987/SYT-NVY"


@pytest.mark.parametrize(
    ("lines", "recipients"),
    [
        pytest.param(
            ("Trung tâm Y tế huyện Cái Nước;", "- Bệnh viện Đa khoa tỉnh."),
            ("Trung tâm Y tế huyện Cái Nước", "Bệnh viện Đa khoa tỉnh"),
            id="agencies alone",
        ),
        pytest.param(("năm học này;", "- nộp về phòng đào tạo."), (), id="a subject that goes on"),
        pytest.param(("Bệnh viện Đa khoa tỉnh.",), (), id="one line is no list"),
    ],
)
def test_addressees_without_their_head(lines: tuple[str, ...], recipients: tuple[str, ...]) -> None:
    """Agencies between the V/v and the first sentence are the addressees, though "Kính gửi:" was lost."""
    rows = [*HEAD[:-1], *((line, Region.BODY) for line in lines), ("Thực hiện kế hoạch năm, Sở yêu cầu:", Region.BODY)]
    text, spans = "", []
    for line, region in rows:
        spans.append(Line(start=len(text), end=len(text) + len(line), box=(50, 50, 300, 62), region=region))
        text += line + "\n"
    page = page_of(text.rstrip("\n")).model_copy(update={"lines": tuple(spans)})
    letterhead = read(page).letterhead

    assert letterhead.recipients == recipients
    if recipients:
        assert letterhead.subject == "báo cáo tháng"


@pytest.mark.parametrize(
    ("line", "named"),
    [("Nguyễn Văn Mẫu", True), ("TRƯƠNG THỊ MẪU", True), ("PHÓ GIÁM ĐỜI", False), ("GIẢM ĐÓC", False)],
)
def test_a_misread_title_is_no_name(line: str, named: bool) -> None:
    """Titles in capitals aren't names of persons, however badly read."""
    assert is_name(line, strict=True) is named
