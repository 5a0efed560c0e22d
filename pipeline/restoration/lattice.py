"""The slots of a text with the options of each, laid out for the decoder, and the options it finds likeliest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.restoration import language_model
from pipeline.restoration.decoder import Candidates, posteriors
from pipeline.restoration.slots import Slot, SlotKind
from pipeline.restoration.tokens import START, SYMBOLS


@dataclass(frozen=True, slots=True)
class Option:
    """One way to write a slot: the word's number for the language model, the channel's log score, the text."""

    word: int
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The likeliest option of a slot, its posterior, and the posterior of leaving the slot as it was read."""

    slot: Slot
    option: Option
    probability: float
    as_read: float


Source = Callable[[Slot], Sequence[Option]]
"""Gives the options of a word; never none. Two options of one slot have different words or texts."""


def choose(slots: Sequence[Slot], options_of: Source) -> list[Choice]:
    """Decode a text: the likeliest option of each word slot, in order."""
    model = language_model.load()
    rows: list[Sequence[Option]] = []
    words: list[tuple[int, Slot]] = []
    for slot in slots:
        if slot.begins:
            rows += (_START, _START)
        if slot.kind is SlotKind.WORD:
            words.append((len(rows), slot))
            rows.append(options_of(slot))
        else:
            rows.append((Option(model.number[slot.symbol], 0.0, slot.text),))
    found = posteriors(model, _candidates(rows)) if words else np.zeros((0, 0), np.float32)
    return [_choice(slot, rows[row], found[row].tolist()) for row, slot in words]


_START = (Option(SYMBOLS.index(START), 0.0, ""),)


def _candidates(rows: Sequence[Sequence[Option]]) -> Candidates:
    width = max(map(len, rows))
    words = np.full((len(rows), width), -1, np.int64)
    scores = np.zeros((len(rows), width), np.float32)
    for place, row in enumerate(rows):
        words[place, : len(row)] = [option.word for option in row]
        scores[place, : len(row)] = [option.score for option in row]
    return Candidates(words, scores)


def _choice(slot: Slot, options: Sequence[Option], chances: Sequence[float]) -> Choice:
    best = max(range(len(options)), key=chances.__getitem__)
    as_read = sum(chance for option, chance in zip(options, chances, strict=False) if option.text == slot.text)
    return Choice(slot, options[best], chances[best], as_read)
