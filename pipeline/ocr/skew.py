"""By how much a page lies crooked: the angle at which its printed lines stand out most sharply."""

import numpy as np

from pipeline.tools.images import Pixels, rotated, shrunk

MOST = 10.0
"""The largest angle looked for, in degrees."""
LEAST = 0.25
"""Smaller angles are left alone: turning costs sharpness and Tesseract reads them as well."""


def skew_of(ink: Pixels) -> float:
    """Give the angle in degrees, counter-clockwise, that sets an ink mask straight; 0.0 for an upright page.

    Rows of print give row sums that jump between line and gap; the sum of squared jumps is largest when the lines
    are level (Postl 1986). The search goes from whole degrees to tenths.
    """
    small = shrunk(ink, 600)
    if small.max() == 0:
        return 0.0
    best = 0.0
    for step, reach in ((1.0, MOST), (0.25, 0.75), (0.1, 0.2)):
        angles = [best + step * k for k in range(-round(reach / step), round(reach / step) + 1)]
        best = max(angles, key=lambda angle: (sharpness(rotated_mask(small, angle)), -abs(angle)))
    return best if abs(best) >= LEAST else 0.0


def rotated_mask(mask: Pixels, degrees: float) -> Pixels:
    """Turn an ink mask, with no ink in the corners."""
    return np.asarray(255 - rotated(np.asarray(255 - mask, np.uint8), degrees), np.uint8) if degrees else mask


def sharpness(mask: Pixels) -> float:
    """Measure how sharply print stands apart in rows."""
    rows = mask.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())
