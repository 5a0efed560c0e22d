"""References: every case of the tables, in the language of the field."""

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from models.record import Letterhead, Reference
from pipeline.extraction.references.find import find_references
from pipeline.extraction.running import plain

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "references"
# Who writes all the dispatches of the tables, unless a case says otherwise.
LETTERHEAD = Letterhead(
    number="512/SXD-QLN",
    symbol="SXD-QLN",
    kind="công văn",
    issuer="Sở Xây dựng tỉnh Quảng Ngãi",
    parent="UBND tỉnh Quảng Ngãi",
    place="Quảng Ngãi",
    issued_on=dt.date(2025, 5, 12),
)
MARK = re.compile(r"<(/?)ref>")


def load(name: str) -> list[Any]:
    """Give the cases of a table as pytest parameters, known failures strictly expected to fail."""
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    marks = [pytest.mark.xfail(reason="known failure", strict=True)] if name == "known_failures" else []
    return [pytest.param(row, id=f"{name}: {row['label']}", marks=marks) for row in rows]


def read_marks(marked: str) -> tuple[str, list[str]]:
    """Take the marks out of a sentence and give what stood between them."""
    return MARK.sub("", marked), re.findall(r"<ref>(.*?)</ref>", marked, re.DOTALL)


def mentions_of(references: tuple[Reference, ...]) -> list[str]:
    """Give the words of all mentions in the order of the text."""
    return [m.text for m in sorted((m for r in references for m in r.mentions), key=lambda m: m.start)]


@pytest.mark.parametrize("case", [*load("real_forms"), *load("synthetic"), *load("negative"), *load("known_failures")])
def test_case(case: dict[str, Any]) -> None:
    """Exactly the marked mentions are found, and each document has the fields the case names."""
    text, marked = read_marks(case["text"])
    references, _ = find_references(plain(text), LETTERHEAD)
    assert mentions_of(references) == marked
    expected = case.get("expect", [])
    assert len(references) == len(expected)
    for reference, wanted in zip(references, expected, strict=True):
        found = reference.model_dump(mode="json")
        # TOML has no null: "" stands for it.
        assert {name: found[name] for name in wanted} == {n: None if v == "" else v for n, v in wanted.items()}
