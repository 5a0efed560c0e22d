"""Zones: the printed lines of a letter and its appendices, sorted into one running text.

The place on the page decides where it can (footnotes, stamps, page numbers, header columns come from `layout`); the
words decide the rest: Kính gửi opens the addressees, an opening word the body, Nơi nhận or an authority the closing.
It reads no field; `letterhead` does that within the zones.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.page import Region, TextPage
from pipeline.extraction import landmarks
from pipeline.extraction.parts import PartPages, page_lines
from pipeline.extraction.running import RunningText, Zone, assemble
from pipeline.vietnam.fold import fold

Sorted = tuple[Zone, TextPage, int, int]
ORDER = (
    Zone.LETTERHEAD,
    Zone.ADDRESSEES,
    Zone.BODY,
    Zone.CLOSING,
    Zone.FOOTNOTES,
    Zone.APPENDIX,
    Zone.FORM,
    Zone.ATTACHED,
    Zone.MARGIN,
)
MARGINS = (Region.FURNITURE, Region.STAMP)
HEADERS = (Region.HEADER_LEFT, Region.HEADER_RIGHT)
# "1 Kế hoạch số …", "(2) Công văn …", "¹ Theo …": a mark without the full stop of a numbered item; a capital follows.
NOTE_HEAD = re.compile(r"^\s*(?:\(?\d{1,2}\)?|[¹²³⁴⁵⁶⁷⁸⁹]{1,2})\s+(?=[^\W\d_])")
SENTENCE_END = re.compile(r"[.;:!?…/\"”)]\s*$")
# The mark in the text that a footnote answers to: "… Bộ Tư pháp(1)", "… chuyển đổi số²", "… trên địa bàn1".
NOTE_MARK = re.compile(r"(?<=[^\W\d_])\s?(?:\(\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\d{1,2})\s*$")
SUBJECT = re.compile(r"^\W{0,3}(?:v\s?/\s?v|ve viec)\b")
PLACE_DATE = re.compile(r"\bng\w{1,2}y\b.{0,12}\bth\w?ng\b.{0,8}\bn\w?m\b")
DASH = re.compile(r"^\s*[-–—+•*~]\s*")
# Kính gửi stands within so many lines of the top, stamps and a long V/v included.
LONGEST_HEAD = 35
# Up to where an addressee list may run without its full stop before one must doubt it.
LONGEST_ADDRESSEES = 40


def sort_lines(parts: Sequence[PartPages]) -> RunningText:
    """Sort the lines of the letter, its appendices and forms; attached documents are not among them."""
    rows: list[Sorted] = []
    for part in parts:
        if part.role == "letter":
            rows.extend(_sort_letter(part.pages))
        elif part.role in ("appendix", "form"):
            zone = Zone.APPENDIX if part.role == "appendix" else Zone.FORM
            rows.extend(_sort_annex(part.pages, zone))
    rows.sort(key=lambda row: ORDER.index(row[0]))
    pages = [page for part in parts for page in part.pages]
    return assemble(_with_gaps(rows), pages)


def _with_gaps(rows: list[Sorted]) -> Iterator[Sorted]:
    """Keep the empty lines of a page between two of its lines as empty lines of the running text."""
    for before, row in zip([None, *rows], rows, strict=False):
        zone, page, start, _ = row
        if before and before[0] is zone and before[1] is page and page.text[before[3] : start].count("\n") > 1:
            yield zone, page, start, start
        yield row


def _sort_annex(pages: Sequence[TextPage], zone: Zone) -> Iterator[Sorted]:
    for page in pages:
        for start, end, region in page_lines(page):
            text = page.text[start:end]
            margin = region in MARGINS or landmarks.is_page_number(text)
            yield (Zone.MARGIN if margin else zone), page, start, end


def _sort_letter(pages: Sequence[TextPage]) -> Iterator[Sorted]:
    head = [page.text[start:end].strip() for page in pages[:1] for start, end, _ in page_lines(page)][:LONGEST_HEAD]
    reader = _LetterReader(awaits_addressees=any(map(landmarks.opens_addressees, head)))
    for page in pages:
        reader.turn_page()
        lines = page_lines(page)
        for index, (start, end, region) in enumerate(lines):
            gap = index > 0 and page.text[lines[index - 1][1] : start].count("\n") > 1
            edge = index in (0, len(lines) - 1)
            yield reader.read(page.text[start:end].strip(), region, gap=gap, edge=edge), page, start, end


def _goes_on(line: str) -> bool:
    """Know a line that goes on with a sentence: it begins in lower case."""
    return line.lstrip()[:1].islower()


def _opens_note(line: str) -> bool:
    mark = NOTE_HEAD.match(line)
    return mark is not None and line[mark.end()].isupper()


@dataclass
class _LetterReader:
    """Reads a letter line by line and knows which zone it is in."""

    awaits_addressees: bool = False  # Kính gửi stands further down: nothing before it is body
    zone: Zone = Zone.LETTERHEAD
    last: str = ""  # the line before, of the zone itself
    title_lines: int = 0  # lines since the kind stood alone in capitals; its trích yếu follows it
    titled: bool = False  # a V/v, a kind in capitals or the place and date has been seen
    body_lines: int = 0
    in_note: bool = False
    note: str = ""

    def turn_page(self) -> None:
        self.in_note = False

    def read(self, line: str, region: Region, *, gap: bool, edge: bool) -> Zone:
        """Say which zone the next line belongs to."""
        if region in MARGINS or (edge and self.body_lines > 0 and landmarks.is_page_number(line)):
            return Zone.MARGIN
        if region is Region.FOOTNOTE or self._is_note(line, region, gap=gap):
            return Zone.FOOTNOTES
        self.zone = self._next_zone(line, region, gap=gap)
        self.body_lines += self.zone is Zone.BODY
        self.last = line
        return self.zone

    def _is_note(self, line: str, region: Region, *, gap: bool) -> bool:
        """Know a footnote of text without geometry: it cuts a sentence, which goes on in lower case after it."""
        if region is not Region.UNKNOWN or self.zone is not Zone.BODY:
            return False
        if self.in_note:
            self.in_note = not (_goes_on(line) and SENTENCE_END.search(self.note))
        else:
            self.in_note = gap and _opens_note(line) and not SENTENCE_END.search(NOTE_MARK.sub("", self.last))
        self.note = line
        return self.in_note

    def _next_zone(self, line: str, region: Region, *, gap: bool) -> Zone:
        if self.zone is Zone.CLOSING:
            return Zone.CLOSING
        if self.zone is Zone.BODY:
            return Zone.CLOSING if self._closes(line) or landmarks.ends_letter(self.last) else Zone.BODY
        if landmarks.opens_addressees(line):
            return Zone.ADDRESSEES
        if self.zone is Zone.ADDRESSEES:
            return Zone.BODY if self._addressees_end(line, gap=gap) else Zone.ADDRESSEES
        return Zone.BODY if self._letterhead_ends(line, region, gap=gap) else Zone.LETTERHEAD

    def _closes(self, line: str) -> bool:
        return landmarks.opens_recipients(line) or (self.body_lines >= 2 and landmarks.signs(line))

    def _addressees_end(self, line: str, *, gap: bool) -> bool:
        if DASH.match(line) or line.lstrip().startswith("("):
            return False
        if self.last.rstrip().endswith((".", "./.")):
            return True
        if _goes_on(line):
            return False
        if self.last.rstrip().endswith((":", ",")):
            # A misread ";": only a sentence that can't be an addressee ends the list.
            return landmarks.begins_sentence(line) and not landmarks.opens_addressees(self.last)
        return gap or landmarks.opens_body(line) or len(line) > LONGEST_ADDRESSEES

    def _letterhead_ends(self, line: str, region: Region, *, gap: bool) -> bool:
        folded = fold(line)
        titled = self.titled
        self.titled = titled or bool(SUBJECT.match(folded) or PLACE_DATE.search(folded)) or landmarks.is_title(line)
        if region in HEADERS or landmarks.is_national_title(line):
            return False
        kind_alone = landmarks.is_title(line)
        self.title_lines = 1 if kind_alone else self.title_lines and self.title_lines + 1
        if self.awaits_addressees or not titled or kind_alone or SUBJECT.match(folded):
            return False
        if self.title_lines == 2 and not folded.lstrip().startswith("can cu") and not landmarks.OUTLINE.search(folded):
            return False
        if landmarks.opens_with_agency(line):
            return gap or landmarks.says(line)
        return landmarks.opens_body(line)
