"""What the dispatch does with a document it cites, from the cue phrases around the mention.

Works sentence by sentence: of the cues in front of a mention the nearest counts, with what other citations say for
themselves left out. A cue governs the items of the list it opens ("Căn cứ …; …;"). "Kèm theo" may stand behind.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.record import Relation
from pipeline.extraction.references.citation import Citation
from pipeline.extraction.references.flat import Phrase, outermost
from pipeline.extraction.references.pinpoints import pinpoints_before
from pipeline.extraction.references.wording import alternatives, cues

_MASK = "\x01"
_REACH = 700
_HARD = re.compile(r"(?<!tp)(?<!v)\.(?=\s|$|/|\x01)|[;:]|\n\s*\n|\n\s*(?=[-+*]\s|\d{1,2}[.)]\s|[a-z]\)\s)")
# What may stand between two items of a list, or between its head and its first item.
_LIST = re.compile(
    r"(?:[\s\x01,;()\-+*•]|\d{1,2}[.)]\s|\b[a-z]\)|(?<=\n)\d{1,2}\s"
    r"|\b(?:va|hoac|cung|cac|so|nhu|sau|gom|bao gom|ngay|quy dinh|theo)\b)*"
)
_CLAUSE = re.compile(rf",\s+(?:{alternatives('clauses', 'offices')})\b")
_OPENS = re.compile(r"(?:^|[(“\"\n.;:]|\b(?:gui|co|xin|va)\b)\s*(?:\(?\d\)\s*)?$")
_CLOSES = re.compile(r"\s*(?:[).;,:/]|$|\n|cong van|van ban|thu nay|thong bao nay)")
_FAR = 170
_AFTER = 60
# These words say only where a thing stands: the cue that counts is further left.
_THROUGH = ("ban hanh", "phe duyet", "neu tai", "da neu tai", "sau")


def read_relations(
    citations: Sequence[Citation], text: str, flat: str, found: dict[str, list[Phrase]]
) -> list[Citation]:
    """Give each citation its pinpoints and its relation with the words that show it."""
    masked = _masked(citations, flat)
    before = outermost(found["before"])
    read: list[Citation] = []
    for citation in citations:
        pinpoints, start = pinpoints_before(text, flat, citation.start)
        citation = replace(citation, pinpoints=pinpoints)
        if not citation.nested:
            relation, cue = _behind(citation, text, flat, found["after"]) or _in_front(
                citation, start, text, masked, before
            )
            citation = replace(citation, relation=relation, cue=cue)
        read.append(citation)
    return read


def _masked(citations: Sequence[Citation], flat: str) -> str:
    """Blank out what belongs to citations, so that their subjects' words aren't taken for cues."""
    letters = list(flat)
    for citation in citations:
        letters[citation.start : citation.tail] = _MASK * (citation.tail - citation.start)
    return "".join(letters)


def _in_front(
    citation: Citation, start: int, text: str, masked: str, phrases: list[Phrase]
) -> tuple[Relation, str | None]:
    low = _segment_start(masked, citation.start, start)
    for phrase in reversed([p for p in phrases if low <= p.start and p.end <= start]):
        if _MASK in masked[phrase.start : phrase.end]:
            continue
        cue = cues()[f"before|{phrase.key}"]
        gap = masked[phrase.end : start]
        if cue.first and not _OPENS.search(masked, max(0, low - 1), phrase.start):
            return "dẫn chiếu", None
        if phrase.key.startswith(_THROUGH) or (phrase.key.endswith(" tai") and cue.relation == "dẫn chiếu"):
            continue
        if _CLAUSE.search(gap) or len(gap.replace(_MASK, "")) > _FAR:
            return "dẫn chiếu", None
        return cue.relation, " ".join(text[phrase.start : phrase.end].split())
    return "dẫn chiếu", None


def _segment_start(masked: str, place: int, start: int) -> int:
    """Tell where the sentence begins that a citation stands in; stops within its list are passed over."""
    low = max(0, place - _REACH)
    stops = [(stop.start(), stop.end()) for stop in _HARD.finditer(masked, low, start)]
    right = start
    for opens, closes in reversed(stops):
        if masked[opens] == "." or not _LIST.fullmatch(masked, closes, right):
            return closes
        right = opens
    return low


def _behind(citation: Citation, text: str, flat: str, phrases: list[Phrase]) -> tuple[Relation, str] | None:
    """Look for a cue behind the citation, within its bracket or clause."""
    for phrase in phrases:
        if not citation.tail <= phrase.start <= citation.tail + _AFTER:
            continue
        gap = flat[citation.tail : phrase.start]
        if re.search(r"[.;:]\s|\n\s*\n|\d", gap) or len(gap.split()) > 5:
            return None
        cue = cues()[f"after|{phrase.key}"]
        if cue.relation == "kèm theo" and not _CLOSES.match(flat, phrase.end):
            return None
        return cue.relation, " ".join(text[phrase.start : phrase.end].split())
    return None
