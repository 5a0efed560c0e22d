"""From candidates to posteriors: how likely each candidate of each token is, given all the tokens around it.

A trigram lattice is summed forward and backward. A bigram pass first drops the candidates that stand no chance, so that
the trigram pass stays small. Everything is numpy over windows of the token stream that overlap, so that the number of
Python steps doesn't grow with the text; and texts repeat themselves, so what two kinds of tokens beside each other give
is looked up once.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.restoration.language_model import LanguageModel
from pipeline.restoration.tokens import START, SYMBOLS

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# Tokens whose posteriors one window gives, and how many on either side it reads besides: what stands eight tokens away
# no longer matters to a trigram model.
_WINDOW = 48
_MARGIN = 8
# Candidates of a token that go on to the trigram pass, and the least posterior they need in the bigram pass.
_SECOND_PASS = 5
_NO_CHANCE = 2e-3
# Tokens decoded at a time; bounds the memory.
_BLOCK = 8000
_IMPOSSIBLE = np.float32(-1e4)
_BY_ORDER = np.float32(0.5)


@dataclass(frozen=True)
class Candidates:
    """The candidates of each kind of token, word numbers (-1: none) and the channel's log scores, a row per kind.

    `tokens` is the stream: the kind of each token.
    """

    words: Numbers
    scores: Floats
    tokens: Numbers


@dataclass(frozen=True)
class _Pairs:
    """What the kinds of two neighbours give, once for each two that occur: (two kinds, candidate before, own)."""

    of_token: Numbers
    """Which pair a token and the one before it are."""
    logs: Floats
    """log P(own | before)."""
    places: Numbers
    """Where the model keeps that bigram; -1: nowhere."""


def posteriors(model: LanguageModel, candidates: Candidates) -> Floats:
    """Give the posterior of each candidate of each token; a row sums to one."""
    start = len(candidates.words)
    words = np.append(candidates.words, np.full((1, candidates.words.shape[1]), -1), axis=0)
    words[start, 0] = SYMBOLS.index(START)
    scores = np.append(candidates.scores, np.zeros((1, words.shape[1]), np.float32), axis=0)
    scores[words < 0] = _IMPOSSIBLE
    # START before and after the stream, as far as a window can reach.
    before, after = np.full(_MARGIN + 2, start), np.full(_MARGIN, start)
    tokens = np.concatenate((before, candidates.tokens, after))
    found = np.zeros((len(candidates.tokens), words.shape[1]), np.float32)
    for low in range(0, len(found), _BLOCK):
        block = tokens[low : low + _BLOCK + 2 * _MARGIN + 2]
        found[low : low + _BLOCK] = _block_posteriors(model, Candidates(words, scores, block))
    return found


def _block_posteriors(model: LanguageModel, block: Candidates) -> Floats:
    rows = _windows(len(block.tokens))
    pairs = _pairs(model, block)
    own = block.tokens
    weights = _scaled(pairs.logs + block.scores[_second(pairs, own)][:, None, :], axes=(1, 2))
    first = _forward_backward_pairs(weights, pairs.of_token, rows)
    # The margins got none; there the first candidates serve, which are the likeliest by themselves.
    for margin in (slice(_MARGIN + 2), slice(len(own) - _MARGIN, None)):
        first[margin] = (block.words[own[margin]] >= 0) * _BY_ORDER ** np.arange(first.shape[1], dtype=np.float32)
    kept = np.argpartition(-first, min(_SECOND_PASS, first.shape[1] - 1), axis=1)[:, :_SECOND_PASS]
    alive = np.take_along_axis(first, kept, 1) > _NO_CHANCE
    second = _forward_backward_triples(_triple_weights(model, block, pairs, kept, alive), rows)
    found = np.zeros_like(first)
    np.put_along_axis(found, kept, second, 1)
    return found[_MARGIN + 2 : len(found) - _MARGIN]


def _second(pairs: _Pairs, own: Numbers) -> Numbers:
    """Give the kind of the second token of each pair."""
    kinds = np.zeros(len(pairs.logs), np.int64)
    kinds[pairs.of_token] = own
    return kinds


def _pairs(model: LanguageModel, block: Candidates) -> _Pairs:
    before = np.roll(block.tokens, 1)
    kinds, of_token = np.unique(before * len(block.words) + block.tokens, return_inverse=True)
    left, right = (block.words[kind] for kind in np.divmod(kinds, len(block.words)))
    shape = (len(kinds), left.shape[1], right.shape[1])
    pair, one, other = np.nonzero((left[:, :, None] >= 0) & (right[:, None, :] >= 0))
    found, place = model.bigrams_and_places(left[pair, one], right[pair, other])
    logs = np.full(shape, _IMPOSSIBLE, np.float32)
    places = np.full(shape, -1, np.int64)
    # START is given: boundaries are set by the text, not predicted.
    logs[pair, one, other] = np.where(right[pair, other] == SYMBOLS.index(START), np.float32(0), found)
    places[pair, one, other] = place
    return _Pairs(of_token, logs, places)


def _triple_weights(
    model: LanguageModel, block: Candidates, pairs: _Pairs, kept: npt.NDArray[np.intp], alive: Flags
) -> Floats:
    """Give for each token P(candidate | the two before) times its channel score, scaled: (tokens, far, near, own)."""
    own = np.take_along_axis(block.words[block.tokens], kept, 1)
    before, far_alive, near_alive = np.roll(kept, 1, 0), np.roll(alive, 2, 0), np.roll(alive, 1, 0)
    pair = pairs.of_token[:, None, None]
    logs = pairs.logs[pair, before[:, :, None], kept[:, None, :]]
    # The pair before is the context.
    context = np.roll(pairs.places[pair, before[:, :, None], kept[:, None, :]], 1, 0)
    given = (block.words[block.tokens, 0] == SYMBOLS.index(START))[:, None, None]
    backoff = np.where(given, np.float32(0), model.pair_backoffs(context))
    triples = backoff[:, :, :, None] + logs[:, None, :, :]
    known = model.begins_trigrams(context) & ~given
    known &= far_alive[:, :, None] & near_alive[:, None, :]
    row, far, near = np.nonzero(known)
    edge, right = np.nonzero(alive[row])
    row, far, near = row[edge], far[edge], near[edge]
    found = model.stored_trigrams(context[row, far, near], own[row, right])
    triples[row, far, near, right] = np.where(np.isnan(found), triples[row, far, near, right], found)
    scores = np.where(alive, np.take_along_axis(block.scores[block.tokens], kept, 1), _IMPOSSIBLE)
    triples += scores[:, None, None, :]
    triples[~(far_alive[:, :, None] & near_alive[:, None, :])] = _IMPOSSIBLE
    return _scaled(triples, axes=(1, 2, 3))


def _scaled(logs: Floats, axes: tuple[int, ...]) -> Floats:
    logs -= logs.max(axis=axes, keepdims=True)
    # Far below, exp gives zero by itself.
    weights: Floats = np.exp(logs, out=logs)
    return weights


def _windows(length: int) -> Numbers:
    """Give the rows each window reads, a row per window; past the end they repeat the last one."""
    core = length - 2 * _MARGIN - 2
    starts = np.arange(0, max(core, 1), _WINDOW)
    rows = starts[:, None] + 2 + np.arange(_WINDOW + 2 * _MARGIN)[None, :]
    last: Numbers = np.minimum(rows, length - 1)
    return last


def _collect(by_window: Floats, length: int) -> Floats:
    """Lay the windows' own parts behind each other again."""
    core = by_window[:, _MARGIN : _MARGIN + _WINDOW].reshape(-1, by_window.shape[2])
    found = np.zeros((length, by_window.shape[2]), np.float32)
    size = length - 2 * _MARGIN - 2
    found[_MARGIN + 2 : _MARGIN + 2 + size] = core[:size]
    return found


def _normalised(values: Floats) -> Floats:
    total = values.reshape(len(values), -1).sum(1)
    shares: Floats = values / np.maximum(total, 1e-30).reshape(-1, *(1,) * (values.ndim - 1))
    return shares


def _forward_backward_pairs(weights: Floats, pair_of: Numbers, rows: Numbers) -> Floats:
    """Sum over all paths of the bigram lattice; gives the posterior of each candidate: (tokens, candidates)."""
    count, steps, width = *rows.shape, weights.shape[2]
    forward = np.empty((count, steps, width), np.float32)
    state = np.ones((count, width), np.float32)
    for step in range(steps):
        state = _normalised(np.einsum("na,nab->nb", state, weights[pair_of[rows[:, step]]]))
        forward[:, step] = state
    state = np.ones((count, width), np.float32)
    for step in range(steps - 1, -1, -1):
        forward[:, step] = _normalised(forward[:, step] * state)
        state = _normalised(np.einsum("nab,nb->na", weights[pair_of[rows[:, step]]], state))
    return _collect(forward, len(pair_of))


def _forward_backward_triples(weights: Floats, rows: Numbers) -> Floats:
    """Sum over all paths of the trigram lattice; gives the posterior of each candidate: (tokens, candidates)."""
    count, steps, width = *rows.shape, weights.shape[3]
    forward = np.empty((count, steps, width, width), np.float32)
    state = np.ones((count, width, width), np.float32)
    for step in range(steps):
        state = _normalised(np.einsum("nab,nabc->nbc", state, weights[rows[:, step]]))
        forward[:, step] = state
    found = np.empty((count, steps, width), np.float32)
    state = np.ones((count, width, width), np.float32)
    for step in range(steps - 1, -1, -1):
        found[:, step] = _normalised((forward[:, step] * state).sum(1))
        state = _normalised(np.einsum("nabc,nbc->nab", weights[rows[:, step]], state))
    return _collect(found, len(weights))
