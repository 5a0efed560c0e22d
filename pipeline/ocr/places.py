"""The places of a letterhead that offices leave open for number, day and month, and the print beside them.

Found by the words around them: "Số:" and the symbol, "ngày", "tháng", "năm". What stands there is for `handwriting`
to judge.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from models.page import ReadWord
from pipeline.tools.images import Blot, Pixels, blots, coloured_ink, joined, resized
from pipeline.vietnam.fold import fold

YEAR_DIGITS = 4
SYMBOL = re.compile(r"(/\s*(\d{4}/)?|-)[A-ZĐ][A-Za-zĐđƯư&.]+([-–/,].*)?$")
YEAR = re.compile(r"(?:19|20)\d\d")

_NUMBER = re.compile(r"^\W*s[o06e](?!\w*[a-z]{2})")
_MONTH = re.compile(r"thang$")


@dataclass(frozen=True, slots=True)
class Print:
    """What printed digits on a line look like: their top, baseline and stroke width, in pixels."""

    top: float
    base: float
    stroke: float

    @property
    def height(self) -> float:
        """The height of a digit."""
        return self.base - self.top


@dataclass(frozen=True, slots=True)
class Place:
    """A place that offices leave open, from left to right in pixels, and the print beside it.

    `most` is the most digits it has room for, `known` the pictures of printed digits of the same font.
    """

    left: float
    right: float
    beside: Print
    most: int
    known: dict[str, Pixels] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sight:
    """The letterhead's picture, the mask of its ink, and pixels per point."""

    pixels: Pixels
    ink: Pixels
    scale: float

    def blots(self, left: float, right: float, top: float, base: float) -> list[Blot]:
        """Give the blots in a box that are big enough to be part of a digit of a letterhead's 12 to 14 points."""
        least = max(6, round(1.6 * self.scale**2))
        return blots(self.ink, (round(left), round(top), round(right), round(base)), least)

    def coloured(self, blot: Blot) -> int:
        """Count a blot's pixels of blue or red ink."""
        x0, y0, x1, y1 = blot.box
        return int(np.count_nonzero(coloured_ink(self.pixels[y0:y1, x0:x1])))


def find_places(words: Sequence[ReadWord], sight: Sight) -> Iterable[Place]:
    """Find the places of the page's first letterhead: dates further down are the text's."""
    limit = sight.ink.shape[0] / sight.scale
    rows = list(_rows([word for word in words if word.box[3] < limit]))
    dated = next((row for row in rows if _month_of(row, sight)), None)
    if dated:
        yield from _date_places(dated, sight)
    for row in rows:
        level = dated is not None and abs(row[0].box[3] - dated[0].box[3]) < 15
        number = _number_place(row, sight, level=level)
        if number:
            yield number
            break


def _rows(words: Sequence[ReadWord]) -> Iterable[list[ReadWord]]:
    """Put words into rows by the middle of their boxes; a row's words may come from several of Tesseract's lines."""
    rows: list[list[ReadWord]] = []
    for word in sorted(words, key=lambda w: w.box[1] + w.box[3]):
        middle = (word.box[1] + word.box[3]) / 2
        if rows and abs(median((w.box[1] + w.box[3]) / 2 for w in rows[-1]) - middle) < 7:
            rows[-1].append(word)
        else:
            rows.append([word])
    return (sorted(row, key=lambda w: w.box[0]) for row in rows)


def _number_place(row: Sequence[ReadWord], sight: Sight, *, level: bool) -> Place | None:
    """Find the place between "Số:" and the slash of the symbol; `level` with the date, OCR's "só" will do for "Số"."""
    first = next((i for i, w in enumerate(row) if _NUMBER.match(fold(w.text))), None)
    if first is None or not (level or row[first].text.lstrip("\"'.,:;|*")[:1].isupper()):
        return None
    for word in row[first : first + 5]:
        symbol = SYMBOL.search(word.text)
        if not symbol or (word is row[first] and symbol.start() < 3):
            continue
        x0, y0, x1, y1 = (edge * sight.scale for edge in word.box)
        slash = x0 + _share_of(word.text, symbol.start()) * (x1 - x0)
        beside = _print_of(sight.blots(slash, x1 + 2, y0 - 3, y1 + 3))
        if beside is None:
            return None
        # "Số:" is twice as wide as high; OCR often takes the pen's first strokes for part of it.
        word_end = row[first].box[2] * sight.scale
        left = min(word_end, row[first].box[0] * sight.scale + 2.1 * beside.height)
        return Place(left, slash, beside, 6) if slash - left > 0.3 * beside.height else None
    return None


def _share_of(text: str, letters: int) -> float:
    """Give the share of a word's width that its first letters take, by the usual widths of a serif font."""
    widths = [0.28 if c in "/:.,;|'" else 0.33 if c in "-()" else 0.7 if c.isupper() else 0.5 for c in text]
    return sum(widths[:letters]) / sum(widths)


def _month_of(row: Sequence[ReadWord], sight: Sight) -> int | None:
    """Give the index of "tháng" in a row of the right column that reads "ngày … tháng"."""
    middle = 0.4 * sight.ink.shape[1] / sight.scale
    for index, word in enumerate(row):
        day = any(fold(w.text).startswith("nga") and w.box[0] > middle for w in row[:index])
        if day and _MONTH.search(fold(word.text)):
            return index
    return None


def _date_places(row: Sequence[ReadWord], sight: Sight) -> Iterable[Place]:
    """Find the places of day, month and year beside "ngày", "tháng", "năm"."""
    index = _month_of(row, sight)
    if index is None:
        return
    month, behind = row[index], row[index + 1 :]
    day = next(w for w in reversed(row[:index]) if fold(w.text).startswith("nga"))
    year = next((w for w in behind if fold(w.text).endswith(("nam", "nain"))), None)
    line = _date_line(month, behind, sight)
    if line is None:
        return
    height = line.at(month.box[0] * sight.scale).height
    day_right = min(day.box[2] * sight.scale, day.box[0] * sight.scale + 2.8 * height)
    yield line.place(day_right, _last_letters(month, 5, height, sight.scale), 2)
    if year is None:
        return
    yield line.place(month.box[2] * sight.scale, _last_letters(year, 3, height, sight.scale), 2)
    number = next((w for w in behind if w.box[0] >= year.box[2] and YEAR.match(w.text)), None)
    if number:
        yield line.place(year.box[2] * sight.scale, number.box[2] * sight.scale + 1, YEAR_DIGITS)


@dataclass(frozen=True, slots=True)
class DateLine:
    """What printed digits of the date look like at one place of the line, and how the line slopes."""

    x: float
    print: Print
    slope: float
    known: dict[str, Pixels] = field(default_factory=dict)

    def at(self, x: float) -> Print:
        """Give what a printed digit looks like at a place of the line."""
        rise = self.slope * (x - self.x)
        return Print(self.print.top + rise, self.print.base + rise, self.print.stroke)

    def place(self, left: float, right: float, most: int) -> Place:
        """Give a place of the line with the print expected there."""
        return Place(left, right, self.at((left + right) / 2), most, self.known)


def _date_line(month: ReadWord, behind: Sequence[ReadWord], sight: Sight) -> DateLine | None:
    """Measure the year's digits, printed even where the day isn't, and the first letters of "tháng" for the slope."""
    letters = _print_of(
        [b for b in _word_blots(month, sight) if b.box[2] - month.box[0] * sight.scale < 40 * sight.scale][:2]
    )
    year = next((word for word in behind if YEAR.match(word.text) and word.confidence > 0.8), None)
    digits = _print_of(_word_blots(year, sight)) if year else None
    if year is None or digits is None:
        return DateLine(month.box[0] * sight.scale, letters, 0.0) if letters else None
    x = (year.box[0] + year.box[2]) / 2 * sight.scale
    slope = 0.0
    if letters:
        slope = (digits.base - letters.base) / (x - month.box[0] * sight.scale)
    # Deskewed lines slope by less; more is a misread word.
    return DateLine(x, digits, slope if abs(slope) < 0.05 else 0.0, _pictures(year, sight))


def _pictures(year: ReadWord, sight: Sight) -> dict[str, Pixels]:
    """Give pictures of the year's digits, where each stands clear of the next."""
    found, text = whole(_word_blots(year, sight)), year.text[:4]
    return {digit: picture(blot, sight) for digit, blot in zip(text, found, strict=True)} if len(found) == 4 else {}


def picture(blot: Blot, sight: Sight) -> Pixels:
    """Give a blot as a small picture of fixed size, to be compared with others."""
    x0, y0, x1, y1 = blot.box
    return resized(sight.ink[y0:y1, x0:x1], 20, 30)


def _word_blots(word: ReadWord, sight: Sight) -> list[Blot]:
    x0, y0, x1, y1 = (edge * sight.scale for edge in word.box)
    return [b for b in sight.blots(x0, x1 + 1, y0 - 6, y1 + 6) if b.height > 0.5 * (y1 - y0)]


def _last_letters(word: ReadWord, letters: int, height: float, scale: float) -> float:
    """Give the left edge of a word's last letters, where digits before it were read as part of it ("1tháng")."""
    if len(word.text) <= letters:
        return word.box[0] * scale
    return max(word.box[0] * scale, word.box[2] * scale - 0.68 * letters * height)


def _print_of(found: Sequence[Blot]) -> Print | None:
    """Take the common measures of printed blots; hyphens, dots, accents, and a pen's flourishes are left out."""
    if not found:
        return None
    heights = sorted(blot.height for blot in found)
    usual = median(heights[len(heights) // 2 :])
    tall = [blot for blot in found if 0.6 * usual < blot.height < 1.4 * usual]
    top = median(blot.box[1] for blot in tall)
    base = median(blot.box[3] for blot in tall)
    if base - top < 8:
        return None
    return Print(top, base, median(blot.stroke for blot in tall))


def whole(found: Iterable[Blot]) -> list[Blot]:
    """Join blots that stand above each other: pieces of one digit that the scan broke."""
    whole: list[Blot] = []
    for blot in found:
        last = whole[-1] if whole else None
        if last and min(last.box[2], blot.box[2]) - max(last.box[0], blot.box[0]) > 0.5 * min(last.width, blot.width):
            whole[-1] = joined(last, blot)
        else:
            whole.append(blot)
    return whole
