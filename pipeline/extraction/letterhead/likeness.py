"""Approximate search for a fixed phrase: the national title or "Nơi nhận" as bad OCR leaves them.

Myers' bit-parallel algorithm (1999): one pass over the text, a handful of integer operations per character. It knows
no words; it counts letters that differ.
"""

from functools import lru_cache


@lru_cache(maxsize=512)
def _masks(pattern: str) -> dict[str, int]:
    masks: dict[str, int] = {}
    for place, letter in enumerate(pattern):
        masks[letter] = masks.get(letter, 0) | 1 << place
    return masks


def _best_end(text: str, pattern: str) -> tuple[int, int]:
    """Give the end of the best match of the pattern anywhere in the text, and its edit distance."""
    masks, high = _masks(pattern), 1 << len(pattern) - 1
    full = (1 << len(pattern)) - 1
    plus, minus, score = full, 0, len(pattern)
    best, best_end = score, 0
    for place, letter in enumerate(text, 1):
        equal = masks.get(letter, 0)
        vertical = equal | minus
        cross = ((equal & plus) + plus ^ plus) | equal
        rising, falling = (minus | ~(cross | plus)) & full, plus & cross
        score += bool(rising & high) - bool(falling & high)
        rising, falling = rising << 1, falling << 1
        plus, minus = (falling | ~(vertical | rising)) & full, rising & vertical
        if score < best:
            best, best_end = score, place
    return best_end, best


def find_phrase(text: str, phrase: str, tolerance: float = 0.25) -> tuple[int, int] | None:
    """Find the place in a folded text that is most like a folded phrase.

    At most `tolerance` of the phrase's letters may differ; None when every place differs more.

    >>> find_phrase("so y te  cong hoa xa hqi chu nghia viet nam", "cong hoa xa hoi chu nghia viet nam")
    (9, 43)
    >>> find_phrase("cong ty co phan", "cong hoa xa hoi chu nghia viet nam") is None
    True
    """
    exact = text.find(phrase)
    if exact >= 0:
        return exact, exact + len(phrase)
    end, distance = _best_end(text, phrase)
    if distance > tolerance * len(phrase):
        return None
    length, _ = _best_end(text[:end][::-1], phrase[::-1])
    return end - length, end


def is_like(text: str, phrase: str, tolerance: float = 0.2) -> bool:
    """Tell whether a whole folded text is the phrase, up to a share of differing letters.

    >>> is_like("quyet dlnh", "quyet dinh"), is_like("quyet dinh kem theo", "quyet dinh")
    (True, False)
    """
    if text == phrase:
        return True
    slack = int(tolerance * len(phrase))
    if abs(len(text) - len(phrase)) > slack:
        return False
    return edit_distance(text, phrase) <= slack


def edit_distance(one: str, other: str) -> int:
    """Count the letters to change, add or drop to make one text the other.

    >>> edit_distance("SYT", "SVT"), edit_distance("UBND", "UBNO-")
    (1, 2)
    """
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, row[0] = row[0], place
        for column, match in enumerate(other, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (letter != match))
    return row[-1]
