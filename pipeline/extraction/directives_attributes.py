"""Attributes: what a plan prints under a task instead of saying it ("Đơn vị chủ trì: Sở Y tế").

The collector asks here before it reads the items under a task as tasks of their own.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.directives_actors import split_names
from pipeline.extraction.outline import Item

_WHO = r"(?:cơ\s+quan|đơn\s+vị|bộ\s+phận|tổ\s+chức|đầu\s+mối)"
_DOES = r"(?:chủ\s+trì(?:\s+thực\s+hiện)?|thực\s+hiện|chịu\s+trách\s+nhiệm|đầu\s+mối|phụ\s+trách|tham\s+mưu)"
LEADS = re.compile(rf"(?:{_WHO}\s+{_DOES}|phân\s+công(?:\s+thực\s+hiện)?|chủ\s+trì)\s*:\s*", re.IGNORECASE)
HELPS = re.compile(rf"(?:{_WHO}\s+)?phối\s+hợp(?:\s+thực\s+hiện)?\s*:\s*", re.IGNORECASE)
# What says when, where and how much, and orders nothing itself.
_TELLS = (
    r"(?:thời\s+(?:gian|hạn|điểm)|địa\s+điểm|thành\s+phần|hình\s+thức|đối\s+tượng|kinh\s+phí|số\s+lượng|sản\s+phẩm|"
    r"kết\s+quả)"
)
TELLS = re.compile(rf"{_TELLS}[^:.;]{{0,30}}:", re.IGNORECASE)
CLAUSE = re.compile(r"[;.]\s*(?=\S)")


@dataclass(frozen=True)
class Duty:
    """Who leads a task and who helps, as the attributes under it say."""

    lead: tuple[str, ...]
    co: tuple[str, ...]


def read_duty(text: str, items: Sequence[Item]) -> Duty | None:
    """Read who does a task from the items under it; None where none of them says who leads."""
    lead: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    for item in items:
        for clause in _clauses(text[item.start : item.end]):
            if (match := LEADS.match(clause)) is not None:
                lead += split_names(clause[match.end() :])
            elif (match := HELPS.match(clause)) is not None:
                co += split_names(clause[match.end() :])
    return Duty(lead, co) if lead else None


def _clauses(text: str) -> list[str]:
    """Cut "Cơ quan chủ trì: Sở Y tế; cơ quan phối hợp: Công an tỉnh." at the second attribute."""
    cuts = [
        0,
        *(
            match.end()
            for match in CLAUSE.finditer(text)
            if HELPS.match(text, match.end()) or TELLS.match(text, match.end())
        ),
        len(text),
    ]
    return [text[a:b].rstrip(" .;\n") for a, b in itertools.pairwise(cuts)]
