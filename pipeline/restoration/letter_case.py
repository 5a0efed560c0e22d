"""Capital and small letters: a restored word is written as the read one was, as far as that can be told."""

from pipeline.vietnam.syllables import strip_marks


def dress(word: str, like: str) -> str:
    """Write a word of small letters in the case of what was read.

    Letter for letter where both have as many letters, else by the pattern: capitals, capital first, small.

    >>> dress("trường", "TRUONG"), dress("đường", "Dương"), dress("được", "dugc"), dress("của", "CIIA")
    ('TRƯỜNG', 'Đường', 'được', 'CỦA')
    >>> dress("các", "cAc"), dress("tp", "Tp")
    ('các', 'Tp')
    """
    if strip_marks(like).lower() == strip_marks(word) and len(like) == len(word):
        if like[:1].islower() and not like.islower():
            return word
        return "".join(c.upper() if mark.isupper() else c for c, mark in zip(word, like, strict=True))
    letters = [c for c in like if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
