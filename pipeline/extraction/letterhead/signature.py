"""The signature block: by which authority a dispatch was signed, in which position, by whom.

A name hidden by the seal stays open, however certain the position is. An approval ("PHÊ DUYỆT") after the signature
is no signature of the dispatch.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.record import Signer
from pipeline.extraction.landmarks import is_capitals
from pipeline.extraction.letterhead.persons import clean_name, is_name, position_of
from pipeline.extraction.letterhead.printed import Doubt, Found, Stretch
from pipeline.vietnam.fold import fold

FIELD = "letterhead.signer.name"
POSITION_FIELD = "letterhead.signer.position"
# Who signs for the head of a ministry has a title of his own; everywhere else he is "PHÓ …".
DEPUTIES = {"BỘ TRƯỞNG": "THỨ TRƯỞNG"}
# "TM.", "KT", "T/M": the authority a signature is given by; "TN" is a misread "TM".
AUTHORITY = re.compile(
    r"(?:^|(?<=\s))(?:(?P<mark>TM|TN|KT|TL|TUQ|T/M|K/T|T/L|Q)\s?[.,:;]\s?(?=[^\W\d_])"
    r"|(?P<bare>TM|KT|TL|TUQ|T/M|K/T|T/L)\s(?=[^\W\d_]{2}))"
)
APPROVAL = re.compile(r"^\W{0,3}(?:phe duyet|duyet|xac nhan|y kien)\b")
DASH = re.compile(r"^\s*(?:[-–—+•*~]\s*)+")
# A name of known form is believed from here on; a stray stroke beside it lowers the reader's confidence.
SURE_NAME = 0.4
# So many words are seldom one person's name.
LONGEST_NAME = 6
# Lines after the first of a signature block in which the name must stand.
BLOCK_LINES = 14


@dataclass(frozen=True)
class SignerReading:
    """What the signature block gave."""

    signer: Found[Signer] | None = None
    doubts: tuple[Doubt, ...] = ()


def read_signer(left: Sequence[Stretch], right: Sequence[Stretch]) -> SignerReading:
    """Read authority, position and name from the signature's lines."""
    approval = next((line.start for line in right if _approves(line)), None)
    if approval is not None:
        left, right = ([line for line in side if line.start < approval] for side in (left, right))
    block = _block(right)
    if not block:
        return _read_lone_name([*right, *left])
    capacities, position, after = _titles(block)
    named = next((line for line in after if is_name(line.text, strict=False)), None)
    if named is None:
        named = next((line for line in left if _is_full_name(line)), None)
    name = clean_name(named.text) if named else None
    doubts: tuple[Doubt, ...] = ()
    if (
        named is None
        or named.confidence < SURE_NAME
        or named.handwritten
        or (named.confidence < 1 and not is_name(named.text, strict=True))
        or _is_two_names(named)
    ):
        reason = "Họ tên người ký bị dấu che hoặc không đọc được."
        doubts = (
            Doubt(
                FIELD, reason, block[0].start, block[-1].end, name, round(0.6 * named.confidence, 2) if named else 0.0
            ),
        )
        name = None
    if not (capacities or position or name):
        return SignerReading(doubts=doubts)
    if position is None:
        deputy = _deputy_of(capacities[-1]) if capacities else None
        reason = "Không đọc được chức vụ người ký."
        doubts += (Doubt(POSITION_FIELD, reason, block[0].start, block[-1].end, deputy, 0.6 if deputy else 0.0),)
    used = [*block[: len(block) - len(after)], *([named] if named and name else [])]
    least = min((line.confidence for line in used), default=1.0)
    signer = Signer(capacity=" / ".join(capacities) or None, position=position, name=name)
    start, end = min(line.start for line in used), max(line.end for line in used)
    return SignerReading(
        Found(signer, start, end, round(min(0.97, 0.55 + 0.42 * least), 2), "khối ký cuối văn bản"), doubts
    )


def _deputy_of(capacity: str) -> str | None:
    """Give the position that signs "KT.": a deputy of the one signed for (Decree 30/2020, Điều 13)."""
    mark, _, head = capacity.partition(" ")
    if mark not in ("KT.", "K/T") or not head:
        return None
    return DEPUTIES.get(head, f"PHÓ {head}")


def _read_lone_name(lines: Sequence[Stretch]) -> SignerReading:
    """Read a name whose titles are lost: alone on its line, with a known family name."""
    named = next((line for line in lines if _is_full_name(line)), None)
    if named is None:
        return SignerReading(doubts=(Doubt(FIELD, "Không đọc được khối ký."),))
    if named.handwritten or named.confidence < SURE_NAME:
        name = clean_name(named.text)
        doubt = Doubt(
            FIELD, "Họ tên người ký đọc không chắc.", named.start, named.end, name, round(0.6 * named.confidence, 2)
        )
        return SignerReading(doubts=(doubt,))
    doubt = Doubt(POSITION_FIELD, "Không đọc được chức vụ người ký.", named.start, named.end)
    if _is_two_names(named):
        doubt = Doubt(FIELD, "Hai người cùng ký; ghi từng người.", named.start, named.end, clean_name(named.text), 0.3)
        return SignerReading(doubts=(doubt,))
    found = Found(Signer(name=clean_name(named.text)), named.start, named.end, 0.8, "họ tên cuối văn bản")
    return SignerReading(found, (doubt,))


def _approves(line: Stretch) -> bool:
    return bool(APPROVAL.match(line.folded.text)) and is_capitals(line.core)


def _is_two_names(line: Stretch) -> bool:
    """Know two signers side by side: either half of the line is a name with a family name of its own."""
    words = clean_name(line.text).split()
    apart = len(words) >= LONGEST_NAME or re.search(r"\w\s{3,}\w", line.text.strip())
    halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(2, len(words) - 1)]
    return bool(apart) and any(is_name(one, strict=True) and is_name(other, strict=True) for one, other in halves)


def _is_full_name(line: Stretch) -> bool:
    """Know a name away from its titles: three words or more, no item of Nơi nhận."""
    return not DASH.match(line.text) and len(line.text.split()) > 2 and is_name(line.text, strict=True)


def _block(right: Sequence[Stretch]) -> list[Stretch]:
    """Take the first signature block: from its authority or position on."""
    first = next(
        (
            place
            for place, line in enumerate(right)
            if is_capitals(line.core) and (AUTHORITY.search(line.text) or position_of(line.text))
        ),
        None,
    )
    if first is None:
        return []
    block: list[Stretch] = []
    for line in right[first : first + BLOCK_LINES]:
        if line.page != right[first].page:
            break
        block.append(line)
    return block


def _titles(block: Sequence[Stretch]) -> tuple[list[str], str | None, Sequence[Stretch]]:
    """Split a block into the authorities, the signer's own position, and the lines after them."""
    capacities: list[str] = []
    position: str | None = None
    place, sure = 0, False
    for place, line in enumerate(block):  # noqa: B007 - the place is where the titles end
        if is_name(line.text, strict=True) or (not is_capitals(line.core) and re.search(r"\w{2}", line.text)):
            break
        authority = AUTHORITY.search(line.text)
        known = position_of(line.text)
        if authority:
            capacities.append(_authority(line.text[authority.start() :]))
        elif known and position and known == "PHÓ " + position:
            # "GIÁM ĐỐC / PHÓ GIÁM ĐỐC": the KT. before the first was written by hand or lost.
            capacities.append("KT. " + position)
            position, sure = known, True
        elif known and position is None:
            position, sure = known, _is_clean(line.text, known)
        elif known == position:
            # Two of one title: of the second the "PHÓ" was lost.
            sure = False
    else:
        place = len(block)
    return capacities, position if sure else None, block[place:]


def _is_clean(text: str, position: str) -> bool:
    """Tell whether a line holds the position and nothing before it that might be a lost "KT." or "PHÓ"."""
    return fold(text).lstrip(" .,;:-_|'\"`").startswith(fold(position)[:6])


def _authority(text: str) -> str:
    mark = AUTHORITY.match(text)
    assert mark is not None
    sign = (mark["mark"] or mark["bare"]).replace("TN", "TM")
    whom = text[mark.end() :].strip(" .,;:_|-")
    return f"{sign}{'' if '/' in sign else '.'} {position_of(whom) or ' '.join(whom.split())}"
