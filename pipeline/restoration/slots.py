"""A text cut into slots for the decoder: words that may change, and numbers, codes, addresses and signs that may not.

Blanks and line breaks belong to no slot, so they survive. A slot that begins a paragraph, a list item or a column says
so: the language model starts afresh there.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.restoration.tokens import CODE, NUMBER, OTHER, symbol
from pipeline.vietnam.syllables import is_syllable


class SlotKind(Enum):
    """What a slot holds."""

    WORD = "word"
    """Letters, with what bad reading put between them: "triển", "nghi¢p", "x4", "m&"."""
    FIXED = "fixed"
    """A number, a document number, an address, a sign: never changed by the decoder."""


class Slot(NamedTuple):
    """One slot: `text[start:end]`, what the language model sees of it, and how it stands in the text."""

    start: int
    end: int
    text: str
    kind: SlotKind
    symbol: str
    """The language model's symbol of a fixed slot; "" for a word."""
    begins: bool
    """A paragraph, a list item or a column begins here."""
    starts: bool
    """A sentence or a printed line may start here."""
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
# "b1", "C12", "m3": so too, where digits aren't misread letters ("x4" for xã).
_NUMBERED_LABEL = re.compile(r"[^\W\d_]\d{1,3}")
_NUMBERED = re.compile(r"\d{1,4}(?P<word>[^\W\d_]{2,})")
# What begins a list item or a heading: a dash or bullet, "1.", "a)", "II."; a marker alone doesn't.
_ITEM = re.compile(r"[-+*•–—] |\d{1,2}(?:\.\d{1,2})*[.)] |[a-zđ]\) |[IVX]{1,5}\. |Điều |Phụ lục ")
_CLOSING = ".;:!?"
# Behind these a sentence may start.
_STOPS = frozenset('.;:!?"“-–+•*')
# No word of any language we write is longer; what is longer is left alone.
_LONGEST = 24


def cut(text: str, codes: Sequence[tuple[int, int]] = (), noise: Noise = Noise.QUOTES) -> list[Slot]:
    """Cut a text into slots; `codes` are the spans of document numbers already found.

    >>> [slot.text for slot in cut("Sb: 2718/SNNPTNT ngdy 26  thang 9", [(4, 16)])]
    ['Sb', ':', '2718/SNNPTNT', 'ngdy', '26', 'thang', '9']
    >>> [slot.text for slot in cut("nhân dân54 trong 01năm", noise=Noise.SIGNS)]
    ['nhân', 'dân', '54', 'trong', '01', 'năm']
    """
    slots = list(_slots(text, codes, noise))
    words = [place for place, slot in enumerate(slots) if slot.kind is SlotKind.WORD]
    upper = [len(slots[place].text) > 1 and slots[place].text.isupper() for place in words]
    for order, place in enumerate(words):
        beside = upper[max(0, order - 2) : order] + upper[order + 1 : order + 3]
        if 2 * sum(beside) > len(beside):
            slots[place] = slots[place]._replace(capitals=True)
    return slots


def _slots(text: str, codes: Sequence[tuple[int, int]], noise: Noise) -> Iterator[Slot]:
    pattern = _pattern(noise)
    digits_tell = noise is not Noise.QUOTES
    begins = starts = True
    place = 0
    for start, end in (*codes, (len(text), len(text))):
        for match in pattern.finditer(text, place, start):
            if match.lastgroup == "break":
                begins = begins or _parts(text, match)
                starts = True
                continue
            start_of = match.start()
            for low, high, piece, kind, name in _pieces(match[0], match.lastgroup or "", digits_tell):
                yield Slot(start_of + low, start_of + high, piece, kind, name, begins, starts)
                begins, starts = False, piece in _STOPS
        if end > start:
            yield Slot(start, end, text[start:end], SlotKind.FIXED, CODE, begins, starts)
            begins = starts = False
        place = end


@lru_cache(maxsize=50_000)
def _pieces(piece: str, group: str, digits_tell: bool) -> tuple[tuple[int, int, str, SlotKind, str], ...]:
    """Give the slots of what was matched: (start, end, text, kind, symbol).

    `digits_tell`: digits are digits, and a footnote's number printed against a syllable, or the other way round, is
    split off; where digits are misread letters ("1én", "no1") nothing is.
    """
    end = len(piece)
    if group == "number":
        return ((0, end, piece, SlotKind.FIXED, NUMBER),)
    if group == "sign":
        return ((0, end, piece, SlotKind.FIXED, symbol(piece)),)
    if group != "word" or _is_no_word(piece, digits_tell=digits_tell):
        return ((0, end, piece, SlotKind.FIXED, OTHER),)
    middle = _seam(piece) if digits_tell else 0
    halves = ((low, high, piece[low:high]) for low, high in ((0, middle), (middle, end)) if low < high)
    return tuple(
        (low, high, text, *((SlotKind.FIXED, NUMBER) if text.isdigit() else (SlotKind.WORD, "")))
        for low, high, text in halves
    )


def _is_no_word(piece: str, *, digits_tell: bool) -> bool:
    if len(piece) > _LONGEST or not _READABLE.search(piece) or _LABEL.fullmatch(piece):
        return True
    return digits_tell and bool(_NUMBERED_LABEL.fullmatch(piece))


def _seam(piece: str) -> int:
    """Give where two pieces were printed or read without a blank between them; 0 if there is no such place.

    >>> [_seam(piece) for piece in ("dân54", "01năm", "thựchiện", "vàChủ", "nghiệp")]
    [3, 2, 4, 2, 0]
    """
    if (tail := _NOTE_MARK.fullmatch(piece)) and is_syllable(tail["word"]):
        return tail.start("mark")
    if (head := _NUMBERED.fullmatch(piece)) and is_syllable(head["word"]):
        return head.start("word")
    return _joint(piece)


def _joint(piece: str) -> int:
    """Give where two syllables meet: where a capital follows a small letter, or both have marks in just one way."""
    if piece.isascii() or is_syllable(piece):
        return 0
    camel = [at for at in range(1, len(piece)) if piece[at - 1].islower() and piece[at].isupper()]
    if len(camel) == 1 and is_syllable(piece[: camel[0]]) and is_syllable(piece[camel[0] :]):
        return camel[0]
    places = [at for at in range(2, len(piece) - 1) if _is_marked(piece[:at]) and _is_marked(piece[at:])]
    return places[0] if len(places) == 1 else 0


def _is_marked(word: str) -> bool:
    return not word.isascii() and is_syllable(word)


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
