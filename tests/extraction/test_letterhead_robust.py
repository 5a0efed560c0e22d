"""Whatever a page holds, the letterhead is read without failing, in time, and its evidence is what it claims."""

import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.page import TextPage
from pipeline.extraction.letterhead.reading import read_letterhead
from pipeline.extraction.parts import split_parts
from pipeline.extraction.secrecy import bears_secrecy_mark
from pipeline.extraction.zones import sort_lines
from tests.cases import load_cases

LINES = sorted({line for case in load_cases("letterhead") for line in case.values[0]["text"].split("\n")})
BLOTCHES = st.text(st.sampled_from("|°ˆ…½№ßﬁ /-.:;,()[]0123456789ÁẬđĐ\t"), max_size=4)


@st.composite
def spoilt_lines(draw: st.DrawFn) -> str:
    """Give a line of a letterhead with a piece of it replaced by blotches."""
    line = draw(st.sampled_from(LINES))
    start = draw(st.integers(0, len(line)))
    end = draw(st.integers(start, min(len(line), start + 3)))
    return line[:start] + draw(BLOTCHES) + line[end:]


def page_of(text: str) -> TextPage:
    """Make a page of bare text."""
    return TextPage(
        number=1, width=595, height=842, origin="ocr", confidence=1, text=unicodedata.normalize("NFC", text)
    )


@given(st.lists(spoilt_lines(), max_size=20))
def test_any_lines_are_read_and_evidence_is_true(lines: list[str]) -> None:
    """Each field's evidence is a stretch of the page that isn't empty."""
    page = page_of("\n".join(lines))
    reading = read_letterhead(sort_lines(split_parts([page])))

    found: list[Any] = [*reading.letterhead.evidence.values(), *reading.arrival.evidence.values()]
    for evidence in found:
        assert page.text[evidence.start : evidence.end] == evidence.text
        assert evidence.text.strip()


@pytest.mark.parametrize(
    "piece",
    ["A", "KT. ", "ngày ", "Số: 1/", "Á Ậ ", "- ", "KHẨN ", "CỘNG HÒA XÃ HỘI ", "12/QĐ-", "GIÁM ĐỐC ", ".", "(Mật "],
)
@pytest.mark.parametrize("before", ["", "Nơi nhận:\n", "Kính gửi:\n", "Số: 1/QĐ-UBND\nQUYẾT ĐỊNH\n"])
def test_no_line_takes_long(piece: str, before: str) -> None:
    """Lines made to lead patterns astray, long and short, are done within seconds."""
    page = page_of(f"SỞ Y TẾ\n{before}{piece * (20_000 // len(piece))}\n{piece * (400 // len(piece))}")
    running = sort_lines(split_parts([page]))
    begun = time.perf_counter()

    read_letterhead(running)
    bears_secrecy_mark([page])

    assert time.perf_counter() - begun < 5
