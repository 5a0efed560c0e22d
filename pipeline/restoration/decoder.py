"""From candidates to posteriors: how likely each candidate of each token is, given all the tokens around it.

A trigram lattice is summed forward and backward. A bigram pass first drops the candidates that stand no chance, so that
the trigram pass stays small. Everything is numpy over windows of the token stream that overlap, so that the number of
Python steps doesn't grow with the text.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.restoration.language_model import LanguageModel
from pipeline.restoration.tokens import START, SYMBOLS

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

# Tokens whose posteriors one window gives, and how many on either side it reads besides: what stands ten tokens away
# no longer matters to a trigram model.
_WINDOW = 48
_MARGIN = 10
# Candidates of a token that go on to the trigram pass, and the least posterior they need in the bigram pass.
_SECOND_PASS = 8
_NO_CHANCE = 1e-3
# Tokens decoded at a time; bounds the memory.
_BLOCK = 6000
_IMPOSSIBLE = np.float32(-1e4)


@dataclass(frozen=True)
class Candidates:
    """The candidates of a stream of tokens: word numbers (-1: none) and the channel's log scores, a row per token."""

    words: Numbers
    scores: Floats


def posteriors(model: LanguageModel, candidates: Candidates) -> Floats:
    """Give the posterior of each candidate; a row sums to one."""
    found = np.zeros(candidates.words.shape, np.float32)
    for low in range(0, len(found), _BLOCK):
        start, stop = max(0, low - _MARGIN), min(len(found), low + _BLOCK + _MARGIN)
        block = Candidates(candidates.words[start:stop], candidates.scores[start:stop])
        found[low : low + _BLOCK] = _block_posteriors(model, block)[low - start :][:_BLOCK]
    return found


def _block_posteriors(model: LanguageModel, candidates: Candidates) -> Floats:
    block = _padded(candidates)
    first = _forward_backward_pairs(_pair_weights(model, block))
    kept = np.argsort(-first, axis=1, kind="stable")[:, :_SECOND_PASS]
    chances = np.take_along_axis(first, kept, 1)
    alive = chances > _NO_CHANCE
    alive[:, 0] = True
    words = np.where(alive, np.take_along_axis(block.words, kept, 1), -1)
    scores = np.where(alive, np.take_along_axis(block.scores, kept, 1), _IMPOSSIBLE)
    second = _forward_backward_triples(_triple_weights(model, Candidates(words, scores)))
    found = np.zeros_like(first)
    np.put_along_axis(found, kept, second, 1)
    return found[_MARGIN + 2 : len(found) - _MARGIN]


def _padded(candidates: Candidates) -> Candidates:
    """Put START before and after the stream, as far as a window can reach."""
    before, after, width = _MARGIN + 2, _MARGIN, candidates.words.shape[1]
    words = np.full((before + len(candidates.words) + after, width), -1, np.int64)
    scores = np.full(words.shape, _IMPOSSIBLE, np.float32)
    words[:, 0], scores[:, 0] = SYMBOLS.index(START), 0
    words[before : len(words) - after] = candidates.words
    scores[before : len(words) - after] = np.where(candidates.words < 0, _IMPOSSIBLE, candidates.scores)
    return Candidates(words, scores)


def _pair_weights(model: LanguageModel, block: Candidates) -> Floats:
    """Give for each token P(candidate | candidate before) times its channel score, scaled: (tokens, before, own)."""
    own = block.words
    before = np.roll(own, 1, 0)
    there = (before[:, :, None] >= 0) & (own[:, None, :] >= 0)
    row, left, right = np.nonzero(there)
    logs = np.full(there.shape, _IMPOSSIBLE, np.float32)
    logs[row, left, right] = _fixed(own[row, right], model.bigrams(before[row, left], own[row, right]))
    logs += block.scores[:, None, :]
    return _scaled(logs)


def _triple_weights(model: LanguageModel, block: Candidates) -> Floats:
    """Give for each token P(candidate | the two before) times its channel score, scaled."""
    own = block.words
    before, first = np.roll(own, 1, 0), np.roll(own, 2, 0)
    there = (first[:, :, None, None] >= 0) & (before[:, None, :, None] >= 0) & (own[:, None, None, :] >= 0)
    row, far, near, right = np.nonzero(there)
    logs = np.full(there.shape, _IMPOSSIBLE, np.float32)
    found = model.trigrams(first[row, far], before[row, near], own[row, right])
    logs[row, far, near, right] = _fixed(own[row, right], found)
    logs += block.scores[:, None, None, :]
    return _scaled(logs)


def _fixed(words: Numbers, logs: Floats) -> Floats:
    """Take START as given: boundaries are set by the text, not predicted."""
    return np.where(words == SYMBOLS.index(START), np.float32(0), logs)


def _scaled(logs: Floats) -> Floats:
    top = logs.max(axis=tuple(range(1, logs.ndim)), keepdims=True)
    weights: Floats = np.exp(np.maximum(logs - top, -60))
    weights[logs <= _IMPOSSIBLE / 2] = 0
    return weights


def _windows(length: int) -> Numbers:
    """Give the rows each window reads, a row per window; past the end they repeat the last one."""
    core = length - 2 * _MARGIN - 2
    starts = np.arange(0, max(core, 1), _WINDOW)
    rows = starts[:, None] + 2 + np.arange(_WINDOW + 2 * _MARGIN)[None, :]
    last: Numbers = np.minimum(rows, length - 1)
    return last


def _collect(by_window: Floats, length: int, shape: tuple[int, ...]) -> Floats:
    """Lay the windows' own parts behind each other again."""
    core = by_window[:, _MARGIN : _MARGIN + _WINDOW].reshape(-1, *shape)
    found = np.zeros((length, *shape), np.float32)
    size = length - 2 * _MARGIN - 2
    found[_MARGIN + 2 : _MARGIN + 2 + size] = core[:size]
    return found


def _normalised(values: Floats) -> Floats:
    axes = tuple(range(1, values.ndim))
    total: Floats = values / np.maximum(values.sum(axis=axes, keepdims=True), 1e-30)
    return total


def _forward_backward_pairs(weights: Floats) -> Floats:
    """Sum over all paths of the bigram lattice; gives the posterior of each candidate: (tokens, candidates)."""
    rows = _windows(len(weights))
    count, steps, width = *rows.shape, weights.shape[2]
    forward = np.empty((count, steps, width), np.float32)
    state = np.ones((count, width), np.float32)
    for step in range(steps):
        state = _normalised((state[:, :, None] * weights[rows[:, step]]).sum(1))
        forward[:, step] = state
    state = np.ones((count, width), np.float32)
    for step in range(steps - 1, -1, -1):
        forward[:, step] = _normalised(forward[:, step] * state)
        state = _normalised((weights[rows[:, step]] * state[:, None, :]).sum(2))
    return _collect(forward, len(weights), (width,))


def _forward_backward_triples(weights: Floats) -> Floats:
    """Sum over all paths of the trigram lattice; gives the posterior of each candidate: (tokens, candidates)."""
    rows = _windows(len(weights))
    count, steps, width = *rows.shape, weights.shape[3]
    forward = np.empty((count, steps, width, width), np.float32)
    state = np.ones((count, width, width), np.float32)
    for step in range(steps):
        state = _normalised((state[:, :, :, None] * weights[rows[:, step]]).sum(1))
        forward[:, step] = state
    found = np.empty((count, steps, width), np.float32)
    state = np.ones((count, width, width), np.float32)
    for step in range(steps - 1, -1, -1):
        found[:, step] = _normalised((forward[:, step] * state).sum(1))
        state = _normalised((weights[rows[:, step]] * state[:, None, :, :]).sum(3))
    return _collect(found, len(weights), (width,))
