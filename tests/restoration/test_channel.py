"""The channel, its codes, and the letters around a word."""

import pytest

from pipeline.restoration import channel, language_model
from pipeline.restoration.codes import find_codes, mendings
from pipeline.restoration.letter_case import dress
from pipeline.restoration.slots import Noise, SlotKind, cut


@pytest.mark.parametrize(
    ("read", "printed"),
    [("dwong", "đường"), ("nhifng", "những"), ("x4", "xã"), ("cling", "cũng"), ("vi¢c", "việc"), ("TINH", "tỉnh")],
)
def test_explains_what_a_latin_pack_reads(read: str, printed: str) -> None:
    """What a Latin pack makes of a syllable leads back to it."""
    words = language_model.load().words
    assert printed in [words[reading.word] for reading in channel.load("latin").readings(read)]


def test_a_right_syllable_is_likeliest_read_as_itself() -> None:
    """The Vietnamese pack reads "nghiệp" as "nghiệp"."""
    (first, *_) = channel.load("vietnamese").readings("nghiệp")
    assert language_model.load().words[first.word] == "nghiệp"


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        ("Quyết định số 148/QD-TTg", ["148/QĐ-TTg"]),
        ("Số: 4512 ISNNPTNT-QLN", ["4512/SNNPTNT-QLN"]),
        ("Nghị định 31/2024/ND-CP", ["31/2024/NĐ-CP"]),
        ("Kế hoạch 218/KH-\nUBND", []),
        ("Kế hoạch 165 / KH-UBND", []),
        ("13/13 huyện ngày 22/3/2024", []),
    ],
)
def test_mends_numbers_to_known_forms_only(read: str, mended: list[str]) -> None:
    """A number is mended where its grammar leaves one form, and otherwise left as printed."""
    assert [edit.after for edit in mendings(read, find_codes(read))] == mended


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("điểm 5a khoản 12b", ["5a", "12b"]),
        ("www.example.vn hoặc vanthu@example.vn", ["www.example.vn", "vanthu@example.vn"]),
        ("1.250.000 đồng, 36,5%", ["1.250.000", ",", "36,5", "%"]),
        ("nhân dân54", ["54"]),
    ],
)
def test_what_may_not_change_is_kept_from_the_decoder(text: str, fixed: list[str]) -> None:
    """Numbers, labels, addresses and footnote marks are no words."""
    assert [slot.text for slot in cut(text, noise=Noise.SIGNS) if slot.kind is SlotKind.FIXED] == fixed


def test_a_column_gap_and_a_list_item_begin_anew() -> None:
    """The language model doesn't read across columns, paragraphs and list items, but does across printed lines."""
    text = "UBND TỈNH    CỘNG HÒA\nSỞ XÂY DỰNG\n\nThực hiện Kế hoạch\nnăm 2025:\n- Rà soát"
    assert [slot.text for slot in cut(text) if slot.begins] == ["UBND", "CỘNG", "SỞ", "Thực", "-"]


@pytest.mark.parametrize(
    ("word", "like", "written"), [("sở", "SO", "SỞ"), ("đức", "Duc", "Đức"), ("các", "cac", "các")]
)
def test_keeps_capitals(word: str, like: str, written: str) -> None:
    """A restored word has the capitals of the read one."""
    assert dress(word, like) == written
