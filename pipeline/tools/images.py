"""The door to OpenCV and Pillow: pictures of pages, read, turned, cleaned and measured.

Pictures are grey `(height, width)` or RGB `(height, width, 3)` arrays of bytes, white paper at 255.
"""

import io
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PageImage:
    """The picture of one page and its resolution."""

    pixels: Pixels
    dpi: float

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.pixels.shape[:2]
        return width * 72 / self.dpi, height * 72 / self.dpi

    def turned(self, degrees: int) -> "PageImage":
        """Turn by a multiple of 90 degrees clockwise."""
        return replace(self, pixels=np.ascontiguousarray(np.rot90(self.pixels, -degrees // 90)))


def grey_without_colour(pixels: Pixels) -> Pixels:
    """Give the largest of red, green and blue as grey: coloured ink fades, black stays."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(pixels.max(axis=2), np.uint8)


def coloured_ink(pixels: Pixels) -> Pixels:
    """Give a mask (255: ink) of strongly coloured ink, red or blue; all 0 for a grey picture."""
    if pixels.ndim == 2:
        return np.zeros(pixels.shape, np.uint8)
    spread = pixels.max(axis=2).astype(np.int16) - pixels.min(axis=2)
    return np.asarray((spread > 70) * 255, np.uint8)


def ink(grey: Pixels) -> Pixels:
    """Give a mask (255: ink) by Otsu's threshold."""
    import cv2

    _, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return np.asarray(mask, np.uint8)


def is_bilevel(grey: Pixels) -> bool:
    """Tell whether nearly all pixels are black or white, as fax and archive scanners give them."""
    middle = np.count_nonzero((grey > 60) & (grey < 195))
    return bool(middle < 0.002 * grey.size)


def without_specks(grey: Pixels, largest: int) -> Pixels:
    """Paint white every dark component of at most `largest` pixels."""
    import cv2

    dark = (grey < 128).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] <= largest
    small[0] = False
    cleaned = grey.copy()
    cleaned[small[labels]] = 255
    return cleaned


def blurred(grey: Pixels, sigma: float) -> Pixels:
    """Smooth with a Gauss kernel."""
    import cv2

    return np.asarray(cv2.GaussianBlur(grey, (0, 0), sigma), np.uint8)


def rotated(pixels: Pixels, degrees: float) -> Pixels:
    """Turn by a small angle counter-clockwise about the middle, same size, white in the corners."""
    import cv2

    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    white = 255 if pixels.ndim == 2 else (255, 255, 255)
    turned = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=white)
    return np.asarray(turned, np.uint8)


def shrunk(mask: Pixels, width: int) -> Pixels:
    """Scale down to a width, averaging."""
    import cv2

    scale = width / mask.shape[1]
    if scale >= 1:
        return mask
    size = (width, max(1, round(mask.shape[0] * scale)))
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), np.uint8)


def decode(content: bytes) -> list[PageImage]:
    """Read a TIFF, JPEG or PNG file, all its frames, upright by its EXIF mark."""
    from PIL import Image, ImageOps, ImageSequence

    with Image.open(io.BytesIO(content)) as picture:
        return [_page_image(ImageOps.exif_transpose(frame)) for frame in ImageSequence.Iterator(picture)]


def _page_image(frame: Any) -> PageImage:
    dpi = frame.info.get("dpi")
    return PageImage(np.asarray(frame.convert("RGB")), float(dpi[0]) if dpi else 200.0)
