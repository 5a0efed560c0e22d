"""The language model gives probabilities, and the decoder sums them as it should."""

import itertools

import numpy as np
import pytest

from pipeline.restoration import language_model
from pipeline.restoration.decoder import Candidates, posteriors
from pipeline.restoration.tokens import SYMBOLS

MODEL = language_model.load()


@pytest.mark.parametrize("context", ["kế hoạch", "ủy ban", "<s> <s>", "trứng đường"])
def test_probabilities_sum_to_one(context: str) -> None:
    """Over all words, the probabilities after two given words sum to one, within the rounding to a byte."""
    first, second = (np.full(len(MODEL.words), MODEL.number[word]) for word in context.split())
    total = np.exp(MODEL.trigrams(first, second, np.arange(len(MODEL.words))).astype(np.float64)).sum()
    assert total == pytest.approx(1, abs=0.05)


def test_knows_what_follows() -> None:
    """After "ủy ban nhân" comes "dân", not another syllable of the same bare letters."""
    uy_ban_nhan = [MODEL.number[word] for word in ("ban", "nhân")]
    chances = {
        word: float(MODEL.trigrams(*(np.array([n]) for n in (*uy_ban_nhan, MODEL.number[word])))[0])
        for word in ("dân", "dẫn", "dần", "dan")
    }
    assert max(chances, key=chances.__getitem__) == "dân"


def test_agrees_with_all_paths_counted() -> None:
    """On a small lattice the posteriors are those of enumerating every path."""
    words = [["thực", "thức"], ["hiện", "hiền", "hiển"], ["kế", "kể"], ["hoạch"], ["số", "sở", "so"]]
    width = max(map(len, words))
    numbers = np.full((len(words), width), -1, np.int64)
    for row, options in enumerate(words):
        numbers[row, : len(options)] = [MODEL.number[word] for word in options]
    scores = np.linspace(-1, 0, numbers.size).reshape(numbers.shape).astype(np.float32)
    expected = np.zeros(numbers.shape)
    for path in itertools.product(*(range(len(options)) for options in words)):
        chosen = [0, 0, *(int(numbers[row, place]) for row, place in enumerate(path))]
        log = sum(
            float(MODEL.trigrams(*(np.array([n]) for n in chosen[at : at + 3]))[0]) + float(scores[at, path[at]])
            for at in range(len(words))
        )
        for row, place in enumerate(path):
            expected[row, place] += np.exp(log)
    expected /= expected.sum(axis=1, keepdims=True)
    # What has no chance in the bigram pass is dropped, hence the tolerance.
    assert posteriors(MODEL, Candidates(numbers, scores, np.arange(len(words)))) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("length", [1, 47, 48, 49, 130, 6001])
def test_posteriors_sum_to_one_at_any_length(length: int) -> None:
    """However the stream falls into windows and blocks, each token's posteriors sum to one."""
    numbers = np.array([[MODEL.number["thực"], MODEL.number["thức"]]])
    tokens = np.zeros(length, np.int64)
    found = posteriors(MODEL, Candidates(numbers, np.zeros(numbers.shape, np.float32), tokens))
    assert found.shape == (length, 2)
    assert found.sum(axis=1) == pytest.approx(np.ones(length), abs=1e-4)


def test_windows_change_nothing() -> None:
    """A sentence decodes the same alone and far inside a long text."""
    sentence = [["đề", "để", "dễ"], ["nghị", "nghỉ", "nghi"], ["các", "cắc"], ["đơn", "đòn", "đón"], ["vị", "vì", "vi"]]
    row = np.full((len(sentence), 3), -1, np.int64)
    for place, options in enumerate(sentence):
        row[place, : len(options)] = [MODEL.number[word] for word in options]
    start = np.full((2, 3), -1, np.int64)
    start[:, 0] = SYMBOLS.index("<s>")
    one = np.concatenate((start, row))
    scores = np.zeros(one.shape, np.float32)
    alone = posteriors(MODEL, Candidates(one, scores, np.arange(len(one))))
    inside = posteriors(MODEL, Candidates(one, scores, np.tile(np.arange(len(one)), 40)))
    assert inside[7 * 20 : 7 * 21] == pytest.approx(alone, abs=0.01)


def test_trained_data_stay_small() -> None:
    """All trained data together stay under the limit the package has for them."""
    assert sum(file.stat().st_size for file in language_model.DATA.iterdir()) <= 40_000_000
