"""Which words of a letterhead a pen wrote: number and day, which Tesseract reads as print and nearly always wrong.

Print keeps to its line: every printed digit stands on the baseline, is as high as the next, and its strokes are as
wide. A pen's digits aren't and don't. The places looked at are those that offices leave open: between "Số:" and the
symbol, between "ngày" and "tháng", "tháng" and "năm", and behind "năm". Only a place whose every blot is shaped like
print passes for print.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.page import ReadWord
from pipeline.ocr.places import SYMBOL, YEAR, YEAR_DIGITS, Place, Print, Sight, find_places, picture, whole
from pipeline.tools.images import Blot, PageImage, alikeness, darkest, ink
from pipeline.vietnam.fold import fold

HEAD = 0.5
"""The letterhead stands in this upper part of a page."""
SLACK = 0.08
"""How far a printed digit may leave its line above or below, in heights of a digit, half a pixel apart. Measured on
real scans: print up to 0.06, a pen's worst digit of a number or day 0.12 and more."""
DIGIT, NARROWEST, WIDEST = 0.6, 0.5, 0.85
"""Usual, narrowest (but for 1) and widest printed digit, in heights."""
STROKES = (0.7, 1.4)
"""Narrowest and widest stroke of a printed digit, against its printed neighbours."""
COLOURED = 0.3
"""A share of blue or red ink that print doesn't have."""
ALIKE = 0.6
"""How alike two printings of one digit are on a page, as a correlation. Measured: print 0.66 to 0.98, a pen and print
0.16 to 0.67, all but one under 0.5."""
UNSURE = 0.3
"""Digits that Tesseract itself is less sure of aren't taken for print."""

_OPENING = re.compile(r"\W*s[o06e]\s?[:.;]?|ngay|thang|nam")
_CLOSING = re.compile(r"(thang|nam)$")
_DIGITS = re.compile(r"\d+")


def mark_handwriting(words: Sequence[ReadWord], image: PageImage) -> tuple[ReadWord, ...]:
    """Mark the words that a pen wrote into number and date of a letterhead.

    A word that runs from such a place into print ("1987/SYT-NVY", "Số:1987") is parted there, so that the printed
    part is kept.
    """
    scale = image.dpi / 72
    head = image.pixels[: int(image.pixels.shape[0] * HEAD)]
    sight = Sight(head, ink(darkest(head)), scale)
    marked = list(words)
    for place in find_places(words, sight):
        touched = [word for word in marked if _touches(word, place, scale)]
        if touched and any(_within(word, place, scale) for word in touched) and not _is_printed(touched, place, sight):
            parted = {id(word): _parted(word, place, scale) for word in touched}
            marked = [part for word in marked for part in parted.get(id(word), (word,))]
    return tuple(marked)


def _is_printed(words: Sequence[ReadWord], place: Place, sight: Sight) -> bool:
    """Tell whether all that stands in a place is shaped like print; where it was misread, shape alone decides."""
    text = "".join(_within(word, place, sight.scale) for word in words).strip(".,;:")
    height, reach = place.beside.height, 0.75 * place.beside.height
    around = sight.blots(place.left - height, place.right + height, place.beside.top - reach, place.beside.base + reach)
    found = whole(blot for blot in around if _stands_in(blot, place))
    shaped = [blot for blot in found if blot.height > 0.45 * height or blot.width > 0.45 * height]
    # Digits may touch each other.
    digits = sum(max(1, round(blot.width / (DIGIT * height))) for blot in shaped)
    well_shaped = sum(_is_shaped_like(blot, place.beside) for blot in shaped)
    if place.most == YEAR_DIGITS and YEAR.fullmatch(text):
        # Forms leave day and month open, the year seldom; a worn digit or two don't make a pen's year.
        return well_shaped >= len(shaped) / 2
    if not 1 <= digits <= place.most or well_shaped < len(shaped):
        return False
    if sum(sight.coloured(blot) for blot in shaped) > COLOURED * sum(blot.area for blot in shaped):
        return False
    if not _DIGITS.fullmatch(text):
        return True
    if len(text) != digits or any(word.confidence < UNSURE for word in words if word.text.isdigit()):
        return False
    return len(shaped) != len(text) or all(
        alikeness(picture(blot, sight), place.known[digit]) >= ALIKE
        for digit, blot in zip(text, shaped, strict=True)
        if digit in place.known
    )


def _stands_in(blot: Blot, place: Place) -> bool:
    shared = min(blot.box[2], place.right) - max(blot.box[0], place.left)
    on_line = blot.box[3] > place.beside.top and blot.box[1] < place.beside.base
    return on_line and shared > 0.5 * min(blot.width, place.right - place.left)


def _is_shaped_like(blot: Blot, beside: Print) -> bool:
    """Tell whether a blot has the height, the place and the stroke of printed digits."""
    slack = SLACK * beside.height + 0.5
    return (
        abs(blot.box[1] - beside.top) <= slack
        and abs(blot.box[3] - beside.base) <= slack
        and (blot.width <= WIDEST * beside.height or blot.width >= 2 * NARROWEST * beside.height)
        and STROKES[0] <= blot.stroke / beside.stroke <= STROKES[1]
    )


def _touches(word: ReadWord, place: Place, scale: float) -> bool:
    """Tell whether part of a word stands in a place."""
    x0, y0, x1, y1 = (edge * scale for edge in word.box)
    on_line = y0 < place.beside.base and y1 > place.beside.top
    return on_line and min(x1, place.right) - max(x0, place.left) > 0.15 * place.beside.height


def _cut(word: ReadWord, place: Place, scale: float) -> tuple[int, int]:
    """Give the letters of a word that stand in a place: by the printed words around it, else as equally wide."""
    x0, x1 = word.box[0] * scale, word.box[2] * scale
    each = (x1 - x0) / len(word.text)
    first, last = 0, len(word.text)
    if place.left > x0 + 0.5 * each:
        opening = _OPENING.match(fold(word.text))
        first = opening.end() if opening else round((place.left - x0) / each)
    if place.right < x1 - 0.5 * each:
        closing = _CLOSING.search(fold(word.text)) or SYMBOL.search(word.text)
        last = closing.start() if closing else round((place.right - x0) / each)
    return first, max(first, min(last, len(word.text)))


def _within(word: ReadWord, place: Place, scale: float) -> str:
    first, last = _cut(word, place, scale)
    return word.text[first:last]


def _parted(word: ReadWord, place: Place, scale: float) -> tuple[ReadWord, ...]:
    """Part a word where a place begins and ends, and mark what stands in it."""
    first, last = _cut(word, place, scale)
    x0, y0, x1, y1 = word.box
    cuts = [0, first, last, len(word.text)]
    edges = [
        x0,
        max(x0, place.left / scale) if first else x0,
        min(x1, place.right / scale) if last < len(word.text) else x1,
        x1,
    ]
    return tuple(
        replace(
            word,
            text=word.text[cuts[part] : cuts[part + 1]],
            box=(edges[part], y0, max(edges[part], edges[part + 1]), y1),
            handwritten=word.handwritten or part == 1,
        )
        for part in range(3)
        if cuts[part] < cuts[part + 1]
    )
