"""A symbol misread in one letter, settled by the issuer printed beside it: "QĐ-BGTTT … của Bộ Giao thông vận tải".

Two witnesses are needed: the symbol's token is unknown, and the printed issuer has a known code that differs from it
in a single letter. Anything less leaves the number as it was read.
"""

import re
from dataclasses import replace

from pipeline.extraction.references.citation import Citation
from pipeline.extraction.references.issuers import natural_name
from pipeline.vietnam.agencies_table import agency_table
from pipeline.vietnam.fold import fold
from pipeline.vietnam.numbers import parse_number
from pipeline.vietnam.numbers_symbols import is_known

_SHORTEST = 4


def settle_symbol(citation: Citation) -> Citation:
    """Put one misread letter of a citation's symbol right, when its printed issuer says which."""
    number = citation.head.number
    if number is None or citation.issuer is None:
        return citation
    for token in number.groups[:1]:
        if is_known(token) or len(token) < _SHORTEST:
            continue
        codes = {code for code in _codes(citation.issuer) if _one_letter_apart(token, code)}
        settled = parse_number(re.sub(rf"\b{re.escape(token)}\b", next(iter(codes)), number.text)) if codes else None
        if len(codes) == 1 and settled:
            return replace(citation, head=replace(citation.head, number=settled, repaired=True))
    return citation


def _codes(issuer: str) -> tuple[str, ...]:
    """Give the codes of the agency a printed name begins with."""
    words = fold(natural_name(issuer)).split()
    for count in range(len(words), 1, -1):
        agency = agency_table().by_name.get(" ".join(words[:count]))
        if agency:
            return agency.codes
    return ()


def _one_letter_apart(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
