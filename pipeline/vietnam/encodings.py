"""Vietnamese before Unicode: text in the TCVN3 (ABC) and VNI encodings, as old fonts still leave it in PDF files.

Such text reads "Céng hoµ x· héi" or "Coäng hoøa xaõ hoäi" though the page looks right. Which encoding it is, the
font's name tells (".VnTime", "VNI-Times"), or the text itself: the right table makes it Vietnamese.
"""

import unicodedata
from enum import StrEnum
from functools import cache

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"


class Encoding(StrEnum):
    """The two that Vietnamese offices used before Unicode."""

    TCVN3 = "TCVN3"
    VNI = "VNI"


# TCVN 5712:1993, third table, as Windows-1252 shows its bytes: grave, acute, hook, tilde, dot of each vowel.
_TCVN3_TONES = {
    "a": "µ¸¶·¹",
    "ă": "»¾¼½Æ",
    "â": "ÇÊÈÉË",
    "e": "ÌÐÎÏÑ",
    "ê": "ÒÕÓÔÖ",
    "i": "×ÝØÜÞ",
    "o": "ßãáâä",
    "ô": "åèæçé",
    "ơ": "êíëìî",
    "u": "ïóñòô",
    "ư": "õøö÷ù",
    "y": "úýûüþ",
}
_TCVN3_LETTERS = dict(zip("¨©®ª«¬\xad¡¢§£¤¥¦", "ăâđêôơưĂÂĐÊÔƠƯ", strict=True))

# VNI writes a mark as a second character behind the vowel.
_VNI_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": "\u0302", "à": "\u0302" + _GRAVE, "á": "\u0302" + _ACUTE, "å": "\u0302" + _HOOK, "ã": "\u0302" + _TILDE,
    "ä": "\u0302" + _DOT,
    "ê": "\u0306", "è": "\u0306" + _GRAVE, "é": "\u0306" + _ACUTE, "ú": "\u0306" + _HOOK, "ü": "\u0306" + _TILDE,
    "ë": "\u0306" + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def encoding_of_font(font: str) -> Encoding | None:
    """Tell the encoding by a font's name.

    >>> encoding_of_font(".VnTimeH"), encoding_of_font("VNI-Times"), encoding_of_font("Times New Roman")
    (<Encoding.TCVN3: 'TCVN3'>, <Encoding.VNI: 'VNI'>, None)
    """
    name = font.lstrip("./")
    if name.startswith("Vn"):
        return Encoding.TCVN3
    return Encoding.VNI if name.upper().startswith("VNI") else None


def decode(text: str, encoding: Encoding, font: str = "") -> str:
    """Turn text into Unicode; fonts of TCVN3 whose name ends in H show capitals for small letters.

    >>> decode("Céng hoµ x· héi chñ nghÜa ViÖt Nam", Encoding.TCVN3)
    'Cộng hoà xã hội chủ nghĩa Việt Nam'
    >>> decode("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", Encoding.VNI)
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    """
    if encoding is Encoding.TCVN3:
        plain = "".join(_tcvn3_table().get(character, character) for character in text.replace("μ", "µ"))
        return plain.upper() if font.endswith("H") else plain
    return _decode_vni(text)


@cache
def _tcvn3_table() -> dict[str, str]:
    toned = {
        sign: unicodedata.normalize("NFC", vowel + tone)
        for vowel, signs in _TCVN3_TONES.items()
        for sign, tone in zip(signs, (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT), strict=True)
    }
    return toned | _TCVN3_LETTERS


def _decode_vni(text: str) -> str:
    decoded: list[str] = []
    for character in text:
        lower = character.lower()
        mark = _VNI_MARKS.get(lower)
        if mark and decoded and decoded[-1] and decoded[-1].lower() in "aeouyơư":
            decoded[-1] = unicodedata.normalize("NFC", decoded[-1] + mark)
        elif lower in _VNI_LETTERS:
            letter = _VNI_LETTERS[lower]
            decoded.append(letter if character == lower else letter.upper())
        else:
            decoded.append(character)
    return "".join(decoded)
