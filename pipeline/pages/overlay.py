"""Numbers that were typed over a page at signing but landed beside the blank meant for them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from models.page import ReadWord

_NUMBER = re.compile(r"(?P<serial>\d{1,5})(?P<symbol>/[\w&Đđ/-]+)")


def fill_blank_number(words: Sequence[ReadWord], overlay: Sequence[ReadWord]) -> tuple[ReadWord, ...]:
    """Move a typed number "934/STTTT-CNTT" to the blank in front of the printed symbol "/STTTT-CNTT".

    Only where exactly one line of the page reads "Số:" and then that very symbol, with nothing between; other words
    come back as they are.
    """
    return tuple(_moved(word, words) for word in overlay)


def _moved(typed: ReadWord, words: Sequence[ReadWord]) -> ReadWord:
    number = _NUMBER.fullmatch(typed.text)
    if not number:
        return typed
    blanks = [
        (before, after)
        for before, after in pairwise(words)
        if before.text.rstrip(":. ") == "Số" and after.text == number["symbol"]
    ]
    if len(blanks) != 1 or abs(blanks[0][1].box[1] - typed.box[1]) < typed.size:
        return typed
    before, after = blanks[0]
    return replace(typed, text=number["serial"], box=(before.box[2], after.box[1], after.box[0], after.box[3]))
