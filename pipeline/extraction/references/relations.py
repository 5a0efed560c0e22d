"""What the dispatch does with a document it cites, from the cue phrases around the mention.

Works sentence by sentence: of the cues in front of a mention the nearest counts, with what other citations say for
themselves left out. A cue governs the items of the list it opens ("Căn cứ …; …;"). "Kèm theo" may stand behind.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.record import Relation
from pipeline.extraction.references.citation import Citation
from pipeline.extraction.references.flat import Phrase, flatten, outermost
from pipeline.extraction.references.issuers import natural_name
from pipeline.extraction.references.pinpoints import pinpoints_before
from pipeline.extraction.references.wording import WORDS, Cue, alternatives, cues

_MASK = "\x01"
_REACH = 700
_HARD = re.compile(r"(?<!tp)(?<!v)\.(?=\s|$|/|\x01)|;|:(?=\s|$)|\n\s*\n|\n\s*(?=[-+*]\s|\d{1,2}[.)]\s|[a-z]\)\s)")
# What may stand between two items of a list, or between its head and its first item.
_LIST = re.compile(
    r"(?:[\s\x01,;()\-+*•]|\([^()]{0,200}\)|\d{1,2}[.)]\s|\b[a-z]\)|(?<=\n)\d{1,2}\s"
    r"|(?:da\s+)?duoc\s+sua\s+doi,?\s+bo\s+sung\s+(?:mot\s+so\s+dieu\s+)?(?:tai|boi|theo|bang)"
    r"|\b(?:va|hoac|cung|cac|so|nhu|sau|gom|bao gom|ngay|quy dinh|theo)\b)*"
)
_CLAUSE = re.compile(rf",\s+(?:{alternatives('clauses')})\b")
_ACTOR = re.compile(rf",\s+(?P<office>{alternatives('offices')})\b")
_OPENS = re.compile(r"(?:^|[(“\"\n.;:]|\b(?:gui|co|xin|va)\b)\s*(?:\(?\d\)\s*)?$")
_CLOSES = re.compile(r"\s*(?:[).;,:/]|$|\n|(?:cong van|van ban|quyet dinh|ke hoach)\s*[).;,]|(?:[a-z]+\s+){1,3}nay\b)")
_LINE_START = re.compile(r"\n\s*(?=\w)")
_CELLS = 3
_RECEIVED = re.compile(r"(?:(?:co|da)\s+)?nhan\s+duoc")
_REMARK = re.compile(r"\([^()]*\)")
_FAR = 170
_SHORT = 24
_NEAR = 45
_AFTER = 60
# Between a citation and "kèm theo" behind it: no other paper may be the one attached.
_TO_CUE = re.compile(r"[\s,(]*(?:(?:co|xin|duoc|va|ban|chup|sao|cua|file|dang|nay|so)\s+){0,4}")
# What somebody said, with the paper it stands in behind it in brackets.
_SAID = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:y\s+kien|chi\s+dao|yeu\s+cau|de\s+nghi|ket\s+luan|huong\s+dan|van\s+ban|noi\s+dung"
    r"|nhiem\s+vu|giai\s+phap|quy\s+dinh|muc\s+tieu|chi\s+tieu|che\s+do|chinh\s+sach|phan\s+cong|quyet\s+dinh|theo)\b"
)
_LEAD = re.compile(r"\s*(?:cac\s+)?(?:van\s+ban\s+)?(?:nhu\s+)?(?:sau(?:\s+day)?)?\s*$")


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


def settle_answers(citations: Sequence[Citation], recipients: Sequence[str]) -> list[Citation]:
    """Take "nhận được" for an answer only when the dispatch goes to who wrote the document.

    "Sở nhận được Công văn … của Viện A" in a letter to the districts passes a request on; it answers nobody.
    """
    return [
        replace(c, relation="dẫn chiếu")
        if c.relation == "trả lời" and _RECEIVED.fullmatch(flatten(c.cue or "")) and not _answers(c, recipients)
        else c
        for c in citations
    ]


def _answers(citation: Citation, recipients: Sequence[str]) -> bool:
    sender = citation.issuer or citation.front
    if sender is None or not recipients:
        return True
    first = flatten(natural_name(sender)).split()[:1]
    return any(first == flatten(natural_name(recipient)).split()[:1] for recipient in recipients)


def _masked(citations: Sequence[Citation], flat: str) -> str:
    """Blank out what belongs to citations, so that their subjects' words aren't taken for cues."""
    letters = list(flat)
    for citation in citations:
        letters[citation.start : citation.tail] = _MASK * (citation.tail - citation.start)
    return "".join(letters)


def _in_front(
    citation: Citation, start: int, text: str, masked: str, phrases: list[Phrase]
) -> tuple[Relation, str | None]:
    low = _segment_start(masked, text, citation.start, start)
    within = [p for p in phrases if low <= p.start and p.end <= start and _MASK not in masked[p.start : p.end]]
    for phrase in reversed(within):
        cue = cues()[f"before|{phrase.key}"]
        # "(đính kèm dự thảo); Công văn …": what a closed bracket says is said of what stands before it.
        if cue.through or _is_bracketed(masked[phrase.end : start]):
            continue
        if cue.first and not _OPENS.search(masked, max(0, low - 1), phrase.start):
            break
        if not _reaches(masked, text, phrase.end, start) or not _is_object(cue, masked[phrase.end : start]):
            break
        return cue.relation_to(citation.head.kind), " ".join(text[phrase.start : phrase.end].split())
    else:
        head = _list_cue(masked, low, phrases)
        if head:
            return cues()[f"before|{head.key}"].relation_to(citation.head.kind), " ".join(
                text[head.start : head.end].split()
            )
    return "dẫn chiếu", None


def _is_bracketed(gap: str) -> bool:
    """Tell whether a bracket closes in a gap that didn't open there."""
    return gap.count(")") > gap.count("(")


def _reaches(masked: str, text: str, start: int, end: int) -> bool:
    """Tell whether a cue governs what stands behind a gap: no clause of its own begins there."""
    gap = masked[start:end]
    if _CLAUSE.search(gap) or len(_REMARK.sub("", gap.replace(_MASK, ""))) > _FAR:
        return False
    # Lines that each begin with a capital or a figure are cells: a column's head says nothing of what stands below.
    cells = [line for line in _LINE_START.finditer(masked, start, end) if not text[line.end()].islower()]
    if len(cells) >= _CELLS:
        return False
    if any(_is_office(text[slice(*actor.span("office"))]) for actor in _ACTOR.finditer(masked, start, end)):
        return False
    # "Thực hiện chỉ đạo của UBND tỉnh (Công văn số …)", but not "thực hiện trong năm (Kế hoạch số …)".
    return gap.count("(") <= gap.count(")") or _SAID.match(gap) is not None


def _is_office(printed: str) -> bool:
    """Tell an office's first word from one that only folds to it: "Quỹ", not "Quy trình"."""
    return printed[0].isupper() and " ".join(printed.lower().split()) not in WORDS["not_offices"]


def _is_object(cue: Cue, gap: str) -> bool:
    """Tell whether the document is what is carried out or changed, not the place another thing is found in."""
    between = len(_REMARK.sub("", gap.replace(_MASK, "")).strip())
    if cue.relation == "thực hiện":
        return between <= _SHORT or _SAID.match(gap) is not None
    return not cue.near or between <= _NEAR


def _list_cue(masked: str, low: int, phrases: list[Phrase]) -> Phrase | None:
    """Give the cue that ends right before the colon that opens the list an item stands in ("và thay thế: - …")."""
    colon = masked.rfind(":", max(0, low - _REACH), low)
    if colon < 0 or re.search(r"\.\s|\n\s*\n", masked[colon:low]):
        return None
    lead = _LEAD.sub("", masked[:colon])
    return next((p for p in phrases if p.end == len(lead)), None)


def _segment_start(masked: str, text: str, place: int, start: int) -> int:
    """Tell where the sentence begins that a citation stands in; stops within its list are passed over."""
    low = max(0, place - _REACH)
    stops = [(stop.start(), stop.end()) for stop in _HARD.finditer(masked, low, start) if not _is_dirt(stop, text)]
    right = start
    for opens, closes in reversed(stops):
        if masked[opens] == "." or not _LIST.fullmatch(masked, closes, right):
            return closes
        right = opens
    return low


def _is_dirt(stop: re.Match[str], text: str) -> bool:
    """Tell whether a stop before a small letter is a speck of the page."""
    return stop.group() == "." and text[stop.end() :].lstrip()[:1].islower()


def _behind(citation: Citation, text: str, flat: str, phrases: list[Phrase]) -> tuple[Relation, str] | None:
    """Look for a cue behind the citation, within its bracket or clause."""
    for phrase in phrases:
        if not citation.tail <= phrase.start <= citation.tail + _AFTER:
            continue
        gap = flat[citation.tail : phrase.start]
        if _TO_CUE.fullmatch(gap) is None:
            return None
        cue = cues()[f"after|{phrase.key}"]
        if cue.relation == "kèm theo" and not _CLOSES.match(flat, phrase.end):
            return None
        return cue.relation, " ".join(text[phrase.start : phrase.end].split())
    return None
