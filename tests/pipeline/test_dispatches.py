"""The made dispatches go through the whole recipe; what isn't right yet is listed, and nothing else may be wrong.

`just bless` writes `fixtures/shortfalls.toml` anew; read its diff before you commit it.
"""

import os
import tomllib
from functools import cache
from pathlib import Path

import pytest

from models.errors import CongvanError
from models.record import Record
from models.settings import Settings
from pipeline.process import process
from pipeline.scoring.gold import GOLD_SUFFIX, GoldRecord, load_gold
from pipeline.scoring.score import Finding, score_record
from pipeline.vietnam.offices import load_office

FIXTURES = Path(__file__).parents[2] / "fixtures"
SHORTFALLS = FIXTURES / "shortfalls.toml"
GOLD = {gold.id: gold for gold in load_gold(FIXTURES / "dispatches")}


def file_of(name: str) -> Path:
    folder = FIXTURES / "dispatches" / name
    return next(path for path in folder.iterdir() if not path.name.endswith((".toml", GOLD_SUFFIX)))


@cache
def record_of(name: str) -> Record:
    return process(file_of(name), Settings(), load_office())


def shortfalls_of(gold: GoldRecord) -> list[str]:
    findings: list[Finding] = score_record(record_of(gold.id), gold)
    return sorted(f"{f.outcome} {f.kind}: {f.name}" for f in findings if f.outcome not in ("right", "open"))


@pytest.mark.parametrize("name", sorted(GOLD))
def test_a_made_dispatch_gives_what_a_clerk_would_record(name: str) -> None:
    """Every field, reference, deadline, directive and route is right, but for the shortfalls listed."""
    found = shortfalls_of(GOLD[name])
    if os.environ.get("CONGVAN_BLESS"):
        _bless(name, found)

    assert found == tomllib.loads(SHORTFALLS.read_text(encoding="utf-8")).get(name, [])


@pytest.mark.parametrize("name", sorted(GOLD))
def test_no_number_and_no_date_is_wrong(name: str) -> None:
    """A number or day is right or open with a reason; no shortfall may be listed for a wrong one."""
    record, gold = record_of(name), GOLD[name]
    reviewed = {review.field for review in record.needs_review}

    assert record.letterhead.number in (gold.number, None)
    assert record.letterhead.issued_on in (gold.issued_on, None)
    assert record.letterhead.number or "letterhead.number" in reviewed
    assert record.letterhead.issued_on or "letterhead.issued_on" in reviewed


@pytest.mark.parametrize("name", sorted(GOLD))
def test_every_finding_shows_its_place(name: str) -> None:
    """Mentions and evidence hold the very words at their offsets, and boxes inside the page."""
    record = record_of(name)
    pages = {page.number: page.text for page in record.text.pages}
    places = [
        *record.letterhead.evidence.values(),
        *(m for found in (*record.references, *record.deadlines, *record.directives) for m in found.mentions),
    ]

    assert places
    for place in places:
        assert pages[place.page][place.start : place.end] == place.text
        assert all(x0 <= x1 and y0 <= y1 for x0, y0, x1, y1 in place.boxes)


def test_refused_dispatches_end_with_their_own_error() -> None:
    """Damaged, encrypted and secret files raise the error of their exit status."""
    codes = {}
    for name in ("damaged", "encrypted", "secret-mark"):
        with pytest.raises(CongvanError) as raised:
            process(file_of(name), Settings(), load_office())
        codes[name] = raised.value.exit_code

    assert codes == {"damaged": 3, "encrypted": 4, "secret-mark": 5}


def _bless(name: str, found: list[str]) -> None:
    known = tomllib.loads(SHORTFALLS.read_text(encoding="utf-8")) if SHORTFALLS.exists() else {}
    known[name] = found
    lines = ["# What the program doesn't get right yet on the made dispatches. `just bless` writes this file anew."]
    for dispatch, entries in sorted(known.items()):
        if entries:
            lines += [f"{dispatch} = [", *(f'    "{entry}",' for entry in entries), "]"]
    SHORTFALLS.write_text("\n".join(lines) + "\n", encoding="utf-8")
