"""A symbol misread in one letter, settled by the words beside it: "QĐ-BTTTI … của Bộ Thông tin và Truyền thông".

Two witnesses are needed: the symbol's token is unknown, and the printed kind or issuer has a known code that differs
from it in a single letter. Anything less leaves the number as it was read.
"""

from dataclasses import replace

from pipeline.extraction.references.citation import Citation
from pipeline.extraction.references.issuers import natural_name
from pipeline.vietnam.agencies_table import Agency, agency_table
from pipeline.vietnam.fold import fold
from pipeline.vietnam.numbers import DocumentNumber, parse_number
from pipeline.vietnam.numbers_symbols import MINISTRIES, is_known

_SHORTEST = 4


def settle_symbol(citation: Citation) -> Citation:
    """Put one misread letter of a token right, when the printed kind or issuer says which."""
    number = citation.head.number
    if number is None or number.party:
        return citation
    tokens = number.symbol.split("-")
    settled = [*tokens]
    whole = number.year or is_known(tokens[-1])
    if whole and len(tokens) > 1 and citation.head.named and citation.head.kind:
        settled[0] = _settle(tokens[0], citation.head.kind.codes, shortest=3, torn=True)
    place = 1 if number.kind_code or settled[0] != tokens[0] else 0
    agency = _agency(citation.issuer) if citation.issuer else None
    if agency and place < len(tokens):
        central = agency.level == "central"
        settled[place] = _settle(tokens[place], agency.codes, shortest=3 if central else _SHORTEST, torn=central)
    elif citation.head.kind and citation.head.kind.name == "thông tư" and number.year and place < len(tokens):
        # Circulars are the ministries' alone: a closed list.
        settled[place] = _settle(tokens[place], MINISTRIES, shortest=_SHORTEST, torn=True)
    return citation if settled == tokens else _with_symbol(citation, number, "-".join(settled))


def contradicts(citation: Citation) -> bool:
    """Tell whether the printed issuer has a code a letter from the symbol's, both known: "KH-BXD … của Sở Xây dựng"."""
    number = citation.head.number
    agency = _agency(citation.issuer) if citation.issuer else None
    if number is None or agency is None or not number.groups:
        return False
    token = number.groups[0]
    apart = any(_one_letter_apart(token, code, torn=False) for code in agency.codes)
    return is_known(token) and token not in agency.codes and apart


def _with_symbol(citation: Citation, number: DocumentNumber, symbol: str) -> Citation:
    settled = parse_number(number.text.removesuffix(number.symbol) + symbol)
    return replace(citation, head=replace(citation.head, number=settled, repaired=True)) if settled else citation


def _settle(token: str, codes: tuple[str, ...], *, shortest: int, torn: bool) -> str:
    """Give the one code a token is a letter away from; `torn`: a letter may also have been lost or added."""
    if is_known(token) or len(token) < shortest or "&" in token:
        return token
    near = [code for code in codes if _one_letter_apart(token, code, torn=torn)]
    return near[0] if len(near) == 1 else token


def _agency(issuer: str) -> Agency | None:
    """Give the agency a printed name begins with."""
    words = fold(natural_name(issuer)).split()
    found = (agency_table().by_name.get(" ".join(words[:count])) for count in range(len(words), 1, -1))
    return next((agency for agency in found if agency), None)


def _one_letter_apart(one: str, other: str, *, torn: bool) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return torn and len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
