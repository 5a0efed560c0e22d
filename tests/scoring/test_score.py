"""The score says what a clerk would say: right, wrong, missing, invented, left open."""

import datetime as dt
from typing import Any

import pytest

from models.record import Deadline, Directive, Letterhead, Mention, Record, Reference, Signer, Source, UnitTask
from pipeline.scoring.compare import alike, plain_words, same_deadline
from pipeline.scoring.gold import GoldDeadline, GoldRecord
from pipeline.scoring.score import Score, score_record

PLACE = (Mention(page=1, start=0, end=4, text="chữ "),)
GOLD: dict[str, Any] = {
    "id": "mau",
    "number": "12/SCT-KT",
    "kind": "công văn",
    "issuer": "Sở Công Thương tỉnh Quảng Ngãi",
    "issuer_aliases": ["Sở Công Thương"],
    "issued_on": "2024-05-06",
    "place": "Quảng Ngãi",
    "subject": "bình ổn giá",
    "recipients": ["UBND các huyện"],
    "signer": "Nguyễn Văn Mẫu",
    "references": [{"kind": "kế hoạch", "number": "69/KH-UBND", "issued_on": "2024-03-22", "relation": "thực hiện"}],
    "deadlines": [{"text": "trước ngày 30/9/2024", "due": "2024-09-30"}],
    "directives": [
        {"label": "1", "starts": "Rà soát nguồn hàng", "lead": ["UBND các huyện"], "units": ["huyện Ba Tơ"]}
    ],
}


def record(**changes: Any) -> Record:
    letterhead = Letterhead(
        number="12/SCT-KT",
        kind="công văn",
        issuer="Sở Công thương",
        issued_on=dt.date(2024, 5, 6),
        place="Quảng Ngãi",
        subject="Bình ổn giá.",
        recipients=("UBND các huyện",),
        signer=Signer(name="Nguyễn Văn Mẫu"),
    )
    whole: dict[str, Any] = {
        "letterhead": letterhead,
        "references": (
            Reference(
                kind="kế hoạch",
                number="69 / KH-UBND",
                issued_on=dt.date(2024, 3, 22),
                relation="thực hiện",
                confidence=0.9,
                mentions=PLACE,
            ),
        ),
        "deadlines": (Deadline(text="trước 30/9", due=dt.date(2024, 9, 30), confidence=0.9, mentions=PLACE),),
        "directives": (
            Directive(
                label="1",
                text="Rà soát nguồn hàng trên địa bàn.",
                lead=("UBND các huyện",),
                units=(UnitTask(code="535", name="huyện Ba Tơ", level="district", role="lead"),),
                confidence=0.9,
                mentions=PLACE,
            ),
        ),
    }
    return Record(
        source=Source(name="mau.pdf", sha256="0" * 64, media_type="application/pdf", pages=1), **whole | changes
    )


def outcomes(found: Record, **gold: Any) -> dict[str, str]:
    findings = score_record(found, GoldRecord.model_validate(GOLD | gold))
    return {f"{finding.kind}": finding.outcome for finding in findings}


def test_a_record_like_the_gold_is_right_in_everything() -> None:
    """Spacing of numbers, case and aliases don't count against it."""
    assert set(outcomes(record()).values()) == {"right"}


def test_an_empty_record_misses_everything_and_invents_nothing() -> None:
    """What isn't there is missing, not wrong."""
    empty = Record(source=record().source)

    assert set(outcomes(empty).values()) == {"missing"}


def test_a_handwritten_number_left_open_is_open_and_a_wrong_one_is_wrong() -> None:
    """Null is what the contract asks for; a guess counts as wrong."""
    letterhead = record().letterhead
    open_number = record(letterhead=letterhead.model_copy(update={"number": None}))
    guessed = record(letterhead=letterhead.model_copy(update={"number": "18/SCT-KT"}))

    assert outcomes(open_number, handwritten=["number"])["number (handwritten)"] == "open"
    assert outcomes(guessed, handwritten=["number"])["number (handwritten)"] == "wrong"


def test_findings_that_no_clerk_recorded_are_invented() -> None:
    """A deadline and a route too many are told as such."""
    found = outcomes(record(), deadlines=[], directives=[])

    assert found["deadlines"] == "invented"
    assert found["directives"] == "invented"


def test_optional_items_neither_help_nor_hurt() -> None:
    """An attached reference and an optional deadline are not counted, found or not."""
    gold = {
        "references": [GOLD["references"][0] | {"attached": True}],
        "deadlines": [],
        "deadlines_optional": GOLD["deadlines"],
    }

    found = outcomes(record(), **gold)
    missed = outcomes(record(references=(), deadlines=()), **gold)

    assert "references" not in found
    assert "deadlines" not in found
    assert "references" not in missed


def test_routing_is_counted_by_unit() -> None:
    """All districts of the province but one named: twelve are missing."""
    findings = score_record(
        record(), GoldRecord.model_validate(GOLD | {"directives": [GOLD["directives"][0] | {"units": "ALL_DISTRICTS"}]})
    )
    score = Score(findings)

    assert score.count("routing", "right") == 1
    assert score.count("routing", "missing") == 12
    assert score.precision("routing") == 1.0
    assert score.recall("routing") == pytest.approx(1 / 13)


@pytest.mark.parametrize(
    ("found", "wanted", "same"),
    [
        ({"due": "2024-09-30"}, {"due": "2024-09-30"}, True),
        ({"due": "2024-09-29"}, {"due": "2024-09-30"}, False),
        ({"due": "2024-09-30", "time": "16:00"}, {"due": "2024-09-30", "time": "17:00"}, False),
        ({"recurrence": "FREQ=MONTHLY;BYMONTHDAY=25"}, {"recurrence": "FREQ=MONTHLY;BYMONTHDAY=25"}, True),
        ({"due": "2024-09-30"}, {"recurrence": "FREQ=MONTHLY;BYMONTHDAY=25"}, False),
    ],
)
def test_deadlines_are_the_same_when_they_mean_the_same(
    found: dict[str, Any], wanted: dict[str, Any], same: bool
) -> None:
    """The words don't matter, the time does."""
    deadline = Deadline(text="…", confidence=0.9, mentions=PLACE, **found)

    assert same_deadline(deadline, GoldDeadline(**wanted)) is same


def test_words_are_compared_without_case_punctuation_and_tone_placement() -> None:
    """Accents count: Ba Tơ is not Ba Tô."""
    assert plain_words("Hoà Bình; UỶ BAN") == plain_words("hòa bình ủy ban")
    assert plain_words("Ba Tơ") != plain_words("Ba Tô")
    assert alike("bình ổn giá dịp lễ", "binh ổn giá dịp lễ")
    assert not alike("bình ổn giá", "an toàn giao thông")
