"""Kinds of document: the 29 of Decree 30, their codes, their names."""

import pytest

from pipeline.vietnam.fold import fold
from pipeline.vietnam.kinds import KINDS, kind_of_code, kind_of_name


def test_decree_30_has_29_kinds() -> None:
    """All kinds of Điều 7 are there, and only công văn (of the Party's CV) and thư công have no code of their own."""
    kinds = [kind for kind in KINDS if kind.family == "administrative"]
    assert len(kinds) == 29
    assert {kind.name for kind in kinds if not set(kind.codes) - {"CV"}} == {"công văn", "thư công"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_name_leads_back(kind) -> None:  # type: ignore[no-untyped-def]
    """A kind is found by its own name; names are lower case."""
    assert kind.name == kind.name.lower()
    assert kind_of_name(fold(kind.name)) is kind


@pytest.mark.parametrize(
    ("code", "name"),
    [("KH", "kế hoạch"), ("QĐ", "quyết định"), ("TTr", "tờ trình"), ("CĐ", "công điện"), ("TT", "thông tư")],
)
def test_a_code_names_its_kind(code: str, name: str) -> None:
    """Codes are exact; a small letter more or less is another token."""
    kind = kind_of_code(code)
    assert kind is not None
    assert kind.name == name


def test_what_a_code_means_to_the_party() -> None:
    """TT is a thông tri to the Party and a thông tư to the state."""
    party = kind_of_code("TT", party=True)
    assert party is not None
    assert party.name == "thông tri"


def test_offices_are_no_kinds() -> None:
    """The token of an office isn't a kind."""
    assert kind_of_code("UBND") is None
    assert kind_of_name("uy ban nhan dan") is None
