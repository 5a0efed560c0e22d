"""Numbers of documents: the grammar enumerated, what is repaired, what is left alone, one key for every spelling."""

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.vietnam.kinds import KINDS
from pipeline.vietnam.numbers import find_numbers, parse_number, search_key
from pipeline.vietnam.numbers_symbols import mend_symbol

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "numbers"
CODES = sorted({code for kind in KINDS for code in kind.codes})
AGENCIES = ["UBND", "HĐND", "SNNPTNT", "SGDĐT", "BYT", "TTg", "VPCP", "BCĐ"]
SERIALS = ["1", "05", "69", "1234", "12a", "66.7"]


def load(name: str) -> list[Any]:
    """Give the cases of a table as pytest parameters."""
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.parametrize("code", CODES)
def test_every_kind_with_every_agency_is_read_whole(code: str, agency: str) -> None:
    """A coded number is read as printed, with the kind's code and the agency after it, with and without a year."""
    for serial in SERIALS:
        for middle in ("/", "/2024/"):
            number = f"{serial}{middle}{code}-{agency}"
            (span,) = find_numbers(f"theo số {number}, ngày 05/6/2024")
            assert span.number.text == number
            assert (span.number.kind_code, span.number.groups) == (code, (agency,))
            assert span.number.year == (2024 if middle != "/" else None)
            assert not span.repaired


@pytest.mark.parametrize("unit", ["NTM", "KT", "P2", "GDTrH", "CĐS", "KSTTHC"])
@pytest.mark.parametrize("agency", ["SNNPTNT", "UBND", "BYT", "CATP", "VSR"])
def test_an_agency_with_a_unit_is_a_letter(agency: str, unit: str) -> None:
    """A symbol of agency and unit names no kind."""
    number = parse_number(f"2716/{agency}-{unit}")
    assert number is not None
    assert (number.text, number.kind_code) == (f"2716/{agency}-{unit}", None)


@pytest.mark.parametrize("org", ["TW", "TU", "ĐU", "BTGTU", "VPTW", "HU"])
@pytest.mark.parametrize("code", ["NQ", "QĐ", "KL", "CT", "TB", "BC", "KH", "CTr", "TTr", "CV", "HD", "ĐA"])
def test_the_party_writes_hyphen_then_slash(code: str, org: str) -> None:
    """Party numbers are read in their own form and marked as the Party's."""
    (span,) = find_numbers(f"Số 05-{code}/{org}, ngày 05/9/2026")
    assert (span.number.text, span.number.kind_code, span.number.party) == (f"05-{code}/{org}", code, True)


@pytest.mark.parametrize("case", load("synthetic"))
def test_spelling(case: dict[str, Any]) -> None:
    """Exactly the marked numbers are found, spelled as they should be, and a mended letter is told."""
    spans = find_numbers(case["text"])
    assert [span.number.text for span in spans] == case["numbers"]
    assert any(span.repaired for span in spans) is case.get("repaired", False)


@pytest.mark.parametrize("case", load("negative"))
def test_no_number(case: dict[str, Any]) -> None:
    """What only looks like a number is left alone."""
    assert find_numbers(case["text"]) == []


@pytest.mark.parametrize(
    ("number", "spellings"),
    [
        ("69/KH-UBND", ["69 / KH - UBND", "69 KH UBND", "69/kh-ubnd", "069/KH–UBND", "69/KH-\nUBND"]),
        ("148/QĐ-TTg", ["148/QD-TTG", "148/qđ-ttg", "148 QĐ TTg", "148/QD-TTg"]),
        ("2716/SNNPTNT-NTM", ["2716 ISNNPTNT-NTM", "2716/snnptnt-ntm", "2716/SNN&PTNT-NTM"]),
        ("31/2024/QH15", ["31/2024/qh15", "31 2024 QH15"]),
        ("05-NQ/ĐU", ["05-NQ/DU", "5 - NQ/ĐU", "05 nq du"]),
    ],
)
def test_one_key_for_every_spelling(number: str, spellings: list[str]) -> None:
    """Every spelling of a number has the same key, and another number another."""
    assert {search_key(spelling) for spelling in spellings} == {search_key(number)}
    assert search_key(number) != search_key("70/KH-UBND")


def test_marks_that_were_read_stay() -> None:
    """A repair adds lost marks; it takes none away and leaves unknown tokens alone."""
    assert mend_symbol("QD-TTG") == "QĐ-TTg"
    assert mend_symbol("UBND-TĐ") == "UBND-TĐ"
    assert mend_symbol("VSR-DTH") == "VSR-DTH"


def test_a_code_that_could_be_two_is_left_alone() -> None:
    """The code HD is one itself and isn't turned into HĐ."""
    assert mend_symbol("HD-SNV") == "HD-SNV"


NOISE = st.text(alphabet="0123456789/-.ABĐKHNQUTTgr \n–&", max_size=120)


@settings(max_examples=300, deadline=None)
@given(NOISE)
def test_spans_hold_what_they_claim(text: str) -> None:
    """Spans lie in order within the text, never overlap, and begin with the serial they report."""
    end = 0
    for span in find_numbers(text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end].startswith(span.number.serial)
        end = span.end


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(CODES), st.sampled_from(AGENCIES), st.integers(1, 1899))
def test_a_number_read_is_read_again_the_same(code: str, agency: str, serial: int) -> None:
    """Reading is idempotent: a normalised number reads as itself.

    Serials stay below 1900: before a legal kind a figure that looks like a year is one whose serial was lost.
    """
    number = parse_number(f"{serial}/{code}-{agency}")
    assert number is not None
    assert parse_number(number.text) == number


@pytest.mark.parametrize(
    "hostile",
    ["1/" * 20_000, "1/A-" * 10_000, "12/KH-" + "UBND-" * 10_000, "số " + "1 " * 20_000, "9" * 40_000, "A-" * 20_000],
)
def test_hostile_text_takes_no_time(hostile: str) -> None:
    """No pattern runs away on text made to confuse it."""
    start = time.perf_counter()
    find_numbers(hostile)
    assert time.perf_counter() - start < 2
