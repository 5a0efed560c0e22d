"""Which kind of text lies before us: right, stripped of its marks, read with a wrong language pack, lightly misread.

The regime decides which channel explains the text. A text that is not Vietnamese at all counts as right: nothing of it
may change.
"""

from enum import StrEnum

from pipeline.vietnam.syllables import TextQuality


class Regime(StrEnum):
    """What happened to the text before it came here."""

    RIGHT = "right"
    """Nothing that restoration should touch."""
    STRIPPED = "stripped"
    """Typed or stored without marks: "Chuong trinh moi xa mot san pham"."""
    GARBLED = "garbled"
    """Read with another language's pack: "Chwong trinh mbi x& mét san pham"."""
    MISREAD = "misread"
    """Read with the Vietnamese pack from a poor scan: a few wrong letters and marks."""


# Fewer words than this tell nothing.
_TOO_FEW = 3
# Right Vietnamese bears marks on 0.7 to 0.9 of its words; text read with a Latin pack on 0.1 to 0.3 (é, ô).
_MARKED = 0.4
_BARE = 0.04
# Share of words that are syllables as they stand or once marks are given back. English: about 0.25,
# French: 0.4.
_VIETNAMESE = 0.44
# Text with marks and fewer syllables than this wasn't typed so: a scanner's text layer.
_SPOILT = 0.94
_ALL_SYLLABLES = 0.88
_CLEAN = 0.02


def regime_of(quality: TextQuality, *, read_from_image: bool) -> Regime:
    """Tell a text's regime by the shares of its words; good text is doubted only if it was read from an image.

    >>> from pipeline.vietnam.syllables import text_quality
    >>> regime_of(text_quality("Thực hiện Kế hoạch của tỉnh"), read_from_image=False).value
    'right'
    >>> regime_of(text_quality("Thuc hien Ke hoach cua tinh"), read_from_image=False).value
    'stripped'
    >>> regime_of(text_quality("Thuc hién Ké hoach ciia tinh vé vi¢c x4 phwong"), read_from_image=False).value
    'garbled'
    """
    if quality.words < _TOO_FEW or quality.valid + quality.bare < _VIETNAMESE:
        return Regime.RIGHT
    if quality.accented > _MARKED:
        return Regime.MISREAD if read_from_image or quality.valid < _SPOILT else Regime.RIGHT
    syllables = quality.valid + quality.bare
    if quality.accented < _BARE and syllables > _ALL_SYLLABLES and quality.mojibake < _CLEAN:
        return Regime.STRIPPED
    return Regime.GARBLED
