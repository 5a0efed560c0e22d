"""The door to OpenCV for shapes drawn on a page: ruled lines, table cells, framed and coloured stamps."""

from dataclasses import dataclass

import numpy as np

from pipeline.tools.images import Pixels

PixelBox = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Slanted:
    """A box that may stand slanted: its middle, width and height in pixels, its slope in degrees, its upright hull."""

    middle: tuple[float, float]
    width: float
    height: float
    angle: float
    hull: PixelBox


def strokes(mask: Pixels, unbroken: int, length: int, *, level: bool) -> Pixels:
    """Keep of an ink mask the straight strokes, level or upright.

    Stretches `unbroken` pixels long are kept, gaps between them of half that are bridged, and what then is `length`
    pixels long is a stroke; a line of print has no such stretches.
    """
    import cv2

    def bar(pixels: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
        return np.ones((1, pixels) if level else (pixels, 1), np.uint8)

    # A stroke that runs a little crooked steps from one row to the next.
    thick = cv2.dilate(mask, np.ones((2, 1) if level else (1, 2), np.uint8))
    kept = cv2.morphologyEx(thick, cv2.MORPH_OPEN, bar(unbroken))
    joined = cv2.morphologyEx(kept, cv2.MORPH_CLOSE, bar(unbroken // 2))
    return np.asarray(cv2.morphologyEx(joined, cv2.MORPH_OPEN, bar(length)), np.uint8)


def boxes_of(mask: Pixels) -> list[PixelBox]:
    """Give the box of each connected stretch of a mask."""
    import cv2

    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:count]]


def holes(grid: Pixels) -> list[PixelBox]:
    """Give the box of each hole in a mask of ruled lines: the cells of its tables."""
    import cv2

    contours, tree = cv2.findContours(grid, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return []
    inner = [contour for contour, links in zip(contours, tree[0], strict=True) if links[3] >= 0]
    return [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h in map(cv2.boundingRect, inner)]


def clusters(mask: Pixels, reach: int, least: tuple[float, float], most: tuple[float, float]) -> list[Slanted]:
    """Group ink that lies at most `reach` pixels apart, and give the slanted box of each group of a wanted size."""
    import cv2

    grown = cv2.dilate(mask, np.ones((reach, reach), np.uint8)) if reach > 1 else mask
    count, labels, stats, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    found = []
    for label in range(1, count):
        x, y, w, h = (int(v) for v in stats[label][:4])
        # A tilted box is smaller than the upright one around it.
        if not (least[0] <= w <= 1.2 * most[0] + reach and least[1] <= h <= 1.5 * most[1] + reach):
            continue
        part = (labels[y : y + h, x : x + w] == label) & (mask[y : y + h, x : x + w] > 0)
        places = np.argwhere(part)[:, ::-1].astype(np.float32)
        if len(places) < 50:
            continue
        slanted = _slanted(places + np.array([x, y], np.float32), (x, y, x + w, y + h))
        if least[0] <= slanted.width <= most[0] and least[1] <= slanted.height <= most[1]:
            found.append(slanted)
    return found


def _slanted(places: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]", hull: PixelBox) -> Slanted:
    import cv2

    middle, (width, height), angle = cv2.minAreaRect(places)
    if angle > 45:
        width, height, angle = height, width, angle - 90
    elif angle < -45:
        width, height, angle = height, width, angle + 90
    return Slanted((float(middle[0]), float(middle[1])), float(width), float(height), float(angle), hull)


def cut_out(grey: Pixels, box: Slanted, margin: int) -> Pixels:
    """Cut a slanted box out of a picture and set it level, with a white margin."""
    import cv2

    width, height = round(box.width) + 2 * margin, round(box.height) + 2 * margin
    matrix = cv2.getRotationMatrix2D(box.middle, box.angle, 1.0)
    matrix[0, 2] += width / 2 - box.middle[0]
    matrix[1, 2] += height / 2 - box.middle[1]
    return np.asarray(cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255), np.uint8)


def without_frame(grey: Pixels) -> Pixels:
    """Paint white what runs around a cut-out stamp: ink whose box spans most of its width or height."""
    import cv2

    dark = (grey < 140).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    height, width = grey.shape
    frame = (stats[:, cv2.CC_STAT_WIDTH] > 0.7 * width) | (stats[:, cv2.CC_STAT_HEIGHT] > 0.8 * height)
    frame[0] = False
    around = cv2.dilate(frame[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    cleaned = grey.copy()
    cleaned[around > 0] = 255
    return cleaned


def without_strikes(grey: Pixels) -> Pixels:
    """Paint white the thin level lines that a stamp draws through its own letters; the letters' strokes stay."""
    import cv2

    dark = np.asarray((grey < 140) * 255, np.uint8)
    height, width = dark.shape
    lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, max(8, width // 6)), np.uint8))
    thick = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((max(5, height // 5), 1), np.uint8))
    around = cv2.dilate(lines, np.ones((3, 1), np.uint8))
    cleaned = grey.copy()
    cleaned[(around > 0) & (thick == 0)] = 255
    return cleaned


def is_framed(grey: Pixels) -> bool:
    """Tell whether a cut-out picture is a frame: ink along at least two thirds of each side."""
    mask = grey < 128
    height, width = mask.shape
    band = max(3, round(0.12 * min(width, height)))
    sides = (
        mask[:band].any(axis=0).mean(),
        mask[-band:].any(axis=0).mean(),
        mask[:, :band].any(axis=1).mean(),
        mask[:, -band:].any(axis=1).mean(),
    )
    return bool(min(sides) > 0.66)
