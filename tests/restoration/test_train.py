"""The trainer on a corpus small enough to check by hand."""

import io
import lzma
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.restoration import language_model
from pipeline.restoration.train_channel import align, word_pairs
from pipeline.restoration.train_counts import Corpus, Numbering, add_counts, choose_vocabulary, count_trigrams
from pipeline.restoration.train_model import Sizes, build
from pipeline.restoration.train_pages import Press, ReadLine, read_pages, set_page, sets_vietnamese

LINES = ["Thực hiện kế hoạch số 69/KH-UBND", "thực hiện kế hoạch năm 2024", "Uỷ ban nhân dân thực hiện kế hoạch"] * 5
FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")


def test_holds_out_the_end_of_a_corpus(tmp_path: Path) -> None:
    """What is held out stands at the end and occurs nowhere in what is trained on."""
    file = tmp_path / "law.txt.xz"
    file.write_bytes(lzma.compress("một\nhai\nba\nbốn\nmột\nnăm".encode()))
    assert Corpus(file, legal=True, held_out=1 / 3).split() == (["một", "hai", "ba", "bốn"], ["năm"])


def test_counts_trigrams() -> None:
    """Keys are sorted, counts are those of the text, and nothing is counted to end in a boundary."""
    numbering = Numbering()
    stream = numbering.stream(LINES)
    vocabulary = choose_vocabulary(numbering, [stream], 1, 100)
    keys, counts = count_trigrams(vocabulary.place_of[stream])
    number = {word: place for place, word in enumerate(vocabulary.words)}
    key = number["thực"] << 32 | number["hiện"] << 16 | number["kế"]
    assert counts[np.searchsorted(keys, np.uint64(key))] == 15
    assert (np.diff(keys.astype(np.int64)) > 0).all()
    assert counts.sum() == len(stream) - 2 - 2 * len(LINES)
    assert vocabulary.titled[number["thực"]] == pytest.approx(1 / 3)


def test_builds_a_model_that_sums_to_one(tmp_path: Path) -> None:
    """A model pruned to half its trigrams still gives probabilities, and prefers what it was trained on."""
    numbering = Numbering()
    stream = numbering.stream(LINES)
    vocabulary = choose_vocabulary(numbering, [stream], 1, 100)
    counted = count_trigrams(vocabulary.place_of[stream])
    nothing = np.empty(0, np.uint64), np.empty(0, np.int64)
    built = build(nothing, counted, vocabulary, Sizes(bigrams=60, trigrams=len(counted[0]) // 2), tmp_path)
    assert built["trigrams"] == len(counted[0]) // 2
    model = language_model.load(tmp_path)
    first, second = (np.full(len(model.words), model.number[word]) for word in ("thực", "hiện"))
    chances = np.exp(model.trigrams(first, second, np.arange(len(model.words))).astype(float))
    assert chances.sum() == pytest.approx(1, abs=0.1)
    assert model.words[int(chances.argmax())] == "kế"


def test_adding_counts_joins_equal_keys() -> None:
    """Counts of the same key add up."""
    left = np.array([1, 5], np.uint64), np.array([2, 3])
    right = np.array([5, 9], np.uint64), np.array([10, 1])
    keys, counts = add_counts(left, right)
    assert (keys.tolist(), counts.tolist()) == ([1, 5, 9], [2, 13, 1])


def test_learns_letter_units() -> None:
    """From aligned words alone the trainer finds out which letters were read for which."""
    lines = [ReadLine("eng", "đường của những", "dwong ctia nhifng"), ReadLine("eng", "đường trường", "dwong trwong")]
    units = align(Counter({pair: 20 * count for pair, count in word_pairs(lines).items()}))
    assert max((read for printed, read in units if printed == "đ"), key=lambda read: units["đ", read]) == "d"
    assert sum(chance for (printed, _), chance in units.items() if printed == "đ") <= 1.01


@pytest.mark.skipif(not FONT.exists(), reason="needs the Liberation fonts")
def test_pages_are_read_once(tmp_path: Path) -> None:
    """A page is a function of its number and isn't read again when its lines are kept."""
    press = Press(LINES, [FONT], wear=0.3)
    pages = [set_page(press, random.Random(f"eng {number}")) for number in range(2)]
    calls: list[int] = []

    def reader(image: bytes, dpi: int, language: str) -> str:
        calls.append(dpi)
        return next("\n".join(lines) for picture, _, lines in pages if picture == image)

    first = list(read_pages(press, "eng", 2, reader, tmp_path))
    again = list(read_pages(press, "eng", 2, reader, tmp_path))
    assert first == again
    assert len(calls) == 2
    assert all(line.truth == line.read for line in first)
    assert Image.open(io.BytesIO(set_page(press, random.Random("x"))[0])).mode in {"L", "1"}
    assert sets_vietnamese(FONT)
