"""A marked page stops the file; a page that only speaks of secrets doesn't."""

from typing import Any

import pytest

from models.page import Line, Region, TextPage
from pipeline.extraction.secrecy import bears_secrecy_mark
from tests.cases import load_cases


def page_of(text: str, number: int = 1) -> TextPage:
    """Make a page of bare text."""
    return TextPage(number=number, width=595, height=842, origin="ocr", confidence=1, text=text)


@pytest.mark.parametrize("case", load_cases("secrecy", "real_forms", "synthetic", "negative"))
def test_a_mark_is_seen_and_nothing_else_is_one(case: dict[str, Any]) -> None:
    """Each case's pages are marked secret or not, as the case says."""
    pages = [page_of(text, number) for number, text in enumerate(case["text"].split("\f"), 1)]

    assert bears_secrecy_mark(pages) is case["marked"]


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", load_cases("secrecy", "known_failures"))
def test_what_is_known_to_fail_still_fails(case: dict[str, Any]) -> None:
    """A failure that is mended is moved to the cases that must hold."""
    assert bears_secrecy_mark([page_of(case["text"])]) is case["marked"]


def test_a_misread_mark_in_a_stamp_counts_anywhere_on_the_page() -> None:
    """What layout took for a stamp is read as a header, however low on the page it stands."""
    text = "Nội dung\n" * 30 + "MAT"
    start = len(text) - 3
    lines = tuple(Line(start=n * 9, end=n * 9 + 8, region=Region.BODY) for n in range(30))
    page = page_of(text).model_copy(update={"lines": (*lines, Line(start=start, end=start + 3, region=Region.STAMP))})
    plain = page_of(text).model_copy(update={"lines": (*lines, Line(start=start, end=start + 3, region=Region.BODY))})

    assert bears_secrecy_mark([page])
    assert not bears_secrecy_mark([plain])
