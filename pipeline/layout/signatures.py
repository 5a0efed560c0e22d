"""Notices of digital signatures that are part of the page's print: taken out of the text and kept apart."""

from collections.abc import Sequence

from pipeline.layout.strips import Strip
from pipeline.vietnam.signatures import field_of_notice, opens_notice, within_notice

MOST_LINES = 8
"""A notice is no longer; where no line of its own ends it, only the lines that can be nothing else are taken."""


def take_out_notices(strips: Sequence[Strip]) -> tuple[list[Strip], list[str]]:
    """Part the notices from the rest, and give the text of each."""
    rest = sorted(strips, key=lambda strip: (strip.box[1], strip.box[0]))
    notices: list[str] = []
    while (first := next((strip for strip in rest if opens_notice(strip.text)), None)) is not None:
        notice = _notice(first, rest)
        notices.append(" ".join(strip.text for strip in notice))
        rest = [strip for strip in rest if strip not in notice]
    notices.extend(strip.text for strip in rest if within_notice(strip.text))
    return [strip for strip in rest if not within_notice(strip.text)], notices


def _notice(first: Strip, strips: Sequence[Strip]) -> list[Strip]:
    """Follow a notice down its column: to the line that gives the time of signing, or field by field."""
    column = [first]
    for strip in strips:
        below = strip.box[1] - column[-1].box[3]
        if strip.box[1] > first.box[1] and -0.5 * first.height < below < first.height and _overlaps(strip, first):
            column.append(strip)
    column = column[:MOST_LINES]
    ends = [index for index, strip in enumerate(column) if within_notice(strip.text)]
    if ends:
        return column[: ends[-1] + 1]
    fields = 1
    while fields < len(column) and field_of_notice(column[fields].text):
        fields += 1
    return column[:fields]


def _overlaps(strip: Strip, other: Strip) -> bool:
    return strip.box[0] < other.box[2] and other.box[0] < strip.box[2]
