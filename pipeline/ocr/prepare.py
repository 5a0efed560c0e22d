"""A page's picture made ready for Tesseract: level, without coloured ink, specks and jagged edges."""

from dataclasses import dataclass, replace

from pipeline.ocr.skew import skew_of
from pipeline.tools.images import (
    PageImage,
    Pixels,
    blurred,
    grey_without_colour,
    ink,
    is_bilevel,
    rotated,
    without_specks,
)

SPECK = 6
"""Largest speck in pixels at 200 dpi; scanners set to black and white strew such specks like accents and dots.

Measured on seven real pages: line CER 2.0 % as they are, 1.65 % with specks of 4 pixels gone, 1.5 % with 6; the dot
of an 11-point full stop has 7."""
SMOOTH = 0.6
"""Width of the blur in pixels at 200 dpi that takes the steps off black-and-white print."""


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """The grey picture to read, the level colour picture it came from, and the angle it was turned by."""

    grey: Pixels
    level: PageImage
    angle: float


def prepare(image: PageImage) -> PreparedPage:
    """Set the page level and clean it."""
    grey = grey_without_colour(image.pixels)
    angle = skew_of(ink(grey))
    scale = image.dpi / 200
    bilevel = image.bilevel or is_bilevel(grey)
    if bilevel:
        grey = without_specks(grey, round(SPECK * scale**2))
    if angle:
        grey = rotated(grey, angle)
    if bilevel:
        grey = blurred(grey, SMOOTH * scale)
    level = replace(image, pixels=rotated(image.pixels, angle)) if angle else image
    return PreparedPage(grey, level, angle)
