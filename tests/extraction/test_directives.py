import datetime as dt
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from models.record import Directive, Letterhead
from pipeline.extraction.deadlines import find_deadlines, gather
from pipeline.extraction.directives import find_directives
from pipeline.extraction.directives_actors import read_actor
from pipeline.extraction.directives_phrases import Phrases
from pipeline.extraction.outline import Item, read_outline
from pipeline.extraction.running import Zone, plain

CASES = Path(__file__).parents[2] / "fixtures" / "cases" / "directives"
DAY = dt.date(2024, 9, 26)


def cases(name: str) -> list[Any]:
    """Read a table of cases, each named by its label."""
    rows = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


def read(case: dict[str, Any]) -> tuple[list[Directive], list[str]]:
    """Find the directives of a case, and the days its deadlines name."""
    running = plain(case["text"].strip(), Zone.APPENDIX if case.get("appendix") else Zone.BODY)
    letterhead = Letterhead(
        kind=case.get("kind", "công văn"),
        issuer=case.get("issuer"),
        issued_on=DAY,
        issued_between=(DAY, DAY),
        recipients=tuple(case.get("recipients", ())),
    )
    found = find_deadlines(running, letterhead)
    deadlines, _, indices = gather(running, found)
    places = [(one.start, one.end, index) for one, index in zip(found, indices, strict=True) if index >= 0]
    return list(find_directives(running, letterhead, places)), [str(one.due) for one in deadlines]


@pytest.mark.parametrize("case", cases("synthetic.toml"))
def test_each_thing_ordered_is_found(case: dict[str, Any]) -> None:
    """Each thing ordered is found once, with its printed label, first words, actors and deadlines."""
    directives, due = read(case)
    wanted = case["directives"]
    assert [directive.label or "" for directive in directives] == [one["label"] for one in wanted]
    for directive, one in zip(directives, wanted, strict=True):
        assert directive.text.startswith(one["starts"])
        assert directive.text.endswith(one.get("ends", ""))
        assert list(directive.lead) == one["lead"]
        assert list(directive.co) == one.get("co", [])
        assert [due[index] for index in directive.deadlines] == one.get("due", [])


@pytest.mark.parametrize("case", cases("negative.toml"))
def test_what_orders_nothing_gives_nothing(case: dict[str, Any]) -> None:
    """Reports, formulas, bases, promises, lists of guests and contents of decisions are no directives."""
    assert read(case)[0] == []


@pytest.mark.parametrize("case", cases("synthetic.toml"))
def test_a_directive_is_its_own_words(case: dict[str, Any]) -> None:
    """The text of a directive stands in the dispatch word for word, and its mentions lead back to it."""
    for directive in read(case)[0]:
        assert directive.text in " ".join(case["text"].split())
        assert " ".join(" ".join(mention.text for mention in directive.mentions).split()) == directive.text


def test_result_goes_to_a_named_body() -> None:
    """The body a result is sent to is read beside those who act."""
    case = {"text": "Đề nghị các đơn vị gửi báo cáo về Sở Tư pháp (qua Văn phòng Sở) trước ngày 10/10/2024."}
    (directive,), _ = read(case)
    assert directive.report_to == "Sở Tư pháp"


ACTORS = tomllib.loads((CASES / "actors.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", ACTORS["actors"], ids=lambda case: case["text"][:40])
def test_a_name_ends_before_its_verb(case: dict[str, Any]) -> None:
    """Names of those who act end where the grammar of names ends, whatever verb follows."""
    actor = read_actor(Phrases(case["text"]), 0, len(case["text"]))
    assert actor is not None
    assert list(actor.names) == case["names"]
    assert actor.acts


@pytest.mark.parametrize("text", ACTORS["nobody"])
def test_what_only_looks_like_a_name_is_nobody(text: str) -> None:
    """Words that begin like a body's name ("Tổ chức", "Báo ngay", "Bộ hồ sơ") name nobody who acts."""
    actor = read_actor(Phrases(text), 0, len(text))
    assert actor is None


def labels(items: tuple[Item, ...]) -> list[str | None]:
    """Give the labels of an outline, depth first."""
    return [below.label for item in items for below in item.walk()]


def test_outline_nests_by_what_came_before() -> None:
    """Lists restart, nest and end as print does: numbers, letters, dashes, decimals, articles."""
    text = """I. Đầu tiên
1. Thứ nhất
a) Mục con
- gạch một;
- gạch hai.
b) Mục sau
2. Thứ hai
2.1. Hai một
2.2. Hai hai
II. Cuối cùng
1. Lại thứ nhất
Điều 5. Điều khoản chung
1. Khoản đầu"""
    wanted = ["I", "I.1", "I.1.a", "I.1.a.-1", "I.1.a.-2", "I.1.b", "I.2", "I.2.1", "I.2.2", "II", "II.1"]
    assert labels(read_outline(plain(text), Zone.BODY)) == [*wanted, "Điều 5", "Điều 5.1"]


def test_closing_paragraph_belongs_to_no_item() -> None:
    """A paragraph after the last item is the letter's, not the item's."""
    text = "Đề nghị các đơn vị:\n1. Rà soát số liệu.\n2. Báo cáo.\nTrong quá trình thực hiện, có vướng mắc thì báo cáo."
    assert labels(read_outline(plain(text), Zone.BODY)) == [None, "1", "2", None]


@pytest.mark.parametrize("word", ["đề nghị các đơn vị ", "Sở A, ", "- ", "1. ", "nếu khó khăn ", "(", "phối hợp với "])
def test_no_text_takes_long(word: str) -> None:
    """No pattern runs away on text made to make it."""
    begun = time.perf_counter()
    read({"text": "Sở Y tế đề nghị các đơn vị " + word * (12000 // len(word))})
    assert time.perf_counter() - begun < 5
