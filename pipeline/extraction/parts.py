"""Parts of a file: which pages are the letter, which its appendices and forms, which another document attached.

A file often holds more than its letter. The letter is what the first page begins; its prose ends at its signature
block. A later page that bears a national title and a number of its own begins an attached document.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.page import Region, TextPage
from pipeline.extraction import landmarks
from pipeline.vietnam.fold import fold

Role = Literal["letter", "appendix", "form", "attached document"]
# Lines at the head of a page that may tell what begins there: a letterhead takes about ten.
HEAD_LINES = 14
# From this share of lines with dotted blanks on, a page is a form to fill in.
FORM_SHARE = 0.25
# At a line's beginning or with its colon; "Căn cứ Kế hoạch số 12/KH-UBND" cites another document.
OWN_NUMBER = re.compile(r"(?m)(?:^\W{0,4}s[o0]\s*[:.]?|\bs[o0]\s*:)\s*[^\n]{0,12}[/-]\s?[a-z]{1,8}\b")
BLANK_NUMBER = re.compile(r"\bso\s*[:.]?\s*(?:\.{2,}|…|_{2,})")


@dataclass(frozen=True)
class PartPages:
    """Pages that belong together and what they are to the letter."""

    role: Role
    pages: tuple[TextPage, ...]


def page_lines(page: TextPage) -> list[tuple[int, int, Region]]:
    """Give the printed lines of a page as `(start, end, region)`; a page without lines is cut at its line feeds."""
    if page.lines:
        return [(line.start, line.end, line.region) for line in page.lines]
    spans, place = [], 0
    for line in page.text.split("\n"):
        if line.strip():
            spans.append((place, place + len(line), Region.UNKNOWN))
        place += len(line) + 1
    return spans


def split_parts(pages: Sequence[TextPage]) -> list[PartPages]:
    """Group the pages of a file; the first group is the letter, even when nothing of it could be read."""
    groups: list[tuple[Role, list[TextPage]]] = []
    closed = False
    for page in pages:
        begins = _what_begins(page, after_signature=closed) if groups else "letter"
        if begins is None or (begins == "continued" and groups[-1][0] == "appendix"):
            groups[-1][1].append(page)
        else:
            groups.append(("appendix" if begins == "continued" else begins, [page]))
        if groups[-1][0] in ("letter", "attached document"):
            signed = any(_closes(page.text[start:end].strip()) for start, end, _ in page_lines(page))
            closed = signed or (closed and begins is None)
    return [PartPages(role, tuple(members)) for role, members in groups]


def _closes(line: str) -> bool:
    return landmarks.opens_recipients(line) or landmarks.signs(line)


def _what_begins(page: TextPage, *, after_signature: bool) -> Role | Literal["continued"] | None:
    """Tell what begins on a page: None when the part before goes on, "continued" when only an appendix may."""
    lines = [page.text[start:end].strip() for start, end, region in page_lines(page) if region is not Region.FURNITURE]
    head = [line for line in lines if not landmarks.is_page_number(line)][:HEAD_LINES]
    folded = [fold(line) for line in head]
    joined = "\n".join(folded)
    # Layout gives the left column first: agencies, number and V/v stand above the title's lines, a stamp's too.
    if any(landmarks.is_national_title(line) for line in (head if after_signature else head[:6])):
        return _headed_part(joined)
    if folded and landmarks.FORM_HEAD.search(folded[0]):
        return "form"
    if folded and landmarks.APPENDIX_HEAD.search(folded[0]) and (after_signature or head[0][:1].isupper()):
        return "appendix"
    if any(landmarks.ATTACHED_TO.match(line.lstrip(" (")) for line in folded[:6]):
        return "appendix"
    if not after_signature or not lines:
        return None
    blanks = sum(bool(landmarks.DOTTED_BLANK.search(line)) for line in lines)
    return "form" if blanks > FORM_SHARE * max(4, len(lines)) else "continued"


def _headed_part(folded_head: str) -> Role:
    if landmarks.ATTACHED_TO.search(folded_head):
        return "appendix"
    if BLANK_NUMBER.search(folded_head) or landmarks.FORM_HEAD.search(folded_head):
        return "form"
    return "attached document" if OWN_NUMBER.search(folded_head) else "form"
