"""The issuing agency and its superior: the left column above the number.

The lines are grouped into agencies by the words agencies begin with (`issuer.toml`); the last is the issuer, what
stands above it the superior. Two of one head side by side issue together. Names are written out by the agencies table
of `pipeline.vietnam`.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from pipeline.extraction.letterhead.printed import STROKES, Stretch
from pipeline.vietnam.fold import fold

RULE = re.compile(r"^[\W\d_]*$|^\W*[oO0\W_]{1,6}\W*$")
# Share of capitals in a line of an agency's name; the accent of a capital is often read as a small letter's.
LEAST_CAPITALS = 0.75
# What stands under the agencies, also when the number can't be read: "SỐ: …", "DỰ THẢO 2".
NO_AGENCY = re.compile(r"^\W{0,3}(?:s[o0]\s?[:;]|du thao\b)")
# A line ends so that the name can't be over.
OPEN_END = re.compile(r"(?:\b(?:va|cua|tinh|thanh pho|huyen|thi xa|xa|phuong|quan|nhan|ve|viet)|[-–,&])\s*$")


@dataclass(frozen=True)
class Agencies:
    """The agencies printed in the header: as printed, one after the other, superior first."""

    texts: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    """Where each stands in the running text."""
    joint: int = 1
    """How many of the last ones issue together."""
    confidence: float = 0.97


@lru_cache(maxsize=1)
def _heads() -> tuple[dict[str, int], tuple[str, ...]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return table["heads"], tuple(table["continuations"]["words"])


def head_of(folded: str) -> str | None:
    """Give the agency word a folded line begins with, the longest that fits.

    >>> head_of("uy ban nhan dan tinh"), head_of("tinh quang ngai") is None
    ('uy ban nhan dan', True)
    """
    heads, continuations = _heads()
    if any(folded.startswith(word) for word in continuations):
        return None
    fitting = [head for head in heads if folded == head or folded.startswith(head + " ")]
    return max(fitting, key=len) if fitting else None


def rank_of(head: str) -> int:
    """Give the rank of an agency word: 1 and 2 stand for the whole country."""
    return _heads()[0][head]


def read_agencies(left: Sequence[Stretch], number: Stretch | None) -> Agencies:
    """Group the lines above the number into agencies."""
    above = takewhile(lambda line: not NO_AGENCY.match(line.folded.text), left)
    lines = [line for line in above if (number is None or line.start < number.start) and _names(line)]
    groups: list[list[Stretch]] = []
    for line in lines:
        begins = head_of(line.bare) is not None
        if groups and (not begins or OPEN_END.search(groups[-1][-1].folded.text.rstrip(" _*."))):
            groups[-1].append(line)
        else:
            groups.append([line])
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    joint = 1
    for group in groups:
        parts = _part_joint(" ".join(" ".join(_core(line).split()) for line in group))
        texts += parts
        spans += [(group[0].start, group[-1].end)] * len(parts)
        joint = len(parts)
    read = [word.confidence for group in groups for line in group for word in line.words]
    sure = round(0.97 * min(1.0, sum(read) / len(read) + 0.05), 2) if read else 0.95
    return Agencies(tuple(texts), tuple(spans), max(joint, _count_joint(texts)), sure)


def _core(line: Stretch) -> str:
    """Give a line without blotches; the dash that joins it to the next agency stays."""
    return line.core + (" -" if line.text.rstrip(" _.").endswith(("-", "–")) else "")


def _part_joint(text: str) -> list[str]:
    """Part agencies printed with a dash between them ("SỞ Y TẾ - CÔNG ĐOÀN NGÀNH Y TẾ")."""
    parts = [part.strip(STROKES) for part in re.split(r"\s+[-–]\s*|\s*[-–]\s+", text) if part.strip(STROKES)]
    return parts if all(head_of(fold(part)) for part in parts) else [text.strip(STROKES)]


def _names(line: Stretch) -> bool:
    """Tell whether a line can be part of an agency's name: capitals, but for a misread one, no rule or blotch."""
    letters = [c for c in line.core if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return len(letters) >= 3 and not RULE.match(line.text) and capitals >= LEAST_CAPITALS * len(letters)


def _count_joint(texts: Sequence[str]) -> int:
    """Count how many of the last agencies share the rank of the last: "BỘ Y TẾ / BỘ TÀI CHÍNH" issue together."""
    heads = [head_of(fold(text)) for text in texts]
    count = 1
    while count < len(heads) and heads[-1] in ("bo", "so") and heads[-1 - count] == heads[-1]:
        count += 1
    return count
