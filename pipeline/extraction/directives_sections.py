"""Sections: what a heading promises about the items under it, and where each kind of dispatch puts its orders."""

import re
from enum import StrEnum
from functools import lru_cache

from pipeline.extraction.directives_phrases import word_lists
from pipeline.vietnam.fold import fold


class Mode(StrEnum):
    """How the items of a section are read."""

    TASKS = "tasks"  # their own verbs order
    GUIDE = "guide"  # a verb orders when its actor stands before it
    OPINION = "opinion"  # like tasks, if most are; else like a guide
    PROSE = "prose"  # only what is ordered in so many words
    NONE = "none"  # nothing is ordered here


class Shape(StrEnum):
    """Where a kind of dispatch puts its orders."""

    LETTER = "letter"  # after a lead-in, or in its sentences
    SECTIONS = "sections"  # in sections of tasks
    ARTICLES = "articles"  # in some of its Điều
    REPORT = "report"  # hardly any


# A paragraph that leads in a list ends with a colon, or says so.
LEADS_IN = re.compile(r"(?:[:：]\s*\S{0,20}|\bsau|\bsau đây)[\s.,'\"_|-]*$", re.IGNORECASE)
# A lead-in that orders without an ordering word of its own: "Chủ tịch UBND tỉnh có ý kiến chỉ đạo như sau:".
_FOLLOWS = r"\b.{0,160}\b(?:nhu sau|sau day|sau|nhu sau day)\s*:?\s*$"
COMMANDS = re.compile(
    r"(?<!ban )(?<!voi )(?<!theo )(?<!cac )(?<!dap ung )"
    rf"\b(?:chi dao|ket luan|yeu cau|de nghi|phan cong){_FOLLOWS}"
    r"|\b(?:ket luan|chi dao|quyet nghi)(?: noi dung| mot so noi dung)?\s*:\s*$",
    re.DOTALL,
)
# A lead-in that guides: "hướng dẫn quy trình thực hiện như sau:".
GUIDES = re.compile(
    rf"\b(?:huong dan|thong nhat|quy dinh|thong bao|trien khai|(?:ban hanh|xay dung) ke hoach){_FOLLOWS}",
    re.DOTALL,
)
# One that gives an opinion: it orders where its items do.
OPINES = re.compile(rf"\bco y kien(?: nhu sau)?\s*:\s*$|\bco y kien{_FOLLOWS}", re.DOTALL)
EFFECT = re.compile(r"\bco hieu luc\b|\bhet hieu luc\b|\bduoc bai bo\b|\bbai bo\b|\bthay the\b")
# The duties of a team that the decision founds; those of an office ("Nhiệm vụ của Sở") are its charter.
_TEAM = r"(?:doan|to|ban|hoi dong|nhom|tieu ban)\b"
TEAM_DUTY = re.compile(
    rf"^(?:chuc nang,? )?(?:va )?nhiem vu(?:,? quyen han| va quyen han)? cua {_TEAM}"
    rf"|^{_TEAM}[^.]{{0,120}}\bco (?:chuc nang,? )?nhiem vu\b"
)


def shape_of(kind: str | None) -> Shape:
    """Tell where a kind of dispatch puts its orders; a letter when the kind is unknown."""
    kinds = word_lists()["kinds"]
    for shape in (Shape.SECTIONS, Shape.ARTICLES):
        if kind in kinds[shape.value]:
            return shape
    return Shape.REPORT if kind in kinds["reports"] else Shape.LETTER


def mode_of_heading(heading: str) -> Mode | None:
    """Tell what the items under a heading are; None when it says nothing about it.

    The word that comes first decides: "Mục đích, yêu cầu" none, "Nhiệm vụ và giải pháp" tasks.
    """
    folded = fold(" ".join(heading.split()))
    lists = _patterns()
    found = [(match.start(), mode) for mode in (Mode.NONE, Mode.TASKS) if (match := lists[mode].search(folded))]
    if found:
        return min(found)[1]
    return Mode.GUIDE if lists[Mode.GUIDE].search(folded) else None


def mode_of_lead_in(text: str, mode: Mode) -> Mode:
    """Tell how the list under a lead-in is read that holds no spoken order."""
    folded = fold(text)
    if COMMANDS.search(folded):
        return Mode.TASKS
    if OPINES.search(folded):
        return Mode.OPINION
    return Mode.GUIDE if mode is Mode.PROSE and GUIDES.search(folded) else mode


def is_title(heading: str) -> bool:
    """Tell a section's title ("Tổ chức thực hiện") from a numbered item that happens to be short."""
    return bool(_titles().match(fold(" ".join(heading.split()))))


@lru_cache(maxsize=1)
def _patterns() -> dict[Mode, re.Pattern[str]]:
    lists = word_lists()["sections"]
    keys = {Mode.NONE: "skip", Mode.TASKS: "task", Mode.GUIDE: "guide"}
    return {mode: re.compile(rf"\b(?:{_any_of(lists[key])})\b") for mode, key in keys.items()}


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    return re.compile(rf"^(?:ve )?(?:cong tac )?(?:{_any_of(word_lists()['sections']['titles'])})\b[^.]{{0,60}}$")


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(map(fold, words), key=len, reverse=True))
