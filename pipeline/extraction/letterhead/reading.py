"""The letterhead of one dispatch: the readers of the fields, put to work on their zones, one after the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from models.record import Arrival, Evidence, Letterhead, Review, Suggestion
from pipeline.extraction.letterhead import (
    addressees,
    arrival,
    closing,
    issue_date,
    issuer,
    number,
    overlay,
    signature,
    titles,
    urgency,
)
from pipeline.extraction.letterhead.header import Header, read_header
from pipeline.extraction.letterhead.kind import KindReading, read_kind
from pipeline.extraction.letterhead.naming import name_issuer
from pipeline.extraction.letterhead.printed import Doubt, Found, Stretch, stretches
from pipeline.extraction.running import RunningText, Zone
from pipeline.vietnam.agencies import agency_of_symbol

# A letterhead with its stamps takes half so many lines; more are a page that nobody could sort.
LONGEST_HEAD = 80
# Addressees read with less confidence are strokes on a blank line ("Kính gửi: ……").
LEAST_LIST = 0.4
# Lines of a digital signature's box that OCR read as print.
SIGNATURE = re.compile(
    r"^\W{0,4}(?:sao y|sao luc|trich sao|nguoi ky|ky boi|ky ngay|ngay ky|co quan|thoi gian ky|email|e-mail|chuc danh)"
    r"\s*[:;]"
)


@dataclass
class LetterheadReading:
    """What was read around the words of a dispatch, and what a person must look at."""

    letterhead: Letterhead = field(default_factory=Letterhead)
    arrival: Arrival = field(default_factory=Arrival)
    reviews: tuple[Review, ...] = ()


def read_letterhead(running: RunningText) -> LetterheadReading:
    """Read the letterhead, the addressees, the closing and the ĐẾN stamp of a running text."""
    head = stretches(running, Zone.LETTERHEAD)[:LONGEST_HEAD]
    addressed = stretches(running, Zone.ADDRESSEES)
    first_page = min((line.page for line in (*head, *addressed)), default=1)
    margin = [line for line in stretches(running, Zone.MARGIN) if line.page == first_page]
    stamp = arrival.read_arrival(head if any(map(arrival.opens_stamp, head)) else margin)
    head, head_marks = _without_marks([line for line in head if line not in stamp.lines])
    addressed, other_marks = _without_marks(addressed)
    head, wired = addressees.part_telegram(head)
    header = read_header([line for line in head if not SIGNATURE.match(line.folded.text)])
    body = [line for line in stretches(running, Zone.BODY) if line.page == first_page]
    fields, doubts = _read_header_fields(header, [*addressed, *body])
    fields["urgency"] = urgency.read_urgency([*head_marks, *other_marks, *margin])
    recipients = addressees.read_recipients(addressees.complete_list([*wired, *addressed], body))
    if recipients is None and not addressed and fields["kind"] and fields["kind"].value == "công văn":
        recipients = addressees.read_unheaded(head)
    fields["recipients"] = recipients if recipients and recipients.confidence >= LEAST_LIST else None
    left, right = closing.part_closing(stretches(running, Zone.CLOSING))
    fields["copies"] = closing.read_copies(left)
    signed = signature.read_signer(left, right)
    fields["signer"] = signed.signer
    doubts += [*_missing(fields), *signed.doubts, *stamp.doubts]
    return LetterheadReading(
        _letterhead(running, fields),
        _arrival(running, stamp),
        tuple(_review(running, doubt) for doubt in doubts),
    )


def _without_marks(lines: Sequence[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """Part the marks of urgency from the lines: lines, marks."""
    parted = [urgency.part_mark(line) for line in lines]
    return [rest for _, rest in parted if rest], [mark for mark, _ in parted if mark]


def _read_header_fields(header: Header, page: Sequence[Stretch]) -> tuple[dict[str, Found[Any] | None], list[Doubt]]:
    numbered = number.read_number((*header.left, *header.right))
    numbered = overlay.place_overlay(numbered, page)
    dated = issue_date.read_issue_date((*header.right, *header.left, *header.centre))
    agencies = issuer.read_agencies(header.left, numbered.line)
    named, parent = name_issuer(agencies, dated.place.value if dated.place else None)
    kind = read_kind(header, numbered.symbol, addressed=any(map(addressees.opens_list, page)))
    fields: dict[str, Found[Any] | None] = {
        "number": numbered.number,
        "symbol": numbered.symbol,
        "kind": kind.kind,
        "issuer": named,
        "parent": parent,
        "place": dated.place,
        "issued_on": dated.issued_on,
        "subject": _read_subject(header, kind, numbered.line),
    }
    if dated.interval:
        fields["issued_between"] = dated.interval
    return fields, [*numbered.doubts, *dated.doubts, *kind.doubts]


def _read_subject(header: Header, kind: KindReading, number_line: Stretch | None) -> Found[str] | None:
    if kind.title is not None:
        return titles.read_titled(header.centre, *kind.title)
    under = [line for line in header.left if number_line is None or line.start > number_line.start]
    return titles.read_about(under, header.centre) or titles.read_unmarked(header.left, number_line)


def _missing(fields: dict[str, Found[Any] | None]) -> list[Doubt]:
    """Ask for what every dispatch has and this one didn't show; number, date and signer speak for themselves."""
    doubts = []
    if fields["issuer"] is None:
        doubts.append(_ask_issuer(fields["symbol"], fields["place"]))
    if fields["subject"] is None:
        doubts.append(Doubt("letterhead.subject", "Không đọc được trích yếu."))
    kind = fields["kind"]
    if fields["recipients"] is None and kind is not None and kind.value == "công văn":
        doubts.append(Doubt("letterhead.recipients", "Công văn không đọc được nơi gửi (Kính gửi)."))
    return doubts


def _ask_issuer(symbol: Found[str] | None, place: Found[str] | None) -> Doubt:
    """Ask for an issuer that wasn't read, with the one its symbol names."""
    named = agency_of_symbol(symbol.value, place.value if place else None) if symbol else None
    if symbol is None or named is None:
        return Doubt("letterhead.issuer", "Không đọc được cơ quan ban hành.")
    reason = "Không đọc được cơ quan ban hành; tên gợi ý lấy theo ký hiệu."
    return Doubt("letterhead.issuer", reason, symbol.start, symbol.end, named, 0.6)


def _letterhead(running: RunningText, fields: dict[str, Found[Any] | None]) -> Letterhead:
    found = {name: value for name, value in fields.items() if value is not None}
    return Letterhead(
        **{name: value.value for name, value in found.items()},
        evidence={name: _evidence(running, value) for name, value in found.items()},
    )


def _arrival(running: RunningText, stamp: arrival.ArrivalReading) -> Arrival:
    parts: Sequence[tuple[str, Found[Any] | None]] = (("number", stamp.number), ("date", stamp.date))
    found = {name: value for name, value in parts if value is not None}
    return Arrival(
        **{name: value.value for name, value in found.items()},
        evidence={name: _evidence(running, value) for name, value in found.items()},
    )


def _evidence(running: RunningText, found: Found[Any]) -> Evidence:
    mention = running.mentions(found.start, found.end)[0]
    return Evidence(**mention.model_dump(), confidence=found.confidence, rule=found.rule)


def _review(running: RunningText, doubt: Doubt) -> Review:
    place = running.mentions(doubt.start, doubt.end or doubt.start) if doubt.start is not None else ()
    suggestion = Suggestion(value=doubt.value, confidence=doubt.confidence) if doubt.value else None
    return Review(
        field=doubt.field,
        reason=doubt.reason,
        page=place[0].page if place else None,
        boxes=place[0].boxes if place else (),
        suggestion=suggestion,
    )
