import datetime as dt
import textwrap
import tomllib
from pathlib import Path
from typing import Any

import pytest

from models.page import Line, Region, TextPage, Word
from models.record import Directive, Letterhead
from pipeline.extraction.deadlines import find_deadlines, gather
from pipeline.extraction.directives import find_directives
from pipeline.extraction.running import RunningText, Zone, assemble

TABLES = Path(__file__).parents[2] / "fixtures" / "cases" / "directives" / "tables.toml"
DAY = dt.date(2024, 9, 26)
PLAN = Letterhead(kind="kế hoạch", issued_on=DAY, issued_between=(DAY, DAY))
# Points a character takes, a line takes, a column and the gutter between two.
CHARACTER, PITCH, COLUMN, GUTTER = 5.0, 14.0, 130.0, 8.0


def cases() -> list[Any]:
    """Read the tables, each named by its label."""
    return [pytest.param(row, id=row["label"]) for row in tomllib.loads(TABLES.read_text("utf-8"))["case"]]


class Page:
    """Sets lines of words on a page, as layout gives them: a table cell by cell, row by row."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.text = ""
        self.words: list[Word] = []
        self.lines: list[Line] = []
        self.y = 60.0

    def line(self, text: str, x: float, y: float, region: Region, confidence: float = 0.96) -> None:
        """Set one printed line at a place."""
        start = len(self.text)
        for word in text.split():
            box = (x, y, x + CHARACTER * len(word), y + 11.0)
            place = len(self.text)
            self.words.append(Word(start=place, end=place + len(word), box=box, confidence=confidence))
            self.text += word + " "
            x = box[2] + CHARACTER / 2
        self.text = self.text.rstrip() + "\n"
        end = len(self.text) - 1
        self.lines.append(Line(start=start, end=end, box=(self.words[-1].box[0], y, x, y + 11.0), region=region))

    def row(self, cells: list[str], confidence: float = 0.96) -> None:
        """Set one row, each cell's lines under one another."""
        wrapped = [textwrap.wrap(cell, int(COLUMN / CHARACTER)) for cell in cells]
        for index, lines in enumerate(wrapped):
            for count, text in enumerate(lines):
                x, y = 60 + index * (COLUMN + GUTTER), self.y + count * PITCH
                self.line(text, x, y, Region.TABLE, confidence)
        self.y += PITCH * max(1, *map(len, wrapped)) + 9

    def done(self) -> TextPage:
        """Give the page."""
        return TextPage(
            number=self.number,
            width=842,
            height=595,
            origin="ocr",
            confidence=0.95,
            text=self.text,
            words=tuple(self.words),
            lines=tuple(self.lines),
        )


def appendix(above: list[str], *pages: list[str], confidence: float = 0.96) -> RunningText:
    """Set an appendix: its title, and the rows of its table, page by page."""
    done = []
    for number, rows in enumerate(pages, start=1):
        page = Page(number)
        for text in above if number == 1 else []:
            page.line(text, 300, page.y, Region.BODY)
            page.y += 20
        for row in rows:
            page.row([cell.strip() for cell in row.split("|")], confidence)
        done.append(page.done())
    return assemble(((Zone.APPENDIX, page, line.start, line.end) for page in done for line in page.lines), done)


def read(running: RunningText) -> tuple[tuple[Directive, ...], list[str]]:
    """Find the directives of an appendix and the days its deadlines name."""
    found = find_deadlines(running, PLAN)
    deadlines, _, indices = gather(running, found)
    places = [(one.start, one.end, index) for one, index in zip(found, indices, strict=True) if index >= 0]
    return find_directives(running, PLAN, places), [str(one.due) for one in deadlines]


@pytest.mark.parametrize("case", cases())
def test_a_table_that_shares_out_work_gives_its_rows(case: dict[str, Any]) -> None:
    """Each row that names who does what is a directive; lists, agendas, sums and forms give none."""
    directives, due = read(appendix(case["above"], case["rows"]))
    wanted = case["duties"]
    assert [directive.label for directive in directives] == [one["label"] for one in wanted]
    for directive, one in zip(directives, wanted, strict=True):
        assert directive.text.startswith(one["starts"])
        assert list(directive.lead) == one["lead"]
        assert list(directive.co) == one.get("co", [])
        assert [due[index] for index in directive.deadlines] == one.get("due", [])


HEADINGS = "TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian hoàn thành"


def test_a_row_goes_on_over_the_page() -> None:
    """The headings printed again are no row, and a row cut by the page's end stays one."""
    first = [HEADINGS, "1 | Kẻ vạch sân trường và | Sở Giáo dục và Đào tạo | Trước 15/10/2024"]
    second = [
        HEADINGS,
        " | lắp lưới chắn bóng | | ",
        "2 | Sửa mái nhà xe | Phòng Kinh tế và Hạ tầng | Trước 20/10/2024",
    ]
    directives, _ = read(appendix(["Phụ lục"], first, second))
    assert [directive.text for directive in directives] == [
        "Kẻ vạch sân trường và lắp lưới chắn bóng",
        "Sửa mái nhà xe",
    ]
    assert {mention.page for mention in directives[0].mentions} == {1, 2}


def test_a_mention_leads_back_to_the_words_of_the_cell() -> None:
    """The mentions of a row hold the words of its task and nothing of its neighbours."""
    rows = [HEADINGS, "1 | Dựng chòi canh lửa trên đồi thông phía bắc hồ chứa | Hạt Kiểm lâm huyện | Trước 15/10/2024"]
    (directive,), _ = read(appendix(["Phụ lục"], rows))
    assert " ".join(" ".join(m.text for m in directive.mentions).split()) == directive.text
    assert all(mention.boxes for mention in directive.mentions)


def test_a_row_read_badly_is_no_directive() -> None:
    """What OCR was unsure of sends nobody."""
    rows = [HEADINGS, "1 | Dựng chòi canh lửa | Hạt Kiểm lâm huyện | Trước 15/10/2024"]
    assert read(appendix(["Phụ lục"], rows, confidence=0.6))[0] == ()
