"""The door to OpenCV and Pillow: pictures of pages, read, turned, cleaned and measured.

Pictures are grey `(height, width)` or RGB `(height, width, 3)` arrays of bytes, white paper at 255.
"""

import io
import struct
import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import UnreadableFileError

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PageImage:
    """The picture of one page and its resolution; `bilevel` when it was scanned in black and white alone."""

    pixels: Pixels
    dpi: float
    bilevel: bool = False

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.pixels.shape[:2]
        return width * 72 / self.dpi, height * 72 / self.dpi

    def turned(self, degrees: int) -> "PageImage":
        """Turn by a multiple of 90 degrees clockwise."""
        return replace(self, pixels=np.ascontiguousarray(np.rot90(self.pixels, -degrees // 90)))


def without_false_colour(pixels: Pixels) -> Pixels:
    """Give a picture that has no colour as grey, which is a third of the work; others come back as they are."""
    if pixels.ndim == 2:
        return pixels
    sample = pixels[::5, ::5].astype(np.int16)
    coloured = np.abs(sample[:, :, 0] - sample[:, :, 2]) + np.abs(sample[:, :, 0] - sample[:, :, 1]) > 24
    return pixels if coloured.any() else np.ascontiguousarray(pixels[:, :, 1])


def grey_without_colour(pixels: Pixels) -> Pixels:
    """Give the largest of red, green and blue as grey: coloured ink fades, black stays."""
    import cv2

    if pixels.ndim == 2:
        return pixels
    red, green, blue = cv2.split(pixels)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def darkest(pixels: Pixels) -> Pixels:
    """Give the smallest of red, green and blue as grey: ink of any colour is dark."""
    import cv2

    if pixels.ndim == 2:
        return pixels
    red, green, blue = cv2.split(pixels)
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)


def coloured_ink(pixels: Pixels) -> Pixels:
    """Give a mask (255: ink) of strongly coloured ink, red or blue; all 0 for a grey picture."""
    spread = grey_without_colour(pixels).astype(np.int16) - darkest(pixels)
    return np.asarray((spread > 70) * 255, np.uint8)


def red_ink(pixels: Pixels) -> Pixels:
    """Tell how red each pixel is, 0 to 255: by how much red outshines green and blue; all 0 for a grey picture."""
    import cv2

    if pixels.ndim == 2:
        return np.zeros(pixels.shape, np.uint8)
    red, green, blue = cv2.split(pixels)
    more = cv2.subtract(red, cv2.max(green, blue))
    return np.asarray(cv2.add(more, more), np.uint8)


def ink(grey: Pixels) -> Pixels:
    """Give a mask (255: ink) by Otsu's threshold."""
    import cv2

    _, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return np.asarray(mask, np.uint8)


def has_ink(grey: Pixels) -> bool:
    """Tell whether anything is on the page: a blank one has specks and a shadowed edge, no strokes."""
    height, width = grey.shape
    middle = shrunk(grey[height // 20 : -(height // 20) or None, width // 20 : -(width // 20) or None], 800)
    return bool(np.count_nonzero(without_specks(middle, 4) < float(np.median(middle)) - 60) > 30)


def is_bilevel(grey: Pixels) -> bool:
    """Tell whether nearly all pixels are black or white, as fax and archive scanners give them."""
    middle = np.count_nonzero((grey > 60) & (grey < 195))
    return bool(middle < 0.002 * grey.size)


def without_specks(grey: Pixels, largest: int) -> Pixels:
    """Paint white every dark component of at most `largest` pixels."""
    import cv2

    dark = (grey < 128).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    white = np.where(stats[:, cv2.CC_STAT_AREA] <= largest, 255, 0).astype(np.uint8)
    white[0] = 0
    return np.asarray(cv2.max(grey, white[labels]), np.uint8)


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


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    """Scale to a size, averaging."""
    import cv2

    return np.asarray(cv2.resize(np.ascontiguousarray(pixels), (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def alikeness(left: Pixels, right: Pixels) -> float:
    """Correlate two pictures of one size, slightly smoothed: 1 for the same, 0 for chance."""
    one, other = (blurred(picture, 1.0).astype(np.float64) for picture in (left, right))
    one -= one.mean()
    other -= other.mean()
    return float((one * other).sum() / max(1e-9, np.sqrt((one * one).sum() * (other * other).sum())))


# What Pillow raises on damaged files; its UnidentifiedImageError is an OSError.
_DAMAGE = (OSError, EOFError, SyntaxError, ValueError, TypeError, KeyError, IndexError, struct.error, zlib.error)


class Picture:
    """An open TIFF, JPEG or PNG file: its frames are its pages.

    Raises:
        UnreadableFileError: it is damaged.
    """

    def __init__(self, content: bytes) -> None:
        from PIL import Image

        # Intake holds pages to the office's own limit of pixels.
        Image.MAX_IMAGE_PIXELS = None
        try:
            self._picture = Image.open(io.BytesIO(content))
            self._frames = int(getattr(self._picture, "n_frames", 1))
        except _DAMAGE as error:
            raise UnreadableFileError("tệp ảnh hỏng hoặc tải dở dang") from error

    def __len__(self) -> int:
        return self._frames

    def size(self, index: int) -> tuple[int, int]:
        """Give width and height of a frame in pixels, before any turning."""
        self._seek(index)
        return self._picture.size

    def read(self, index: int) -> PageImage:
        """Read a frame, upright by its EXIF mark, on white where it is transparent."""
        from PIL import ImageOps

        self._seek(index)
        dpi = self._picture.info.get("dpi")
        try:
            frame = ImageOps.exif_transpose(self._picture)
            bilevel = frame.mode == "1"
            pixels = _pixels(frame)
        except _DAMAGE as error:
            raise UnreadableFileError(f"ảnh trang {index + 1} hỏng hoặc tải dở dang") from error
        return _page_image(pixels, dpi, bilevel=bilevel)

    def _seek(self, index: int) -> None:
        try:
            self._picture.seek(index)
        except _DAMAGE as error:
            raise UnreadableFileError(f"ảnh trang {index + 1} hỏng") from error


def picture_sizes(content: bytes, most: int) -> list[tuple[int, int]]:
    """Give the pixel sizes of a picture file's frames, of at most `most` + 1 of them."""
    picture = Picture(content)
    return [picture.size(index) for index in range(min(len(picture), most + 1))]


def _pixels(frame: Any) -> Pixels:
    """Give grey or RGB bytes for any mode of Pillow's: 1-bit, 16-bit, palette, CMYK, transparent."""
    from PIL import Image

    if frame.mode.startswith("I"):
        return np.asarray(np.asarray(frame, np.uint32) >> 8, np.uint8)
    if frame.mode in ("1", "L"):
        return np.asarray(frame.convert("L"))
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        clear = frame.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        frame = Image.alpha_composite(paper, clear)
    return np.asarray(frame.convert("RGB"))


def _page_image(pixels: Pixels, dpi: tuple[float, float] | None, *, bilevel: bool) -> PageImage:
    """Find the resolution: the one given where it makes a page of sensible size, else that of an A4 page.

    Fax machines scan 204 dots across and 98 down; such a page is stretched.
    """
    import cv2

    height, width = pixels.shape[:2]
    across, down = (float(dpi[0]), float(dpi[1])) if dpi else (0.0, 0.0)
    if across > 0 and down > 0 and not 0.9 < across / down < 1.1:
        height = round(height * across / down)
        pixels = np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    short = min(width, height)
    if not across or not _SHORTEST_SIDE <= short / across <= _LONGEST_SIDE:
        across = short / _A4_WIDTH
    return PageImage(pixels, across, bilevel)


_A4_WIDTH = 8.27
_SHORTEST_SIDE, _LONGEST_SIDE = 4.0, 24.0
"""Inches between which a page's short side lies; a camera's "72 dpi" would make posters."""


@dataclass(frozen=True, slots=True)
class Blot:
    """One connected stretch of ink: its box in pixels, its area, and the mean width of its strokes."""

    box: tuple[int, int, int, int]
    area: int
    stroke: float

    @property
    def width(self) -> int:
        """Its width in pixels."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> int:
        """Its height in pixels."""
        return self.box[3] - self.box[1]


def joined(blot: Blot, other: Blot) -> Blot:
    """Take two blots as one."""
    (a0, b0, a1, b1), (c0, d0, c1, d1) = blot.box, other.box
    area = blot.area + other.area
    stroke = (blot.stroke * blot.area + other.stroke * other.area) / area
    return Blot((min(a0, c0), min(b0, d0), max(a1, c1), max(b1, d1)), area, stroke)


def blots(mask: Pixels, box: tuple[int, int, int, int], least_area: int) -> list[Blot]:
    """Give the blots of an ink mask within a box, left to right, those under `least_area` pixels left out."""
    import cv2

    x0, y0, x1, y1 = max(0, box[0]), max(0, box[1]), min(mask.shape[1], box[2]), min(mask.shape[0], box[3])
    if x1 - x0 < 3 or y1 - y0 < 3:
        return []
    part = np.ascontiguousarray(mask[y0:y1, x0:x1])
    count, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    # In a stroke w wide the distance to its edge is w/4 on average.
    depth = cv2.distanceTransform(np.pad(part, 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    found = []
    for label in range(1, count):
        x, y, across, down, area = (int(value) for value in stats[label])
        if area >= least_area:
            inside = labels[y : y + down, x : x + across] == label
            stroke = 4 * float(depth[y : y + down, x : x + across][inside].mean()) - 1
            found.append(Blot((x0 + x, y0 + y, x0 + x + across, y0 + y + down), area, stroke))
    return sorted(found, key=lambda blot: blot.box)
