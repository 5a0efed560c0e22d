"""Options for words whose marks were lost: every word that is written with the same bare letters."""

from functools import lru_cache

from pipeline.restoration import language_model
from pipeline.restoration.lattice import Option
from pipeline.restoration.letter_case import dress
from pipeline.restoration.lexicon import bare_candidates, word_number
from pipeline.restoration.slots import Slot


def options(slot: Slot) -> tuple[Option, ...]:
    """Give the words a bare word may be; a word that has marks, or that nothing fits, stays as it is.

    >>> from pipeline.restoration.slots import cut
    >>> sorted(option.text for option in options(cut("Tinh")[0]))
    ['Tinh', 'Tình', 'Tính', 'Tĩnh', 'Tỉnh', 'Tịnh']
    """
    return options_of(slot.text)


@lru_cache(maxsize=100_000)
def options_of(read: str) -> tuple[Option, ...]:
    """Give the words a bare word may be."""
    words = language_model.load().words
    numbers = bare_candidates().get(read.lower(), ()) if read.isascii() else ()
    if not numbers:
        return (Option(word_number(read), 0.0, read),)
    return tuple(Option(number, 0.0, dress(words[number], read)) for number in numbers)
