"""Cut the name of an actor into its pieces: one body or place each, with the sign before it and its brackets apart.

Knows no unit; "UBND huyện A, B và thị xã C (trừ xã D)" gives three pieces and one exception.
"""

import re
from dataclasses import dataclass

from pipeline.vietnam.fold import fold
from pipeline.vietnam.units_names import settle_tones

_EXCEPT = re.compile(r"\b(?:ngoại trừ|loại trừ|trừ|không bao gồm|không kể|không gồm)\b:?\s*", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]*)\)?")
# "và" and "cùng" part names; so do all signs. A dash parts only between blanks.
_SIGN = re.compile(r"\s*([,;:/\n]|\s[-–]\s|\b(?:và|cùng với|cùng)\b)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Segment:
    """One piece: its text, the sign before it ("" at the start), the brackets after it."""

    text: str
    sign: str
    bracket: str = ""

    @property
    def folded(self) -> str:
        """The text without accents, as long as the text."""
        return flat(self.text)


def flat(text: str) -> str:
    """Fold a text character for character."""
    return "".join(folded if len(folded := fold(letter)) == 1 else " " for letter in text)


def leading_name(text: str, most: int = 4) -> str:
    """Give the words with capitals (or numbers) that a text begins with, at most so many.

    >>> leading_name("Ba Tơ khẩn trương rà soát")
    'Ba Tơ'
    """
    words = re.findall(r"[^\s,;]+", text)[:most]
    taken = next(
        (place for place, word in enumerate(words) if not (word[0].isupper() or word[0].isdigit())), len(words)
    )
    return " ".join(words[:taken])


def cut(actor: str) -> tuple[list[Segment], str]:
    """Give the pieces of an actor's name and the text of its exceptions ("" when there are none)."""
    text = " ".join(settle_tones(actor).replace("&", " và ").split()).strip(" .;,")
    text, exceptions = _take_exceptions(text)
    brackets: list[str] = []

    def keep(match: re.Match[str]) -> str:
        brackets.append(match[1].strip())
        return f" \x00{len(brackets) - 1}\x00 "

    text = _BRACKET.sub(keep, text)
    segments: list[Segment] = []
    place, sign = 0, ""
    for found in [*_SIGN.finditer(text), None]:
        end = found.start() if found else len(text)
        piece = text[place:end]
        inside = " ".join(brackets[int(number)] for number in re.findall("\x00(\\d+)\x00", piece))
        bare = " ".join(re.sub("\x00\\d+\x00", " ", piece).split())
        if bare:
            segments.append(Segment(bare, sign, inside))
        elif inside and segments:
            last = segments[-1]
            segments[-1] = Segment(last.text, last.sign, f"{last.bracket} {inside}".strip())
        if found:
            sign = found[1].strip().lower() if bare or not sign else sign
            place = found.end()
    return segments, exceptions


def _take_exceptions(text: str) -> tuple[str, str]:
    bracketed = re.search(r"\(\s*" + _EXCEPT.pattern + r"([^()]*)\)?", text, re.IGNORECASE)
    if bracketed:
        return (text[: bracketed.start()] + " " + text[bracketed.end() :]).strip(), bracketed[1].strip()
    plain = _EXCEPT.search(text)
    if plain:
        end = text.find(";", plain.end())
        end = len(text) if end < 0 else end
        return (text[: plain.start()].rstrip(" ,(") + text[end:]).strip(), text[plain.end() : end].strip(" .)")
    return text, ""
