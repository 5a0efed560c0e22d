"""Texts and pages go in as read and come out as right Vietnamese."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.page import Line, TextPage, Word
from pipeline.restoration.restore import restore_page, restore_text
from tests.cases import load_cases


@pytest.mark.parametrize("case", load_cases("restoration", "real_forms", "synthetic"))
def test_restores(case: dict[str, Any]) -> None:
    """What was read comes out as it was written."""
    assert restore_text(case["read"]).text == case["right"]


@pytest.mark.parametrize("case", load_cases("restoration", "negative"))
def test_leaves_alone(case: dict[str, Any]) -> None:
    """What is right, or not ours to judge, comes back letter for letter."""
    restored = restore_text(case["read"])
    assert (restored.text, restored.changes) == (case["read"], ())


@pytest.mark.parametrize("case", load_cases("restoration", "known_failures"))
@pytest.mark.xfail(strict=True, reason="known failure")
def test_known_failure(case: dict[str, Any]) -> None:
    """What doesn't work yet is known."""
    assert restore_text(case["read"]).text == case["right"]


def test_every_change_is_told() -> None:
    """Putting every change back gives the text as it was read."""
    read = "Thuc hien Ke hoach so 41/KH-UBND,\ncac dia phuong bao cao ket qua."
    restored = restore_text(read)
    text = restored.text
    for change in reversed(restored.changes):
        assert text[change.start : change.end] == change.after
        text = text[: change.start] + change.before + text[change.end :]
    assert text == read


def _page(text: str, origin: str) -> TextPage:
    words, lines, place = [], [], 0
    for row, line in enumerate(text.split("\n")):
        lines.append(Line(start=place, end=place + len(line), box=(0, row, 100, row + 1)))
        for word in line.split(" "):
            words.append(Word(start=place, end=place + len(word), box=(place, row, place + 1, row + 1), confidence=0.9))
            place += len(word) + 1
    return TextPage.model_validate(
        {"number": 1, "width": 595, "height": 842, "origin": origin, "confidence": 0.9, "text": text,
         "words": words, "lines": lines}
    )  # fmt: skip


def test_words_and_lines_move_along() -> None:
    """Each box keeps its word and each line its words when words grow or shrink."""
    page = _page("cac dia phwong trién khai ciia\ntinh vé vi¢c phdi hgp thuc hién", "text layer")
    restored = restore_page(page)
    assert restored.origin == "restored"
    assert [restored.text[w.start : w.end] for w in restored.words] == restored.text.split()
    assert [w.box for w in restored.words] == [w.box for w in page.words]
    assert [restored.text[line.start : line.end] for line in restored.lines] == restored.text.split("\n")


def test_right_page_is_the_same_object() -> None:
    """A page that needs nothing comes back as it is."""
    page = _page("Đề nghị các đơn vị báo cáo kết quả thực hiện\nvề Sở trước ngày 20/5/2025.", "text layer")
    assert restore_page(page) is page


def test_lightly_misread_page_changes_little() -> None:
    """On a page that OCR read well only what is surely wrong is changed."""
    right = "Đề nghị Ủy ban nhân dân các huyện tổ chức triển khai thực hiện\nvà báo cáo kết quả về Sở Nông nghiệp"
    restored = restore_page(_page(right.replace("triển khai", "triễn khai").replace("báo cáo", "báo cảo"), "ocr"))
    assert restored.text == right
    assert [change.before for change in restored.changes] == ["triễn", "cảo"]
    assert restored.origin == "restored" or len(restored.changes) < 3


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["thuc", "hién", "của", "x4", "12/3", "§", "🙂", "a@b.vn", "\n", "  ", "\t", "69/KH-UBND", "́"])
    )
)
def test_blanks_survive_anything(pieces: list[str]) -> None:
    """Whatever comes in, no blank and no line break is moved, added or lost outside a document number."""
    text = " ".join(pieces)
    restored = restore_text(text).text
    assert "".join(c for c in restored if c.isspace()) == "".join(c for c in text if c.isspace())


def test_tones_stand_where_the_office_wants_them() -> None:
    """Only restored words follow the setting; what is printed stays."""
    read = "Thuc hien chi dao cua Uy ban nhan dan tinh ve hoa giai o co so"
    assert "Ủy ban" in restore_text(read).text
    new = restore_text(read, "new").text
    assert "Uỷ ban" in new
    assert "hoà giải" in new
    assert restore_text("Ủy ban nhân dân tỉnh yêu cầu các đơn vị báo cáo.", "new").changes == ()


@pytest.mark.parametrize(
    "unit",
    [
        "thuchiennhiemvu",
        "a1b2-/.",
        "🙂👍🏽",
        "\x00\x01\x1f\x7f",
        "关于加强管理",
        "é́̂",
        "\ufeff\u200b\u202e",
        "ﬁﬂ½",
        "\ud7ff\ue000",
    ],
)
def test_a_million_signs_without_a_blank_stay(unit: str) -> None:
    """A megabyte in one piece comes back letter for letter, in a time that grows no faster than the text."""
    whole = unit * (1_000_000 // len(unit))
    seconds = []
    for text in (whole[: len(whole) // 4], whole):
        started = time.process_time()
        restored = restore_text(text)
        seconds.append(time.process_time() - started)
        assert restored.text == text
        assert restored.changes == ()
    assert seconds[1] < 8 * seconds[0] + 2


@pytest.mark.parametrize("letter", ["a", "é", "1", "/", ".", "-", "\x00", "中", " ", "\n", "@", "a "])
def test_hostile_input_takes_linear_time(letter: str) -> None:
    """A hundred thousand of the same sign come back unchanged in a few seconds."""
    text = letter * 100_000
    started = time.process_time()
    assert restore_text(text).text == text
    assert time.process_time() - started < 10


def test_penned_words_stay() -> None:
    """A word written with a pen is never rewritten, the printed ones around it are."""
    page = _page("Thuc hien Ke hoach cua tinh ve xay dung nong thon", "text layer")
    penned = page.model_copy(
        update={"words": (page.words[0].model_copy(update={"handwritten": True}), *page.words[1:])}
    )
    assert restore_page(penned).text == "Thuc hiện Kế hoạch của tỉnh về xây dựng nông thôn"


def test_joined_syllables_are_parted() -> None:
    """Two syllables read without a blank are parted, and the box of the word holds both."""
    page = _page("Các đơn vị tổ chức thựchiện và báocáo kết quả", "ocr")
    restored = restore_page(page)
    assert restored.text == "Các đơn vị tổ chức thực hiện và báo cáo kết quả"
    assert restored.text[restored.words[5].start : restored.words[5].end] == "thực hiện"
