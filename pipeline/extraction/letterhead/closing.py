"""Nơi nhận and the signature block: to whom copies go, and who signed by which authority.

A name hidden by the seal stays open, however certain the position is. An approval ("PHÊ DUYỆT") after the signature
is no signature of the dispatch.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from models.page import Region
from models.record import Signer
from pipeline.extraction.landmarks import is_capitals
from pipeline.extraction.letterhead.likeness import find_phrase
from pipeline.extraction.letterhead.printed import Doubt, Found, Stretch
from pipeline.vietnam.fold import fold

FIELD = "letterhead.signer.name"
# "Nơi nhận:", its first letters under the seal or misread too ("Mới nhận:", "Aơi nhận").
RECIPIENTS = re.compile(r"^\W{0,3}(?:n[o0][il1]\s*nh[ad@]n|\w{0,4}\s*nhan\s*(?=[:;!.]))\s*[:;.!\-]?")
# "TM.", "KT", "T/M": the authority a signature is given by.
AUTHORITY = re.compile(
    r"(?:^|(?<=\s))(?:(?P<mark>TM|TN|KT|TL|TUQ|T/M|K/T|T/L|Q)\s?[.,:;]\s?(?=[^\W\d_])"
    r"|(?P<bare>TM|KT|TL|TUQ|T/M|K/T|T/L)\s(?=[^\W\d_]{2}))"
)
APPROVAL = re.compile(r"^\W{0,3}(?:phe duyet|duyet|xac nhan|y kien)\b")
DASH = re.compile(r"^\s*[-–—+•*]\s*")
KEPT = re.compile(r"^\W{0,3}l[uư]u\b")
# "Nguyễn", "NGUYỄN", "K'Bớt", "Y".
NAME_WORD = re.compile(r"^[^\W\d_]+(?:['’][^\W\d_]+)?$")
# A name of known form is believed from here on; a stray stroke beside it lowers the reader's confidence.
SURE_NAME = 0.4
# Lines after the first of a signature block in which the name must stand.
BLOCK_LINES = 14


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], tuple[str, ...], frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    positions = {fold(name): name for name in table["positions"]}
    degrees = tuple(sorted(table["degrees"], key=len, reverse=True))
    return positions, degrees, frozenset(fold(name) for name in table["surnames"])


@dataclass(frozen=True)
class SignerReading:
    """What the signature block gave."""

    signer: Found[Signer] | None = None
    doubts: tuple[Doubt, ...] = ()


def part_closing(lines: Sequence[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """Sort the closing's lines into Nơi nhận and signature, cutting lines that hold a piece of both."""
    left: list[Stretch] = []
    right: list[Stretch] = []
    for line in lines:
        place = 0 if line.region is Region.CLOSING_RIGHT else _signature_start(line)
        one = line.cut(0, place) if place is not None else line
        if place is not None:
            right.append(line.cut(place, len(line.text)))
        if one.text.strip():
            left.append(one)
    return left, right


def _signature_start(line: Stretch) -> int | None:
    """Find where the signature's share of a line begins; None when it has none."""
    text = line.text
    authority = AUTHORITY.search(text)
    if authority and is_capitals(text[authority.start() :]):
        return authority.start()
    for piece in re.finditer(r"(?:^|(?<=\s{3})|(?<=\t)|(?<=[;.:]\s)|(?<=[,\w]\s))\S.*$", text):
        rest = piece[0].strip()
        if (is_capitals(rest) and position_of(rest)) or (piece.start() != 0 and _is_name(rest, strict=True)):
            return piece.start()
    return 0 if _is_name(text.strip(), strict=True) and not DASH.match(text) else None


def read_copies(left: Sequence[Stretch]) -> Found[tuple[str, ...]] | None:
    """Read the list after "Nơi nhận", up to and with the line that says what is kept on file ("Lưu: …")."""
    first = next((place for place, line in enumerate(left) if RECIPIENTS.match(line.folded.text)), None)
    if first is None:
        return None
    opener = RECIPIENTS.match(left[first].folded.text)
    assert opener is not None
    begun = left[first].cut(left[first].folded.offsets[opener.end()], len(left[first].text))
    items: list[str] = []
    last = left[first]
    for line in (begun, *left[first + 1 :]):
        text = " ".join(line.text.split())
        if not re.search(r"\w{2}", text):
            continue
        if items and not DASH.match(line.text) and not items[-1].endswith((";", ".")):
            items[-1] += " " + text
        elif items and KEPT.match(fold(items[-1])):
            break
        else:
            items.append(DASH.sub("", text))
        last = line
    copies = tuple(part for item in items for part in _parts(item))
    return Found(copies, left[first].start, last.end, 0.9, "danh sách sau “Nơi nhận”") if copies else None


def _parts(item: str) -> list[str]:
    parts = [item] if KEPT.match(fold(item)) else re.split(r";\s*", item)
    return [name for part in parts if (name := DASH.sub("", part).strip(" .,;:_|"))]


def read_signer(left: Sequence[Stretch], right: Sequence[Stretch]) -> SignerReading:
    """Read authority, position and name from the signature's lines."""
    block = _block(right)
    if not block:
        return _read_lone_name([*right, *left])
    capacities, position, after = _titles(block)
    named = next((line for line in after if _is_name(line.text, strict=False)), None)
    if named is None:
        named = next((line for line in left if not DASH.match(line.text) and _is_name(line.text, strict=True)), None)
    name = _clean_name(named.text) if named else None
    doubts: tuple[Doubt, ...] = ()
    if (
        named is None
        or named.confidence < SURE_NAME
        or named.handwritten
        or (named.words and not _is_name(named.text, strict=True))
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
    used = [*block[: len(block) - len(after)], *([named] if named and name else [])]
    least = min((line.confidence for line in used), default=1.0)
    signer = Signer(capacity=" / ".join(capacities) or None, position=position, name=name)
    start, end = min(line.start for line in used), max(line.end for line in used)
    return SignerReading(
        Found(signer, start, end, round(min(0.97, 0.55 + 0.42 * least), 2), "khối ký cuối văn bản"), doubts
    )


def _read_lone_name(lines: Sequence[Stretch]) -> SignerReading:
    """Read a name whose titles are lost: alone on its line, with a known family name."""
    named = next((line for line in lines if not DASH.match(line.text) and _is_name(line.text, strict=True)), None)
    if named is None:
        return SignerReading(doubts=(Doubt(FIELD, "Không đọc được khối ký."),))
    if named.handwritten or named.confidence < SURE_NAME:
        name = _clean_name(named.text)
        doubt = Doubt(
            FIELD, "Họ tên người ký đọc không chắc.", named.start, named.end, name, round(0.6 * named.confidence, 2)
        )
        return SignerReading(doubts=(doubt,))
    found = Found(Signer(name=_clean_name(named.text)), named.start, named.end, 0.8, "họ tên cuối văn bản")
    return SignerReading(found)


def _block(right: Sequence[Stretch]) -> list[Stretch]:
    """Take the first signature block: from its authority or position on, up to an approval."""
    first = next(
        (
            place
            for place, line in enumerate(right)
            if is_capitals(line.text) and (AUTHORITY.search(line.text) or position_of(line.text))
        ),
        None,
    )
    if first is None:
        return []
    block: list[Stretch] = []
    for line in right[first : first + BLOCK_LINES]:
        if APPROVAL.match(line.folded.text) or line.page != right[first].page:
            break
        block.append(line)
    return block


def _titles(block: Sequence[Stretch]) -> tuple[list[str], str | None, Sequence[Stretch]]:
    """Split a block into the authorities, the signer's own position, and the lines after them."""
    capacities: list[str] = []
    position: str | None = None
    place, sure = 0, False
    for place, line in enumerate(block):  # noqa: B007 - the place is where the titles end
        if not is_capitals(line.text) and re.search(r"\w{2}", line.text):
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


def position_of(text: str) -> str | None:
    """Give the position a line in capitals names, in right spelling, what it heads kept.

    >>> position_of("PHO GIAM ĐỚC"), position_of("CHỦ TỊCH UBND XÃ TRÀ TÂN"), position_of("SỞ Y TẾ")
    ('PHÓ GIÁM ĐỐC', 'CHỦ TỊCH UBND XÃ TRÀ TÂN', None)
    """
    positions, _, _ = _words()
    folded = " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())
    words = " ".join(re.sub(r"[^\w\s]", " ", text).split()).split()
    for prefix, printed in (("pho ", "PHÓ "), ("quyen ", "QUYỀN "), ("q ", "Q. "), ("", "")):
        if not folded.startswith(prefix):
            continue
        rest = folded[len(prefix) :]
        heads = [head for head in positions if rest == head or rest.startswith(head + " ")]
        if heads:
            head = max(heads, key=len)
            tail = words[len(prefix.split()) + len(head.split()) :]
            return " ".join([printed + positions[head], *tail]).strip()
        if prefix == "pho " and rest:
            continue
    return _misread_position(folded, positions)


def _misread_position(folded: str, positions: dict[str, str]) -> str | None:
    """Know a position behind a stray mark or with a letter wrong ("z1 giam doc", "pho glam doc")."""
    for head, printed in positions.items():
        for prefix, title in (("pho ", "PHÓ "), ("", "")):
            phrase = prefix + head
            span = find_phrase(folded, phrase, 0.13) if len(phrase) >= 8 else None
            if span and span[1] == len(folded) and span[0] <= 4:
                return title + printed
    return None


def _clean_name(text: str) -> str:
    name = " ".join(text.strip(" .,;:_|-ˆ`'\"“”*~^°").split())
    _, degrees, _ = _words()
    changed = True
    while changed:
        changed = False
        for degree in degrees:
            if re.match(rf"{re.escape(degree)}[.\s]", name):
                name, changed = name[len(degree) :].lstrip(". "), True
    return name


def _is_name_word(word: str) -> bool:
    return bool(NAME_WORD.match(word)) and (
        word.isupper() or (word[0].isupper() and word[1:] == word[1:].lower()) or "'" in word
    )


def _is_name(text: str, *, strict: bool) -> bool:
    """Tell whether a line is a person's name: two to six words with capitals, known family name when strict."""
    words = _clean_name(text).split()
    if not 2 <= len(words) <= 6 or not all(map(_is_name_word, words)):
        return False
    if is_capitals(text) and (not strict or position_of(text) or min(map(len, words[1:])) < 2):
        return False
    return not strict or fold(words[0]) in _words()[2]
