"""What print can't hold, taken out of text that came from a file: controls, direction marks, heaps of accents.

Such characters show nothing on paper; on a screen they could turn a line round, and a terminal would obey them.
"""

import re

_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, but for white space
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # direction and joining marks
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # no characters at all, halves of characters
    "]"
)
_LINE_ENDS = re.compile("[\x0b\x85\u2028\u2029]")
# A Vietnamese letter has two marks at most; a third may be a slip of the writer's.
_HEAP = re.compile("([\u0300-\u036f]{3})[\u0300-\u036f]+")


def printable(text: str) -> str:
    r"""Give a text without what can't be printed.

    >>> printable("Số\x00: 12\u202e/UBND\x1b[31m")
    'Số: 12/UBND[31m'
    """
    return _HEAP.sub(r"\1", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
