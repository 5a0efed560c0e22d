"""Which way up a page lies. Most lie right: a test without reading comes first, the first reading tells the rest."""

from collections.abc import Sequence

import numpy as np

from models.page import ReadWord
from pipeline.ocr.skew import sharpness
from pipeline.tools.images import PageImage, grey_without_colour, ink, shrunk

SIDEWAYS = 2.0
"""How much sharper columns must stand apart than rows for print to run up or down the page."""
POOR = 0.45
"""Mean confidence of words of a page read upside down: 0.2 to 0.4; of a bad scan the right way up: 0.6."""
FEW = 8
"""A page with fewer words says nothing about how it lies."""


def is_sideways(image: PageImage) -> bool:
    """Tell whether print seems to run up or down the page."""
    mask = shrunk(ink(grey_without_colour(image.pixels)), 600)
    if not mask.any():
        return False
    across, down = sharpness(mask), sharpness(np.ascontiguousarray(mask.T))
    # Per line, so that a page's shape doesn't count.
    across, down = across / mask.shape[1] ** 2 / mask.shape[0], down / mask.shape[0] ** 2 / mask.shape[1]
    return bool(down > SIDEWAYS * across)


def looks_turned(words: Sequence[ReadWord]) -> bool:
    """Tell whether what was read looks like print the wrong way up.

    Upside down it reads as scribble; print that runs up or down the page Tesseract reads by itself, and its words
    are higher than wide.
    """
    if len(words) < FEW:
        return False
    long = [word.box for word in words if len(word.text) > 3]
    upright = sum(box[3] - box[1] > box[2] - box[0] for box in long)
    letters = sum(len(word.text) for word in words)
    poor = sum(len(word.text) * word.confidence for word in words) / letters < POOR
    return poor or upright > len(long) / 2
