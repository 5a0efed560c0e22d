"""Measure accuracy on stripped text against how much text the language model was trained on, and draw it.

    python -m benchmarks.restoration_size CORPORA TEXT… [--plot FILE.svg]

For each share, every k-th line of each corpus is counted and a model built and pruned as the trainer does it; the
vocabulary is that of the share. The channels play no part.
"""

import argparse
import tempfile
import tomllib
from pathlib import Path
from unittest.mock import patch

import numpy as np

from benchmarks.plot import plot
from pipeline.restoration import language_model, lexicon, stripped, train
from pipeline.restoration.accuracy import syllable_accuracy
from pipeline.restoration.restore import restore_text
from pipeline.restoration.train_counts import Corpus, Ids, Numbering, add_counts, choose_vocabulary, count_trigrams
from pipeline.restoration.train_model import Sizes, build
from pipeline.vietnam.syllables import strip_marks

_EVERY = (100, 30, 10, 3, 1)


def main() -> None:
    """Print one line per share and text."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("texts", type=Path, nargs="+")
    arguments.add_argument("--plot", type=Path)
    given = arguments.parse_args()
    recipe = tomllib.loads(Path(train.__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    corpora = [
        (row["legal"], Corpus(given.corpora / row["file"], row["legal"], row.get("held_out", 0.0)).split()[0])
        for row in recipe["corpus"]
    ]
    series: dict[str, list[tuple[float, float, str]]] = {file.stem: [] for file in given.texts}
    for every in _EVERY:
        with tempfile.TemporaryDirectory() as folder:
            tokens = _build(corpora, every, recipe["model"], Path(folder))
            model = language_model.load(Path(folder))
            for file in given.texts:
                share = _measure(model, file.read_text(encoding="utf-8"))
                series[file.stem].append((tokens / 1e6, 100 * share, f"{100 * share:.2f}"))
                print(f"{tokens / 1e6:.1f} million tokens, {file.stem}: {share:.2%}", flush=True)
    if given.plot:
        axes = ("training text, million tokens", "syllables right, %")
        plot(
            given.plot,
            "Marks restored, by size of training text",
            axes,
            series,
            ((0.5, 1, 3, 10, 30, 100, 200), (94, 95, 96, 97, 98, 99, 100)),
        )


def _build(corpora: list[tuple[bool, list[str]]], every: int, size: dict[str, int], out: Path) -> int:
    """Train on every k-th line; give how many tokens that were."""
    numbering = Numbering()
    streams: dict[bool, list[Ids]] = {True: [], False: []}
    for legal, lines in corpora:
        streams[legal].append(numbering.stream(lines[::every]))
    together = streams[True] + streams[False]
    vocabulary = choose_vocabulary(numbering, together, size["least_count"], size["most_words"])
    counted = {}
    for legal, some in streams.items():
        counted[legal] = np.empty(0, np.uint64), np.empty(0, np.int64)
        for stream in some:
            counted[legal] = add_counts(counted[legal], count_trigrams(vocabulary.place_of[stream]))
    build(counted[False], counted[True], vocabulary, Sizes(size["bigrams"], size["trigrams"]), out)
    return sum(map(len, together))


def _measure(model: language_model.LanguageModel, right: str) -> float:
    lexicon.bare_candidates.cache_clear()
    stripped.options_of.cache_clear()
    with patch.object(language_model, "load", lambda: model):
        total, good = syllable_accuracy(right, restore_text(strip_marks(right)).text)
    return good / total


if __name__ == "__main__":
    main()
