"""Stamps on a page: HỎA TỐC, KHẨN, MẬT boxes and the ĐẾN stamp, in red or black, upright or tilted.

Coloured ink is taken out of the picture that is read, so what red stamps say is read apart, from their red alone; so
are names and positions of signers that are stamped in red. Round seals and signatures aren't read.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import numpy as np

from models.page import Box, ReadWord
from pipeline.tools.images import PageImage, Pixels, ink, red_ink
from pipeline.tools.shapes import PixelBox, Slanted, clusters, cut_out, is_framed, without_frame, without_strikes
from pipeline.tools.tesseract import TesseractWord, read_words
from pipeline.vietnam.fold import fold

HEAD = 0.62
"""Black frames further down are forms and tables."""
LEAST = (28.0, 11.0)
"""Smallest stamp in points, width and height."""
MOST = (230.0, 110.0)
"""Largest; the ĐẾN stamp is 50 mm wide."""
FLAT = 1.4
"""A stamp is so many times wider than high; a round seal isn't."""
SURE = 0.35
"""Words of a mark read with less confidence are scribble."""
SURE_NAME = 0.8
"""The same for red words that are no known mark: a seal's letters and a signature's strokes look like words too."""

ALIKE = 0.82
"""How alike a misread mark is to the right one: one letter of six wrong, none of three."""


@cache
def marks() -> tuple[dict[str, str], frozenset[str]]:
    """Load the fixed marks, by their folded letters, and the signs of a stamp."""
    table = tomllib.loads(Path(__file__).with_name("marks.toml").read_text(encoding="utf-8"))
    return {fold(mark).replace(" ", ""): mark for mark in table["fixed"]}, frozenset(table["signs"])


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp found: where it is, and its own picture, level, dark on white."""

    place: Slanted
    grey: Pixels
    framed: bool


def add_stamps(words: Sequence[ReadWord], image: PageImage, grey: Pixels, seconds: float) -> tuple[ReadWord, ...]:
    """Read the page's stamps; what the page's own reading made of the same ink gives way.

    Words already read well inside a black frame are kept and marked as the stamp's.
    """
    marked = list(words)
    scale = image.dpi / 72
    for stamp in find_stamps(image, grey):
        inside = [word for word in marked if _lies_in(word.box, stamp.place, scale)]
        if stamp.framed and sum(word.confidence > 0.7 and len(word.text) > 1 for word in inside) >= 2:
            marked = [replace(word, stamp=True) if word in inside else word for word in marked]
            continue
        read = read_stamp(stamp, image.dpi, seconds)
        if read:
            marked = [word for word in marked if word not in inside] + read
    return tuple(marked)


def find_stamps(image: PageImage, grey: Pixels) -> list[Stamp]:
    """Find red stamps by their ink and black ones by their frame."""
    scale = image.dpi / 72
    found = [*_red_stamps(image.pixels, scale), *_framed_stamps(grey[: int(grey.shape[0] * HEAD)], scale)]
    return [stamp for stamp in found if not any(_holds(other.place.hull, stamp.place.hull) for other in found)]


def _red_stamps(pixels: Pixels, scale: float) -> list[Stamp]:
    red = red_ink(pixels)
    mask = np.asarray((red > 70) * 255, np.uint8)
    if np.count_nonzero(mask) < 60 * scale:
        return []
    grey = np.asarray(255 - red, np.uint8)
    return [_stamp(grey, place, scale, framed=False) for place in _places(mask, round(9 * scale), scale)]


def _framed_stamps(grey: Pixels, scale: float) -> list[Stamp]:
    mask = ink(grey)
    paper = np.asarray(255 - mask, np.uint8)
    return [
        _stamp(grey, place, scale, framed=True)
        for place in _places(mask, 1, scale)
        if is_framed(cut_out(paper, place, 0))
    ]


def _places(mask: Pixels, reach: int, scale: float) -> list[Slanted]:
    least, most = (LEAST[0] * scale, LEAST[1] * scale), (MOST[0] * scale, MOST[1] * scale)
    return [place for place in clusters(mask, reach, least, most) if place.width > FLAT * place.height]


def _stamp(grey: Pixels, place: Slanted, scale: float, *, framed: bool) -> Stamp:
    return Stamp(place, cut_out(grey, place, round(3 * scale)), framed)


def read_stamp(stamp: Stamp, dpi: float, seconds: float) -> list[ReadWord]:
    """Read the words of a stamp without its frame; where that fails, without the lines drawn through them.

    Its letters may stand slanted, so each word gets a share of the stamp's own box.
    """
    one_line, block = 7, 6
    layout = one_line if stamp.place.height < 45 * dpi / 72 else block
    words = _mark_or_name(read_words(without_frame(stamp.grey), dpi, seconds, layout), framed=stamp.framed)
    if not words:
        words = _mark_or_name(read_words(without_strikes(stamp.grey), dpi, seconds, layout), framed=stamp.framed)
    confidence = min((word.confidence for word in words), default=0.0)
    text = " ".join(word.text for word in words)
    mark = fixed_mark(text)
    texts = (mark or text).split()
    x0, y0, x1, y1 = (edge * 72 / dpi for edge in stamp.place.hull)
    each = (x1 - x0) / max(1, len(texts))
    return [
        ReadWord(
            part,
            (x0 + index * each, y0, x0 + (index + 1) * each, y1),
            confidence,
            y1 - y0,
            line=(-1, round(y0), round(x0)),
            stamp=stamp.framed or _is_mark(words),
        )
        for index, part in enumerate(texts)
    ]


def fixed_mark(text: str) -> str | None:
    """Give the mark whose letters a stamp shows, give or take one misread letter; None when it is none of them.

    >>> fixed_mark("HOẺ TÔC"), fixed_mark("KHẨN"), fixed_mark("MÁY")
    ('HỎA TỐC', 'KHẨN', None)
    """
    letters = "".join(letter for letter in fold(text) if letter.isalpha())
    known, _ = marks()
    if letters in known or len(letters) < 5:
        return known.get(letters)
    likest = max(known, key=lambda mark: SequenceMatcher(None, mark, letters).ratio())
    return known[likest] if SequenceMatcher(None, likest, letters).ratio() >= ALIKE else None


def _mark_or_name(words: Sequence[TesseractWord], *, framed: bool) -> list[TesseractWord]:
    """Keep the words of a known mark or a frame that aren't scribble; of other red ink only surely read words."""
    words = [word for word in words if any(letter.isalnum() for letter in word.text)]
    if fixed_mark(" ".join(word.text for word in words)):
        return words
    legible = [word for word in words if word.confidence >= SURE]
    if framed or _is_mark(legible):
        return legible
    if all(word.confidence >= SURE_NAME and word.text.replace(".", "").isalpha() for word in legible):
        return legible if sum(len(word.text) for word in legible) >= 5 else []
    return []


def _is_mark(words: Sequence[TesseractWord]) -> bool:
    text = " ".join(word.text for word in words)
    _, signs = marks()
    folded = f" {fold(text)} "
    return fixed_mark(text) is not None or any(f" {sign} " in folded for sign in signs)


def _lies_in(box: Box, place: Slanted, scale: float) -> bool:
    x, y = (box[0] + box[2]) / 2 * scale, (box[1] + box[3]) / 2 * scale
    x0, y0, x1, y1 = place.hull
    return x0 <= x <= x1 and y0 <= y <= y1


def _holds(outer: PixelBox, inner: PixelBox) -> bool:
    inside = outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]
    return inside and outer != inner
