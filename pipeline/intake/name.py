"""A file's name as people read it; on disk a name may be any bytes."""

import os
import unicodedata
from pathlib import Path


def readable_name(path: Path) -> str:
    """Give a name in NFC, bytes that are no UTF-8 replaced.

    >>> readable_name(Path("cong/va" + chr(0x306) + "n.pdf")) == "văn.pdf"
    True
    """
    return unicodedata.normalize("NFC", os.fsencode(path.name).decode("utf-8", "replace"))
