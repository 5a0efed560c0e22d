"""Where the text names a document by its number: the number with the kind and the "số" in front of it.

First step of finding references. Lists share a kind ("các Nghị quyết của Quốc hội: Số …; số …") and a symbol
("các Quyết định số 543, 544/QĐ-UBND"). The dispatch's own number is left to `resolve`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extraction.references.citation import Head
from pipeline.extraction.references.flat import Phrase, ending_at
from pipeline.extraction.references.wording import alternatives
from pipeline.vietnam.kinds import Kind, kind_of_code, kind_of_name
from pipeline.vietnam.numbers import DocumentNumber, NumberSpan, find_numbers, parse_number
from pipeline.vietnam.numbers_symbols import is_agency, is_known

# "số", "Số:", and what a poor reading makes of it ("s6", "sb", "s").
_MARK = re.compile(r"(?<![a-z0-9])s[o06b]?\s{0,2}[:.]?\s{0,2}$")
# "số § 45/KH-UBND": what stands between may be a figure of the number.
_TORN = re.compile(r"(?<![a-z0-9])s[o06b]\s{0,2}[:.]?\s{1,2}(?![\s:.,;(\"'-])[^\s]{1,2}\s{1,2}$")
_FORM = re.compile(rf"\b(?:{alternatives('forms')})\s*[:.]?\s*$")
# Earlier serials of one symbol: "543, 544/QĐ-UBND", "số 12 và số 13/KH-UBND".
_SERIALS = re.compile(r"(?:(?<![\d/.,])\d{1,5}(?:/\d{4})?\s*(?:,|;|va)\s*(?:s[o06b]\s*:?\s*)?)+$")
_SERIAL = re.compile(r"(?P<serial>\d{1,5})(?:/(?P<year>\d{4}))?")
# Between a kind and its number: nothing, a bracket, a manner, or the issuer with or without a colon.
_MANNER = re.compile(rf"\s+(?:{alternatives('manners')})\s*")
_ISSUER = re.compile(r"\s*\(?\s*(?P<by>cua|do)\s+(?:cua\s+)?(?P<office>[^.;:()\d]{2,90}?)\s*(?:ban hanh\s*)?[:,(]?\s*")
_QUALITY = re.compile(r"(?:\s+[a-z]+){1,4}\s+")
_BETWEEN_ITEMS = re.compile(r"[\s,;]*(?:(?:va|hoac|cung)\b)?[\s,;]*")
_REACH = 120
# Codes that are offices' abbreviations too: alone they don't say the kind.
_CLASHING = {"CT", "CĐ", "TTr", "TC", "TT", "HĐ", "BC", "PC", "KH", "SL", "CH", "HD", "QC", "DA", "GP", "L"}
_NICKNAMED = ("đề án", "dự án", "chương trình")
_GENERAL = ("van ban", "cv")


def find_heads(text: str, flat: str, kinds: list[Phrase]) -> list[Head]:
    """Find every number that stands for a document, with its kind."""
    heads: list[Head] = []
    for span in find_numbers(text):
        if _FORM.search(flat[max(0, span.start - 30) : span.start]) or _TORN.search(
            flat, max(0, span.start - 12), span.start
        ):
            continue
        mark = _MARK.search(flat, max(0, span.start - 8), span.start)
        place = mark.start() if mark else span.start
        series = _SERIALS.search(flat, max(0, place - 60), place if mark else span.start)
        first = series.start() if series else place
        outer = _MARK.search(flat, max(0, first - 8), first) if series else None
        head = _head(span, flat, kinds, outer.start() if outer else first, marked=bool(mark or outer))
        if head is None:
            continue
        if series and (head.named or head.marked):
            heads.extend(_series(flat, series, head, span.number))
            head = replace(head, start=place)
        elif series:
            head = replace(head, start=place)
        heads.append(head)
    return [head for head in heads if _stands(head)]


def _head(span: NumberSpan, flat: str, kinds: list[Phrase], place: int, *, marked: bool) -> Head | None:
    coded = kind_of_code(span.number.kind_code, party=span.number.party) if span.number.kind_code else None
    printed, issuer = _kind_before(flat, kinds, place, marked=marked)
    if printed is None:
        return Head(place, span.end, _unnamed(span.number, coded), span.number, marked=marked, repaired=span.repaired)
    kind = _agreed(printed, coded, span.number)
    start = printed.start
    return Head(start, span.end, kind, span.number, issuer=issuer, named=True, marked=marked, repaired=span.repaired)


def _kind_before(
    flat: str, kinds: list[Phrase], place: int, *, marked: bool
) -> tuple[Phrase | None, tuple[int, int] | None]:
    """Give the kind's word in front of a place, and the issuer that may stand between."""
    touching = ending_at(kinds, flat, place)
    if touching:
        return touching, None
    near = [kind for kind in kinds if place - _REACH < kind.end <= place]
    for kind in reversed(near[-3:]):
        between = flat[kind.end : place]
        office = _ISSUER.fullmatch(between)
        if office:
            return kind, (kind.end + office.start("office"), kind.end + office.end("office"))
        if _MANNER.fullmatch(between) or (marked and _QUALITY.fullmatch(between) and kind is near[-1]):
            return kind, None
    return None, None


def _agreed(printed: Phrase, coded: Kind | None, number: DocumentNumber) -> Kind | None:
    """Settle the kind between the printed word and the code in the symbol."""
    named = kind_of_name(printed.key)
    if coded is None or named is coded or named is None:
        return named or coded
    if printed.key in _GENERAL or printed.key.startswith("van ban "):
        return coded
    # "Quy định số 310-QĐ/TU": the Party writes both kinds QĐ. "Công văn số 123/CT-TTHT": CT is the tax office.
    if number.party or (number.kind_code in _CLASHING):
        return named
    return coded


def _unnamed(number: DocumentNumber, coded: Kind | None) -> Kind | None:
    """Give the kind a number alone tells: its code, else công văn; None where the code may be an office."""
    if coded and number.kind_code in _CLASHING and not is_agency(number.groups[0]):
        return None
    if coded or number.party:
        return coded
    if number.year is not None or number.symbol.startswith(("QH", "UBTVQH")):
        return None
    return kind_of_name("cong van")


def _series(flat: str, series: re.Match[str], head: Head, number: DocumentNumber) -> Iterator[Head]:
    """Give the earlier serials of a shared symbol a head each."""
    for match in _SERIAL.finditer(flat, series.start(), series.end()):
        year = match["year"] or (str(number.year) if number.year else None)
        middle = f"/{year}/" if year else "/"
        shared = parse_number(
            f"{match['serial']}-{number.symbol}" if number.party else f"{match['serial']}{middle}{number.symbol}"
        )
        if shared:
            start = head.start if match.start() == series.start() else match.start()
            yield replace(head, start=start, end=match.end(), number=shared)


def _stands(head: Head) -> bool:
    """Tell whether a number without a word in front of it is one: a symbol that nobody knows isn't."""
    assert head.number is not None
    groups = head.number.symbol.replace("/", "-").split("-")
    # "Đề án 06/CP" is a nickname, not a number.
    nickname = not head.marked and len(groups) == 1 and head.kind is not None and head.kind.name in _NICKNAMED
    # With a year and nobody known in its symbol it is a court's ("số 97/2018/HSST"), or anybody's.
    announced = head.named or (head.marked and head.number.year is None)
    return not nickname and (announced or any(map(is_known, groups)))


def join_lists(heads: list[Head], flat: str, ends: dict[int, int]) -> list[Head]:
    """Give an item without a kind the kind of the item before it, when only a comma or "và" parts them.

    `ends` tells where each head's citation ends, by the head's start.
    """
    joined: list[Head] = []
    for head in heads:
        before = joined[-1] if joined else None
        if (
            before
            and before.kind
            and not head.named
            and head.number
            and _BETWEEN_ITEMS.fullmatch(flat[ends[before.start] : head.start])
        ):
            head = replace(head, joined=True, kind=head.kind if head.number.kind_code else before.kind)
            if head.issuer is None and before.issuer and head.kind is before.kind:
                head = replace(head, issuer=before.issuer)
        joined.append(head)
    return joined
