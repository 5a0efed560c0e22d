import datetime as dt
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from models.office import Office
from models.record import Directive, Letterhead, Mention
from pipeline.routing.route import Routed, route
from pipeline.vietnam.offices import load_office
from pipeline.vietnam.units import Unit, communes_of, find_unit, units_of

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "routing"
MENTION = Mention(page=1, start=0, end=1, text="x")


def _load(name: str) -> list[Any]:
    cases = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    marks = [pytest.mark.xfail(strict=True)] if name == "known_failures" else []
    return [pytest.param(case, id=f"{name}: {case['label']}", marks=marks) for case in cases]


def _day(case: dict[str, Any]) -> dt.date | None:
    if "between" in case:
        return None
    day: dt.date = case.get("day", dt.date(2024, 9, 26))
    return day


def _run(case: dict[str, Any], office: Office) -> Routed:
    between = case.get("between")
    letterhead = Letterhead(
        issuer=case.get("issuer", "Sở Nông nghiệp và Phát triển nông thôn tỉnh Quảng Ngãi") or None,
        parent=case.get("parent") or None,
        place=case.get("place", "Quảng Ngãi") or None,
        issued_on=_day(case),
        issued_between=tuple(between) if between else None,
        recipients=tuple(case.get("recipients", ())),
    )
    directive = Directive(
        label="1",
        text=case.get("text", "Thực hiện nội dung sau."),
        lead=tuple(case["lead"]),
        co=tuple(case.get("co", ())),
        confidence=0.9,
        mentions=(MENTION,),
    )
    return route([directive], letterhead, office)


def _expected(case: dict[str, Any]) -> set[str]:
    if "units" in case:
        return set(case["units"])
    day = _day(case) or case["between"][0]
    of = case.get("of", "Quảng Ngãi")
    if of.startswith(("huyện ", "thành phố ")):
        district = find_unit(of, "Quảng Ngãi", day)
        assert isinstance(district, Unit)
        return {unit.name for unit in communes_of(district, day)}
    return {unit.name for unit in units_of(of, case["all"], day)} - set(case.get("without", ()))


@pytest.fixture(scope="module")
def office() -> Office:
    """Give the shipped office profile."""
    return load_office()


@pytest.mark.parametrize(
    "case", [*_load("real_forms"), *_load("negative"), *_load("synthetic"), *_load("known_failures")]
)
def test_a_directive_goes_to_its_localities_and_to_no_other(case: dict[str, Any], office: Office) -> None:
    """Units, reason and review are as the case says."""
    routed = _run(case, office)
    directive = routed.directives[0]
    if "count" in case:
        assert len(directive.units) == case["count"]
    else:
        assert {unit.name for unit in directive.units} == _expected(case)
    assert case.get("reason", "") in (directive.reason or "")
    reviews = " | ".join(review.reason for review in routed.reviews)
    if "review" in case:
        assert case["review"] in reviews
    else:
        assert reviews == ""


def test_roles_follow_lead_and_co(office: Office) -> None:
    """A unit named as lead and inside a co-operating group stays lead; the others are co."""
    case = {"label": "", "lead": ["UBND huyện Ba Tơ"], "co": ["UBND các huyện, thị xã, thành phố"]}
    roles = {unit.name: unit.role for unit in _run(case, office).directives[0].units}
    assert roles["huyện Ba Tơ"] == "lead"
    assert {role for name, role in roles.items() if name != "huyện Ba Tơ"} == {"co"}
    assert len(roles) == 13


def test_units_carry_code_level_and_name_with_type(office: Office) -> None:
    """The unit is written as the contract shows it."""
    unit = _run({"label": "", "lead": ["UBND huyện Trà Bồng"]}, office).directives[0].units[0]
    assert (unit.code, unit.name, unit.level, unit.role) == ("525", "huyện Trà Bồng", "district", "lead")


def test_a_review_points_to_its_directive(office: Office) -> None:
    """The path and the page of a review lead to the directive it is about."""
    review = _run({"label": "", "lead": ["UBND các huyện ven biển"]}, office).reviews[0]
    assert (review.field, review.page) == ("directives.0.units", 1)


def test_nothing_else_of_a_directive_changes(office: Office) -> None:
    """Routing fills units and reason only."""
    case = {"label": "", "lead": ["UBND huyện Trà Bồng"]}
    directive = _run(case, office).directives[0]
    assert directive.model_copy(update={"units": (), "reason": None}) == Directive(
        label="1", text="Thực hiện nội dung sau.", lead=("UBND huyện Trà Bồng",), confidence=0.9, mentions=(MENTION,)
    )


@pytest.mark.parametrize(
    "piece", ["huyện ", "UBND các huyện, ", "A", "và ", "(trừ ", "tỉnh Quảng ", "- ", "Phòng Y tế, "]
)
def test_long_input_is_read_in_time(piece: str, office: Office) -> None:
    """No wording makes the patterns run away: ten thousand characters take less than two seconds."""
    began = time.monotonic()
    _run({"label": "", "lead": [piece * (10_000 // len(piece))], "text": piece * 1_000}, office)
    assert time.monotonic() - began < 2
