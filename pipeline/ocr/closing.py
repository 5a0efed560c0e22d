"""The signature block read again: with the whole page in view Tesseract takes seal and signature for a picture.

Cut out by itself and read as one block of text, most of what lies under a round seal comes back: position and name of
the signer. It only looks where "Nơi nhận" says that the closing is, and takes line by line what reads better.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np

from models.page import Box, ReadWord
from pipeline.tools.images import Pixels, ink
from pipeline.tools.tesseract import TesseractWord, read_words
from pipeline.vietnam.fold import fold

ONE_BLOCK = 6
"""Tesseract's page segmentation mode for a single block of text."""
RISE, DEPTH = 16.0, 215.0
"""The block begins a little above "Nơi nhận" and is so deep at most, in points."""
GUTTER = (0.38, 0.56)
"""The gap between Nơi nhận and the signature lies between these shares of the page's width."""
SAME_ROW = 5.0
"""Words whose middles are no further apart than this, in points, stand in one row."""
NO_GAP = 24.0
"""A row without a wider gap than this, in points, runs across both columns: it is body text."""
NOISE = 0.5
"""A line read with less confidence than this on average is strokes of a pen or a seal."""
# Numbers of Tesseract's blocks are small: lines of the second reading get numbers of their own.
APART = 1000


def read_closing_again(words: Sequence[ReadWord], grey: Pixels, dpi: float, seconds: float) -> tuple[ReadWord, ...]:
    """Read the signature block a second time; each line replaces what it reads better.

    `grey` is the level picture, `words` what was read of it, boxes in points.
    """
    block = find_block(words, grey, dpi)
    if block is None:
        return tuple(words)
    x0, y0, x1, y1 = (round(edge * dpi / 72) for edge in block)
    again = read_words(np.ascontiguousarray(grey[y0:y1, x0:x1]), dpi, seconds, ONE_BLOCK)
    kept = list(words)
    for line in _sensible_lines(again):
        second = [_placed(word, block, dpi) for word in line]
        first = [word for word in kept if any(_meet(word.box, other.box) for other in second)]
        if _worth(second) > _worth(first):
            kept = [word for word in kept if word not in first] + second
    return tuple(kept)


def find_block(words: Sequence[ReadWord], grey: Pixels, dpi: float) -> Box | None:
    """Find where the signature block lies, in points; None for a page without "Nơi nhận" in its left column."""
    height, width = (side * 72 / dpi for side in grey.shape[:2])
    heads = [
        word.box
        for before, word in pairwise(words)
        if word.box[0] < 0.35 * width and "nhan" in fold(word.text) and _opens(before, word)
    ]
    if not heads:
        return None
    head = max(heads, key=lambda box: box[1])
    bottom = min(height, head[3] + DEPTH)
    left = _gutter(grey, dpi, (width * GUTTER[0], head[1], width * GUTTER[1], min(bottom, head[3] + 90)))
    top = max([head[1] - RISE, *(row for row in _rows_across(words, left) if row < head[3])])
    return (left, top, width, bottom) if bottom - top > 2 * RISE else None


def _opens(before: ReadWord, word: ReadWord) -> bool:
    return fold(before.text).strip(" :;,.-")[-2:] in ("oi", "ai") and abs(before.box[3] - word.box[3]) < SAME_ROW


def _gutter(grey: Pixels, dpi: float, area: Box) -> float:
    """Find the emptiest upright strip of an area, in points."""
    x0, y0, x1, y1 = (round(edge * dpi / 72) for edge in area)
    columns = (ink(np.ascontiguousarray(grey[y0:y1, x0:x1])) > 0).sum(axis=0).astype(float)
    span = max(1, round(6 * dpi / 72))
    smooth = np.convolve(columns, np.ones(span), mode="same")
    emptiest = np.flatnonzero(smooth <= smooth.min() + 1)
    return (x0 + float(np.median(emptiest))) * 72 / dpi


def _rows_across(words: Sequence[ReadWord], left: float) -> list[float]:
    """Give the lower edges of rows that run across the gutter without a gap."""
    rows = []
    for word in words:
        if word.box[0] < left + NO_GAP / 2 and word.box[2] > left - NO_GAP / 2:
            middle = (word.box[1] + word.box[3]) / 2
            beyond = [w.box for w in words if abs((w.box[1] + w.box[3]) / 2 - middle) < SAME_ROW]
            edges = sorted((box[0], box[2]) for box in beyond)
            gaps = [after[0] - before[1] for before, after in pairwise(edges)]
            if len(edges) > 3 and max(gaps) < NO_GAP:
                rows.append(word.box[3] + 1)
    return rows


def _sensible_lines(words: Sequence[TesseractWord]) -> Iterator[list[TesseractWord]]:
    """Leave out lines that are faint on the whole: strokes of pen and seal.

    A line that stays keeps its faint words too: without them half a name would look like a whole one.
    """
    for _, group in groupby(words, key=lambda word: word.line):
        line = [word for word in group if any(c.isalpha() for c in word.text)]
        letters = sum(len(word.text) for word in line)
        if letters >= 3 and sum(word.confidence * len(word.text) for word in line) >= NOISE * letters:
            yield line


def _placed(word: TesseractWord, block: Box, dpi: float) -> ReadWord:
    scale = 72 / dpi
    x0, y0, x1, y1 = word.box
    box = (block[0] + x0 * scale, block[1] + y0 * scale, block[0] + x1 * scale, block[1] + y1 * scale)
    first, *rest = word.line
    read = ReadWord(text=word.text, box=box, confidence=word.confidence, size=word.line_height * scale)
    return replace(read, line=(first + APART, *rest))


def _meet(box: Box, other: Box) -> bool:
    """Tell whether two words stand at the same height and share ink or are neighbours."""
    middle = (box[1] + box[3]) / 2
    return other[1] <= middle <= other[3] and box[0] < other[2] and other[0] < box[2]


def _worth(words: Sequence[ReadWord]) -> float:
    """Weigh a reading by the letters it is sure of."""
    return sum(word.confidence * len(word.text) for word in words if word.confidence >= NOISE)
