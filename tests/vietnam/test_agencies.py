import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.vietnam.agencies import agency_of_symbol, expand_agency, same_agency

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).parents[2].joinpath("fixtures/cases/vietnam/agencies.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["expand"], ids=lambda case: case["label"])
def test_a_printed_name_becomes_the_natural_one(case: dict[str, str]) -> None:
    """Capitals, abbreviations and the place come out as the record wants them; the unknown stays as printed."""
    assert expand_agency(case["printed"], case.get("province"), case.get("parent")) == case["full"]


@pytest.mark.parametrize("case", CASES["expand"], ids=lambda case: case["label"])
def test_an_expanded_name_is_stable(case: dict[str, str]) -> None:
    """Expanding the natural name again changes nothing."""
    assert expand_agency(case["full"], case.get("province"), case.get("parent")) == case["full"]


@pytest.mark.parametrize("case", CASES["same"], ids=lambda case: f"{case['one']} = {case['other']}")
def test_two_spellings_of_one_agency_meet(case: dict[str, str]) -> None:
    """Abbreviations, a missing place and tone placement don't part an agency from itself, whichever comes first."""
    assert same_agency(case["one"], case["other"])
    assert same_agency(case["other"], case["one"])


@pytest.mark.parametrize("case", CASES["different"], ids=lambda case: f"{case['one']} ≠ {case['other']}")
def test_different_agencies_stay_apart(case: dict[str, str]) -> None:
    """Another level, place or accent is another agency."""
    assert not same_agency(case["one"], case["other"])
    assert not same_agency(case["other"], case["one"])


@pytest.mark.parametrize(
    ("symbol", "issuer"),
    [
        ("SNNPTNT-NTM", "Sở Nông nghiệp và Phát triển nông thôn tỉnh Quảng Ngãi"),
        ("TB-SYT", "Sở Y tế tỉnh Quảng Ngãi"),
        ("QĐ-TTg", "Thủ tướng Chính phủ"),
        ("TT-BYT", "Bộ Y tế"),
        ("VPCP-CĐS", "Văn phòng Chính phủ"),
        ("QĐ-UBND", None),
        ("UBND-KT", None),
        ("PGDĐT", None),
        ("XYZ-ABC", None),
        ("", None),
    ],
)
def test_a_symbol_names_its_issuer_or_none(symbol: str, issuer: str | None) -> None:
    """Codes of one meaning are expanded; UBND, rooms of a district and unknown codes name nobody."""
    assert agency_of_symbol(symbol, "Quảng Ngãi") == issuer
