"""A text cut into slots for the decoder: words that may change, and numbers, codes, addresses and signs that may not.

Blanks and line breaks belong to no slot, so they survive. A slot that begins a paragraph, a list item or a column says
so: the language model starts afresh there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from pipeline.restoration.tokens import CODE, NUMBER, OTHER, symbol
from pipeline.vietnam.syllables import is_syllable


class SlotKind(Enum):
    """What a slot holds."""

    WORD = "word"
    """Letters, with what bad reading put between them: "triển", "nghi¢p", "x4", "m&"."""
    FIXED = "fixed"
    """A number, a document number, an address, a sign: never changed by the decoder."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot: `text[start:end]`, what the language model sees of it, and how it stands in the text."""

    start: int
    end: int
    text: str
    kind: SlotKind
    symbol: str
    """The language model's symbol of a fixed slot; "" for a word."""
    begins: bool
    """A paragraph, a list item or a column begins here."""
    capitals: bool = False
    """The words beside it are written in capitals."""


class Noise(Enum):
    """Which signs inside and at the edges of a word may be misread letters."""

    NONE = ""
    SIGNS = r"&¢£€$§|°¡¿¥®©"
    """nghi¢p, m&"""
    QUOTES = r"&¢£€$§|°¡¿¥®©‘’'`´"
    """tu’ for tư, besides: readers without ư put a quotation mark for its hook."""


_APART = r"\s.,;:()\[\]{}/\"“”…–—\-_"


@cache
def _pattern(noise: Noise) -> re.Pattern[str]:
    edge = rf"[^\W_]|[{noise.value}]" if noise.value else r"[^\W_]"
    inner = rf"[^{_APART}]" if noise.value else r"[^\W_]"
    after = rf"(?![^\W_]|[{noise.value}])" if noise.value else r"(?![^\W_])"
    return re.compile(
        rf"""
          (?P<address> [\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+ | (?:https?://|www\.)\S*[\w/]
                     | \b[a-zA-Z0-9-]{{2,}}(?:\.[a-zA-Z0-9-]{{2,}})*\.(?:vn|com|net|org|info|asia)\b )
        | (?P<number> \d+(?:[.,/:-]\d+)* {after} )                        # 36, 22/3/2024, 1.250.000
        | (?P<word> (?:{edge}) (?: {inner}* (?:{edge}) )? )
        | (?P<break> [^\S\n]*\n\s* | [ ]{{3,}} | \t+ )
        | (?P<sign> [^\w\s] | _+ )
        """,
        re.VERBOSE,
    )


# What can be a word at all: a letter, or a sign and a digit read for letters ("$6" for Số).
_READABLE = re.compile(r"[^\W\d_]|[$&¢£€§]\d|[¢£€§¥]")
_NOTE_MARK = re.compile(r"(?P<word>[^\W\d_]{2,})(?P<mark>\d{1,3})")
# "5a", "12b": parts of a list; not "1a", which is là more often.
_LABEL = re.compile(r"\d{2,3}[a-zđ]|[2-9][a-hđ]")
_NUMBERED = re.compile(r"\d{1,4}(?P<word>[^\W\d_]{2,})")
# What begins a list item or a heading: a dash or bullet, "1.", "a)", "II."; a marker alone doesn't.
_ITEM = re.compile(r"[-+*•–—] |\d{1,2}(?:\.\d{1,2})*[.)] |[a-zđ]\) |[IVX]{1,5}\. |Điều |Phụ lục ")
_CLOSING = ".;:!?"
# No word of any language we write is longer; what is longer is left alone.
_LONGEST = 24


def cut(text: str, codes: Sequence[tuple[int, int]] = (), noise: Noise = Noise.QUOTES) -> list[Slot]:
    """Cut a text into slots; `codes` are the spans of document numbers already found.

    >>> [slot.text for slot in cut("Sb: 4383/SNNPTNT ngdy 26  thang 9", [(4, 16)])]
    ['Sb', ':', '4383/SNNPTNT', 'ngdy', '26', 'thang', '9']
    >>> [slot.text for slot in cut("nhân dân54 trong 01năm, nghi¢p tu’")]
    ['nhân', 'dân', '54', 'trong', '01', 'năm', ',', 'nghi¢p', 'tu’']
    """
    slots = list(_slots(text, codes, noise))
    words = [place for place, slot in enumerate(slots) if slot.kind is SlotKind.WORD]
    upper = [len(slots[place].text) > 1 and slots[place].text.isupper() for place in words]
    for order, place in enumerate(words):
        beside = upper[max(0, order - 2) : order] + upper[order + 1 : order + 3]
        if 2 * sum(beside) > len(beside):
            slots[place] = replace(slots[place], capitals=True)
    return slots


def _slots(text: str, codes: Sequence[tuple[int, int]], noise: Noise) -> Iterator[Slot]:
    pattern = _pattern(noise)
    begins = True
    place = 0
    for start, end in (*codes, (len(text), len(text))):
        for match in pattern.finditer(text, place, start):
            if match.lastgroup == "break":
                begins = begins or _parts(text, match)
                continue
            for low, high, kind, name in _pieces(match, bare=noise is not Noise.QUOTES):
                yield Slot(low, high, text[low:high], kind, name, begins)
                begins = False
        if end > start:
            yield Slot(start, end, text[start:end], SlotKind.FIXED, CODE, begins)
            begins = False
        place = end


def _pieces(match: re.Match[str], *, bare: bool) -> Iterator[tuple[int, int, SlotKind, str]]:
    """Give the slots of a match; a footnote's number printed against a syllable, or the other way round, is split off.

    `bare`: a syllable without marks counts as one; not where digits are misread letters ("no1").
    """
    piece, start, end = match[0], *match.span()
    if match.lastgroup == "number":
        yield start, end, SlotKind.FIXED, NUMBER
    elif match.lastgroup == "sign":
        yield start, end, SlotKind.FIXED, symbol(piece)
    elif match.lastgroup != "word" or len(piece) > _LONGEST or not _READABLE.search(piece) or _LABEL.fullmatch(piece):
        yield start, end, SlotKind.FIXED, OTHER
    elif (tail := _NOTE_MARK.fullmatch(piece)) and _is_whole(tail["word"], bare):
        yield start, start + tail.start("mark"), SlotKind.WORD, ""
        yield start + tail.start("mark"), end, SlotKind.FIXED, NUMBER
    elif (head := _NUMBERED.fullmatch(piece)) and _is_whole(head["word"], bare):
        yield start, start + head.start("word"), SlotKind.FIXED, NUMBER
        yield start + head.start("word"), end, SlotKind.WORD, ""
    else:
        yield start, end, SlotKind.WORD, ""


def _is_whole(word: str, bare: bool) -> bool:
    return is_syllable(word) and (bare or not word.isascii())


def _parts(text: str, match: re.Match[str]) -> bool:
    """Tell whether a break parts two pieces of text, or only two printed lines of one sentence."""
    blank = match[0]
    if blank.count("\n") != 1:
        return True
    before = text[match.start() - 1 : match.start()]
    low, high = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    lines = text[low : match.start()], text[match.end() : high if high >= 0 else len(text)]
    columns = any("   " in line.strip() or "\t" in line.strip() for line in lines)
    return before in _CLOSING or columns or bool(_ITEM.match(lines[1]))
