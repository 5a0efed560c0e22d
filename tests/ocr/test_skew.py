import numpy as np
import pytest
from PIL import Image

from pipeline.ocr.skew import skew_of
from pipeline.tools.images import Pixels


def lines_at(degrees: float) -> Pixels:
    """Draw an ink mask of lines of print, turned."""
    page = np.zeros((1400, 1000), np.uint8)
    for y in range(150, 1250, 40):
        page[y : y + 16, 120:880:3] = 255
    return np.asarray(Image.fromarray(page).rotate(degrees))


@pytest.mark.parametrize("degrees", [-9.0, -4.0, -1.0, 0.5, 2.0, 7.5])
def test_the_angle_that_sets_a_page_level(degrees: float) -> None:
    """The angle found takes the turn back, to a quarter of a degree."""
    assert skew_of(lines_at(degrees)) == pytest.approx(-degrees, abs=0.25)


def test_level_and_empty_pages_stay() -> None:
    """A level page isn't turned, for turning costs sharpness; nor is a blank one."""
    assert skew_of(lines_at(0)) == 0.0
    assert skew_of(np.zeros((1400, 1000), np.uint8)) == 0.0
