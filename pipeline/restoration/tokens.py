"""Text as the language model counts it: syllables, and one symbol each for numbers, document numbers and punctuation.

The trainer and the decoder both read text through this module, so that they count the same things.
"""

import re
from collections.abc import Iterator

from pipeline.vietnam.syllables import place_tones

START = "<s>"
"""Before the first and after the last token of a paragraph, a cell or a column."""
UNKNOWN = "<unk>"
NUMBER = "<n>"
CODE = "<code>"
"""A document number: 69/KH-UBND, 31/2024/QH15, 05-NQ/ĐU."""
OTHER = "<p>"
"""Any sign without a symbol of its own."""
SIGNS = '.,;:()-/"'
SYMBOLS = (START, UNKNOWN, NUMBER, CODE, OTHER, *SIGNS)

_SIGN_OF = {"–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "'": '"', "‘": '"', "’": '"', "…": "."}

TOKEN = re.compile(
    r"\d+(?:/\d+)?/[^\W\d_][\w&]*(?:[-/][\w&]+)*"  # 69/KH-UBND, 31/2024/QH15
    r"|\d+-[A-ZĐ]{2,}/[A-ZĐ]\w+"  # 05-NQ/ĐU
    r"|\d+(?:[.,/:-]\d+)*"  # 36, 22/3/2024, 1.250.000
    r"|[^\W\d_]+"  # a syllable, a foreign word, an abbreviation
    r"|[^\w\s]"  # one sign
)


def symbol(token: str) -> str:
    """Give the symbol a token is counted as; syllables in lower case with their tone mark in the old place.

    >>> [symbol(token) for token in TOKEN.findall("Thực hiện Kế hoạch 69/KH-UBND ngày 22/3/2024, Uỷ ban…")]
    ['thực', 'hiện', 'kế', 'hoạch', '<code>', 'ngày', '<n>', ',', 'ủy', 'ban', '.']
    """
    first = token[0]
    if first.isdigit():
        return NUMBER if token[-1].isdigit() and not any(c.isalpha() for c in token) else CODE
    if first.isalpha():
        return place_tones(token.lower())
    sign = _SIGN_OF.get(token, token)
    return sign if sign in SIGNS else OTHER


def symbols(paragraph: str) -> Iterator[str]:
    """Give the symbols of one paragraph in order."""
    return map(symbol, TOKEN.findall(paragraph))
