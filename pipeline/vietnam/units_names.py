"""Names of administrative units: one spelling for comparing and one for showing; knows no unit itself.

Accents decide (Sơn Hà is not Sơn Hạ), but where a tone mark stands does not (Hòa, Hoà), nor do the few spellings
that offices mix (Đăk, Đắk; Quy, Qui; H'Drai, H' Drai).
"""

import re
import unicodedata
from functools import lru_cache

from pipeline.vietnam.fold import fold

# Longest first, so that "thành phố" isn't read as a name beginning with "thành".
KINDS = ("thành phố", "thị trấn", "đặc khu", "thị xã", "huyện", "phường", "quận", "tỉnh", "xã")
PROVINCE_KINDS = frozenset({"tỉnh", "thành phố"})
DISTRICT_KINDS = frozenset({"huyện", "quận", "thị xã", "thành phố"})
COMMUNE_KINDS = frozenset({"xã", "phường", "thị trấn", "đặc khu"})

_PLAIN_KINDS = {kind: fold(kind) for kind in KINDS}
_SHORT_KINDS = {
    "tp": "thành phố",
    "t.p": "thành phố",
    "tx": "thị xã",
    "t.x": "thị xã",
    "tt": "thị trấn",
    "t.t": "thị trấn",
    "h": "huyện",
    "q": "quận",
    "p": "phường",
    "x": "xã",
    "t": "tỉnh",
}
_SHORT_KIND = re.compile(r"^(t\.?p|t\.?x|t\.?t|[hqpxt])(?:\.\s*|\s+)(?=\w)", re.IGNORECASE)

# Tone marks on the second vowel of an open oa, oe, uy move to the first: hoà, thuỷ → hòa, thủy; "quý" stays.
_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_LATE_TONE = re.compile(rf"(?<![qQ])([oO])([aAeE])([{_MARKS}])(?!\w)|(?<![qQ])([uU])([yY])([{_MARKS}])(?!\w)")


@lru_cache(maxsize=4096)
def settle_tones(text: str) -> str:
    """Put every tone mark where the older spelling has it, in NFC.

    >>> settle_tones("Hoà Bình, Thuỷ Nguyên, quý, Hoàng")
    'Hòa Bình, Thủy Nguyên, quý, Hoàng'
    """
    decomposed = unicodedata.normalize("NFD", text)
    moved = _LATE_TONE.sub(_move_tone, decomposed)
    return unicodedata.normalize("NFC", moved)


def _move_tone(match: re.Match[str]) -> str:
    first, second, tone = (group for group in match.groups() if group)
    return first + tone + second


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """Give the key under which two spellings of one name meet; accents are kept.

    >>> name_key("Huyện Ia H’ Drai"), name_key("Phan Rang-Tháp Chàm"), name_key("Phường 01")
    ('huyện ia hdrai', 'phan rang tháp chàm', 'phường 1')
    """
    key = settle_tones(name).lower()
    key = re.sub(r"['’‘`´]\s*", "", key)
    key = re.sub(r"\s*[-–—]\s*|\s+", " ", key).strip(" .,;:")
    key = re.sub(r"\bđ[ăa]k\b", "đắk", key)
    key = re.sub(r"\bqui nhơn\b", "quy nhơn", key)
    return re.sub(r"\b0+(?=\d)", "", key)


def split_kind(name: str) -> tuple[str | None, str]:
    """Part a name from its type word; abbreviations and text without any accents are understood.

    >>> split_kind("TP. Quảng Ngãi"), split_kind("Huyện Ba Tơ"), split_kind("Ba Tơ")
    (('thành phố', 'Quảng Ngãi'), ('huyện', 'Ba Tơ'), (None, 'Ba Tơ'))
    """
    name = " ".join(settle_tones(name).split()).strip(" .,;:")
    lowered = name.lower()
    for kind in KINDS:
        if lowered.startswith((kind + " ", _PLAIN_KINDS[kind] + " ") if lowered.isascii() else kind + " "):
            return kind, name[len(kind) + 1 :].strip()
    if short := _SHORT_KIND.match(name):
        return _SHORT_KINDS[short[1].lower()], name[short.end() :].strip()
    return None, name


def spell_name(full: str) -> str:
    """Give the name as the record shows it: type in lower case, the rest as it is.

    >>> spell_name("Thị Xã  Việt Yên")
    'thị xã Việt Yên'
    """
    kind, rest = split_kind(full.replace("’", "'"))
    return f"{kind} {rest}" if kind else rest
