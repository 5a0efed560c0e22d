"""The record prints as the contract says."""

import datetime as dt
import json

import pytest
from pydantic import ValidationError

from models.page import Line, TextPage, Word
from models.record import Deadline, Letterhead, Mention, Record, Source

SOURCE = Source(name="mẫu.pdf", sha256="0" * 64, media_type="application/pdf", pages=1)


def test_json_has_the_schema_number_and_keeps_nulls_and_accents() -> None:
    """Outside tools find "schema", null for what wasn't read, and Vietnamese as it is."""
    letterhead = Letterhead(issued_between=(dt.date(2017, 10, 1), dt.date(2017, 10, 31)))
    printed = json.loads(Record(source=SOURCE, letterhead=letterhead).to_json())

    assert printed["schema"] == 1
    assert printed["source"]["name"] == "mẫu.pdf"
    assert printed["letterhead"]["number"] is None
    assert printed["letterhead"]["issued_between"] == ["2017-10-01", "2017-10-31"]
    assert printed["references"] == []


def test_the_schema_describes_what_is_printed() -> None:
    """The JSON Schema names the key that is printed, not the attribute behind it."""
    properties = Record.model_json_schema(mode="serialization")["properties"]

    assert "schema" in properties
    assert "schema_version" not in properties


def test_a_time_must_be_hours_and_minutes() -> None:
    """A badly read time doesn't get into a record."""
    place = (Mention(page=1, start=0, end=1, text="a"),)

    with pytest.raises(ValidationError):
        Deadline(text="17g", time="17g", confidence=0.5, mentions=place)


def test_boxes_of_a_span_are_one_for_each_printed_line() -> None:
    """A span over two lines gives two boxes, each around its own words."""
    text = "một hai\nba bốn"
    words = tuple(
        Word(start=s, end=e, box=box, confidence=1)
        for s, e, box in [
            (0, 3, (0, 0, 10, 9)),
            (4, 7, (12, 1, 20, 9)),
            (8, 10, (0, 10, 8, 19)),
            (11, 14, (9, 10, 20, 19)),
        ]
    )
    lines = (Line(start=0, end=7), Line(start=8, end=14))
    page = TextPage(number=1, width=100, height=100, origin="ocr", confidence=1, text=text, words=words, lines=lines)

    assert page.boxes(4, 10) == ((12, 1, 20, 9), (0, 10, 8, 19))
    assert page.boxes(0, 14) == ((0, 0, 20, 9), (0, 10, 20, 19))


def test_offsets_outside_the_text_are_refused() -> None:
    """A page can't point past its own end."""
    with pytest.raises(ValidationError, match="outside the text"):
        TextPage(number=1, width=1, height=1, origin="ocr", confidence=1, text="ab", lines=(Line(start=0, end=9),))
