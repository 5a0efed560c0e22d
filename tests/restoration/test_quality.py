"""Syllables, tone placement, and how much a text looks like right Vietnamese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restoration.regimes import Regime, regime_of
from pipeline.vietnam.syllables import (
    is_bare_syllable,
    is_syllable,
    place_tones,
    same_but_tone_placement,
    strip_marks,
    syllables,
    text_quality,
)

RIGHT = "Đề nghị Ủy ban nhân dân các huyện tổ chức triển khai thực hiện và báo cáo kết quả về Sở trước ngày 20/5/2025."


@pytest.mark.parametrize("word", ["nghiêng", "thuở", "quý", "HOÀ", "uỷ", "Đắk", "khuya", "ngoằn", "giếng"])
def test_is_syllable(word: str) -> None:
    """Syllables are known in any case and tone placement."""
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["trien", "nghi¢p", "việcc", "duoc", "", "x4", "quyett", "ptnt", "viêt"])
def test_is_no_syllable(word: str) -> None:
    """What Vietnamese doesn't have is none: syllables that end in a stop need a sharp or heavy tone."""
    assert not is_syllable(word)


def test_bare_forms_are_known() -> None:
    """Every syllable's bare form is a bare syllable."""
    assert all(is_bare_syllable(strip_marks(syllable)) for syllable in syllables())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"),
        ("ủy", "uỷ"),
        ("KHỎE", "KHOẺ"),
        ("lũy", "luỹ"),
        ("toàn", "toàn"),
        ("quý", "quý"),
        ("hoài", "hoài"),
    ],
)
def test_tone_placement(old: str, new: str) -> None:
    """Only open oa, oe, uy have two places for the tone mark."""
    assert (place_tones(new), place_tones(old, "new")) == (old, new)
    assert same_but_tone_placement(old, new)


@given(st.text(alphabet="aăâeêioôơuưyhqgđ ̀́òaáảoóỷuủ", max_size=12))
def test_placing_tones_keeps_letters(text: str) -> None:
    """Tone marks move, letters don't, and placing twice is placing once."""
    placed = place_tones(text)
    assert strip_marks(placed) == strip_marks(text)
    assert place_tones(placed) == placed


def test_right_text_scores_high_and_spoilt_text_low() -> None:
    """Right text is told from stripped, garbled and wrongly encoded text by one figure."""
    assert text_quality(RIGHT).score > 0.95
    assert text_quality(strip_marks(RIGHT)).score == 0
    assert text_quality("Dé nghi Uy ban nhan dan cac huyén t6 chic trién khai thuc hién va bdo cdo").score < 0.3
    assert text_quality("Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc").score < 0.3


def test_codes_and_abbreviations_are_not_judged() -> None:
    """Numbers, document numbers, addresses and abbreviations say nothing about the text."""
    assert text_quality("69/KH-UBND 22/3/2024 OCOP UBND HĐND vanthu@example.vn https://example.vn 36 a) 12b").words == 0


@pytest.mark.parametrize(
    ("text", "image", "regime"),
    [
        (RIGHT, False, Regime.RIGHT),
        (RIGHT, True, Regime.MISREAD),
        (strip_marks(RIGHT), False, Regime.STRIPPED),
        (
            "Dé nghi Uy ban nhan dan cac huyén t6 chic trién khai thuc hién va bdo cdo",
            False,
            Regime.GARBLED,
        ),
        ("The quick brown fox jumps over the lazy dog near the river bank", False, Regime.RIGHT),
        ("", True, Regime.RIGHT),
    ],
)
def test_regime(text: str, image: bool, regime: Regime) -> None:
    """The regime follows from the words, and from whether the text was read from an image."""
    assert regime_of(text_quality(text), read_from_image=image) is regime
