"""What the items of a list lend one another, and the numbers that belong to laws."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.references.citation import Citation, Head

_TO_NUMBER = re.compile(r"[\s,]*\(?\s*(?:(?:luat|bo luat)\s+)?(?:s[o06b]\s*[:.]?\s*)?")
_AND = re.compile(r"\s*(?:,|va|cung)\s*(?:cac\s+|voi\s+)?")
_SAME_DAY = re.compile(r"[\s,]*cung\s+ngay")


def merge_laws(numbered: Sequence[Head], laws: Sequence[Head], flat: str) -> list[Head]:
    """Put laws and numbers into one order; a number right behind a law's name is that law's."""
    merged: list[Head] = []
    left = list(numbered)
    for law in laws:
        own = next((head for head in left if _belongs(head, law, flat)), None)
        within = [head for head in left if law.start <= head.start < law.end and head is not own]
        left = [head for head in left if head is not own and head not in within]
        if own:
            law = replace(law, end=own.end, number=own.number, marked=own.marked, repaired=own.repaired)
        merged.append(law)
    return sorted([*merged, *left], key=lambda head: head.start)


def _belongs(head: Head, law: Head, flat: str) -> bool:
    """Tell whether a numbered head stands right behind a law's name, its "số" or kind apart."""
    if head.number is None or head.end <= law.end or not re.search(r"QH|PL|L-CTN", head.number.symbol):
        return False
    at = flat.rfind(head.number.serial, 0, head.end)
    return at >= law.end and _TO_NUMBER.fullmatch(flat, law.end, at) is not None


def lend_dates(citations: Sequence[Citation], flat: str) -> list[Citation]:
    """Give an item without a date the date of the next one, where the list prints one date for both.

    "Tờ trình số 361/TTr-CP và Đề án số 362/ĐA-CP ngày 9/5/2025": joined directly, of one office, or "cùng ngày".
    """
    lent = list(citations)
    for index in range(len(lent) - 2, -1, -1):
        item, following = lent[index], lent[index + 1]
        if item.date or item.partial or not following.date or item.issuer or item.subject:
            continue
        joined = _AND.fullmatch(flat, item.tail, following.start)
        if joined and (_one_office(item, following) or _SAME_DAY.match(flat, following.head.end)):
            lent[index] = replace(item, date=following.date, lent=True)
    return lent


def _one_office(item: Citation, following: Citation) -> bool:
    numbers = item.head.number, following.head.number
    return all(numbers) and numbers[0].groups[-1:] == numbers[1].groups[-1:]  # type: ignore[union-attr]
