"""A page's picture made ready for Tesseract: level, without coloured ink, specks and jagged edges."""

from dataclasses import dataclass

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

SPECK = 4
"""Largest speck in pixels at 200 dpi; scanners set to black and white strew such specks like accents and dots."""


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """The grey picture to read, the level colour picture it came from, and the angle it was turned by."""

    grey: Pixels
    level: PageImage
    angle: float


def prepare(image: PageImage) -> PreparedPage:
    """Set the page level and clean it."""
    angle = skew_of(ink(grey_without_colour(image.pixels)))
    pixels = rotated(image.pixels, angle) if angle else image.pixels
    level = PageImage(pixels, image.dpi)
    grey = grey_without_colour(pixels)
    if is_bilevel(grey_without_colour(image.pixels)):
        grey = blurred(without_specks(grey, round(SPECK * (image.dpi / 200) ** 2)), 0.7 * image.dpi / 200)
    return PreparedPage(grey, level, angle)
