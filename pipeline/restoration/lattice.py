"""The slots of a text with the options of each, laid out for the decoder, and the options it finds likeliest."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.restoration import language_model
from pipeline.restoration.decoder import Candidates, posteriors
from pipeline.restoration.slots import Slot, SlotKind
from pipeline.restoration.tokens import START, SYMBOLS


class Option(NamedTuple):
    """One way to write a slot: the word's number for the language model, the channel's log score, the text."""

    word: int
    score: float
    text: str


class Choice(NamedTuple):
    """The likeliest option of a slot, and its posterior."""

    slot: Slot
    option: Option
    probability: float


Source = Callable[[Slot], Sequence[Option]]
"""Gives the options of a word; never none. Two options of one slot have different words or texts."""


def choose(slots: Sequence[Slot], options_of: Source) -> list[Choice]:
    """Decode a text: the likeliest option of each word slot, in order."""
    number = language_model.load().number
    kinds: list[Sequence[Option]] = [_START]
    known: dict[tuple[str, bool, bool] | str, int] = {}
    tokens: list[int] = []
    words: list[int] = []
    for slot in slots:
        if slot.begins:
            tokens += (0, 0)
        word = slot.kind is SlotKind.WORD
        key = (slot.text, slot.capitals, slot.starts) if word else slot.symbol
        kind = known.get(key)
        if kind is None:
            kind = known[key] = len(kinds)
            kinds.append(options_of(slot) if word else (Option(number[slot.symbol], 0.0, ""),))
        if word:
            words.append(len(tokens))
        tokens.append(kind)
    if not words:
        return []
    found = posteriors(language_model.load(), _candidates(kinds, tokens))[words]
    best = found.argmax(axis=1)
    chances = np.take_along_axis(found, best[:, None], 1)[:, 0].tolist()
    options = (kinds[tokens[place]][chosen] for place, chosen in zip(words, best.tolist(), strict=True))
    read = (slot for slot in slots if slot.kind is SlotKind.WORD)
    return list(map(Choice, read, options, chances))


_START = (Option(SYMBOLS.index(START), 0.0, ""),)


def _candidates(kinds: Sequence[Sequence[Option]], tokens: Sequence[int]) -> Candidates:
    width = max(map(len, kinds))
    words = np.full((len(kinds), width), -1, np.int64)
    scores = np.zeros((len(kinds), width), np.float32)
    for place, options in enumerate(kinds):
        words[place, : len(options)] = [option.word for option in options]
        scores[place, : len(options)] = [option.score for option in options]
    return Candidates(words, scores, np.array(tokens))
