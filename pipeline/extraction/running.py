"""The running text: the lines of all pages in reading order, sorted into zones, with the way back to the pages.

Prose that a page break or a footnote cuts in two is whole again here. Each zone is one stretch of the text. It finds
nothing itself; `zones` decides which line belongs where.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from models.page import TextPage
from models.record import Mention


class Zone(StrEnum):
    """What a stretch of the running text is."""

    LETTERHEAD = "letterhead"  # national title, issuer, number, place and date, V/v or kind and title
    ADDRESSEES = "addressees"  # Kính gửi and its list
    BODY = "body"  # the prose of the letter, up to its signature block
    CLOSING = "closing"  # Nơi nhận and the signature block
    FOOTNOTES = "footnotes"
    APPENDIX = "appendix"  # pages after the signature that belong to the letter: may assign work
    FORM = "form"  # blanks to fill in: gives nothing
    ATTACHED = "attached"  # an attached document with a header, number and date of its own
    MARGIN = "margin"  # page numbers, running headers, stamps


@dataclass(frozen=True)
class Piece:
    """One stretch of a page inside the running text: `text[start:start+length]` is `page.text[page_start:…]`."""

    start: int
    page: int
    page_start: int
    length: int


@dataclass(frozen=True)
class RunningText:
    """The text, its pieces in order, and its zones as `(zone, start, end)` in order.

    Pieces are printed lines; the line feeds between them belong to no page.
    """

    text: str
    pieces: tuple[Piece, ...]
    zones: tuple[tuple[Zone, int, int], ...]
    pages: tuple[TextPage, ...]

    def zone(self, place: int) -> Zone:
        """Tell which zone an offset lies in."""
        starts = [start for _, start, _ in self.zones]
        return self.zones[max(0, bisect_right(starts, place) - 1)][0]

    def spans(self, *wanted: Zone) -> list[tuple[int, int]]:
        """Give the stretches of the wanted zones, in order."""
        return [(start, end) for zone, start, end in self.zones if zone in wanted]

    def mentions(self, start: int, end: int) -> tuple[Mention, ...]:
        """Lead a span back to the pages: one mention for each unbroken stretch of a page, with its boxes.

        Neighbouring lines of one page make one mention; its `text` is the page's own, line feeds included.
        """
        stretches: list[tuple[int, int, int]] = []
        first = max(0, bisect_right([p.start for p in self.pieces], start) - 1)
        for piece in self.pieces[first:]:
            if piece.start >= end:
                break
            low = max(start, piece.start) - piece.start + piece.page_start
            high = min(end, piece.start + piece.length) - piece.start + piece.page_start
            if low >= high:
                continue
            if stretches and stretches[-1][0] == piece.page and self._touch(piece.page, stretches[-1][2], low):
                stretches[-1] = (piece.page, stretches[-1][1], high)
            else:
                stretches.append((piece.page, low, high))
        return tuple(self._mention(*stretch) for stretch in stretches)

    def page(self, number: int) -> TextPage:
        """Give a page by its number."""
        return next(page for page in self.pages if page.number == number)

    def _touch(self, page: int, end: int, start: int) -> bool:
        return end <= start and not self.page(page).text[end:start].strip()

    def _mention(self, number: int, start: int, end: int) -> Mention:
        page = self.page(number)
        return Mention(page=number, start=start, end=end, text=page.text[start:end], boxes=page.boxes(start, end))


def assemble(
    lines: Iterable[tuple[Zone, TextPage, int, int]],
    pages: Sequence[TextPage],
) -> RunningText:
    """Put sorted lines `(zone, page, start, end)` together; neighbours of one zone make one stretch."""
    text: list[str] = []
    pieces: list[Piece] = []
    zones: list[tuple[Zone, int, int]] = []
    place = 0
    for zone, page, start, end in lines:
        text.append(page.text[start:end])
        pieces.append(Piece(place, page.number, start, end - start))
        after = place + end - start + 1
        if zones and zones[-1][0] is zone:
            zones[-1] = (zone, zones[-1][1], after)
        else:
            zones.append((zone, place, after))
        place = after
    return RunningText("\n".join(text) + "\n", tuple(pieces), tuple(zones), tuple(pages))


def plain(text: str, zone: Zone = Zone.BODY) -> RunningText:
    """Make a running text of one zone from a bare string, for tests and for `restore`-like uses."""
    page = TextPage(number=1, width=0, height=0, origin="text layer", confidence=1, text=text)
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    spans = [(start, after - 1) for start, after in pairwise(starts)]
    return assemble(((zone, page, start, end) for start, end in spans), [page])
