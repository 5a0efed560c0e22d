"""The signature block is found by geometry and words, and read a second time."""

import numpy as np
import pytest

from models.page import ReadWord
from pipeline.ocr import closing
from pipeline.tools.tesseract import TesseractWord

DPI = 72.0  # a point is a pixel


def word(text: str, x: float, y: float, confidence: float = 0.95) -> ReadWord:
    return ReadWord(text=text, box=(x, y, x + 6 * len(text), y + 12), confidence=confidence)


def blank_page() -> closing.Pixels:
    return np.full((842, 595), 255, np.uint8)


LEFT = [word("Nơi", 60, 500), word("nhận:", 84, 500), word("-", 60, 520), word("Như", 72, 520), word("trên;", 96, 520)]
AUTHORITY = [word("KT.", 380, 496), word("GIÁM", 404, 496), word("ĐỐC", 434, 496)]


def second_reading(*rows: tuple[str, int, float]) -> list[TesseractWord]:
    return [
        TesseractWord(
            text=text, box=(150 + 40 * i, y, 185 + 40 * i, y + 12), confidence=sure, line=(1, 1, y), line_height=12
        )
        for line, y, sure in rows
        for i, text in enumerate(line.split())
    ]


def read_again(monkeypatch: pytest.MonkeyPatch, *rows: tuple[str, int, float]) -> list[str]:
    monkeypatch.setattr(closing, "read_words", lambda *_: second_reading(*rows))
    found = closing.read_closing_again([*LEFT, *AUTHORITY], blank_page(), DPI, 10)
    return [each.text for each in found]


def test_a_name_lost_under_the_seal_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """What only the second reading sees joins the page; the left column and the better first reading stay."""
    texts = read_again(monkeypatch, ("Trần Thị Mẫu", 120, 0.9))

    assert texts == ["Nơi", "nhận:", "-", "Như", "trên;", "KT.", "GIÁM", "ĐỐC", "Trần", "Thị", "Mẫu"]


def test_strokes_of_pen_and_seal_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is faint on the whole says nothing."""
    assert "xHC" not in read_again(monkeypatch, ("xHC ⁄Z .YT", 60, 0.2))


def test_a_faint_word_of_a_good_line_stays_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a name must not pass for a whole one."""
    rows = [*second_reading(("Trần Thị Mẫu", 120, 0.95))]
    faint = [each if i else TesseractWord("Trân", each.box, 0.2, each.line, 12) for i, each in enumerate(rows)]
    monkeypatch.setattr(closing, "read_words", lambda *_: faint)
    found = closing.read_closing_again([*LEFT, *AUTHORITY], blank_page(), DPI, 10)

    assert [(each.text, each.confidence) for each in found[-3:]] == [("Trân", 0.2), ("Thị", 0.95), ("Mẫu", 0.95)]


def test_body_text_above_the_block_isnt_part_of_it() -> None:
    """A row that runs across both columns ends above the block."""
    row = [word("chữ", x, 488) for x in range(60, 520, 22)]
    block = closing.find_block([*row, *LEFT, *AUTHORITY], blank_page(), DPI)

    assert block is not None
    assert block[1] >= 500


def test_a_page_without_the_left_heading_has_no_block() -> None:
    """Without "Nơi nhận" nothing is read twice; nor does the word inside a sentence count."""
    sentence = [word("cơ", 60, 300), word("quan", 80, 300), word("nhận", 110, 300)]

    assert closing.find_block([*AUTHORITY, *sentence], blank_page(), DPI) is None
