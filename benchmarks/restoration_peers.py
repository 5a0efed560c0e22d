"""This project beside others on the same stripped text, in one run: accuracy, speed on one core, memory.

    python -m benchmarks.restoration_peers TEXT [--plot FILE.svg]

The others: pyvi's ViUtils.add_accents (pip install pyvi; said when absent), and a plain bigram and trigram of the same
training data: Viterbi, and a beam of five. Each runs in a process of its own.
"""

import argparse
import importlib.util
import multiprocessing
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np

from benchmarks.plot import plot
from pipeline.restoration import decoder, language_model
from pipeline.restoration.accuracy import syllable_accuracy
from pipeline.restoration.letter_case import dress
from pipeline.restoration.lexicon import bare_candidates
from pipeline.restoration.restore import restore_text
from pipeline.restoration.tokens import START, SYMBOLS, TOKEN, symbol
from pipeline.vietnam.syllables import strip_marks

_BEAM = 5
_WIDTHS = (2, 3, 5, 8)
_WARM_UP = "Thuc hien Ke hoach cua tinh ve xay dung nong thon moi"
# Published, on their authors' own texts: what is good, not what is better.
_PUBLISHED = (
    "phrase-based translation, Pham and others 2017 (arXiv 1709.07104): 97.32 %",
    "neural translation, the same: 96.15 %",
    "Transformer encoder, AIviVN 2019 contest: 97.52 %",
    "Evolved Transformer, VNOpenAI vn-accent: 97.94 %",
    "bigram Viterbi, underthesea 9.5: 95.0 % on news",
)


class Score(NamedTuple):
    """What one system did: share of syllables right, syllables a second, memory in MiB, lines it broke off on."""

    accuracy: float
    speed: float
    memory: float
    failed: int


def main() -> None:
    """Print a row per system; draw accuracy against speed if asked."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("text", type=Path)
    arguments.add_argument("--plot", type=Path)
    given = arguments.parse_args()
    names = ["plain bigram", "plain trigram", *(f"congvan, {width} candidates" for width in _WIDTHS)]
    if importlib.util.find_spec("pyvi"):
        names.insert(0, "pyvi")
    else:
        print("pyvi isn't installed (pip install pyvi): left out")
    scores = {}
    for name in names:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
            scores[name] = process.submit(score, name, given.text.read_text(encoding="utf-8")).result()
        accuracy, speed, memory, failed = scores[name]
        broken = f", broke off on {failed} lines" if failed else ""
        print(f"{name}: {accuracy:.2%}, {speed:,.0f} syllables/s, {memory:.0f} MiB{broken}", flush=True)
    print("published:", *_PUBLISHED, sep="\n  ")
    if given.plot:
        _draw(given.plot, scores)


def score(name: str, right: str) -> Score:
    """Let one system restore a text line by line (this project: whole) and score it."""
    bare = strip_marks(right)
    failed = 0
    if name.startswith("congvan"):
        with patch.object(decoder, "_SECOND_PASS", int(name.split()[1])):
            restore_text(_WARM_UP)
            started = time.process_time()
            restored = restore_text(bare).text
            seconds = time.process_time() - started
    else:
        restore = _peer(name)
        restore(_WARM_UP)
        started = time.process_time()
        lines = []
        for line in bare.split("\n"):
            done = _attempt(restore, line)
            failed += done is None
            lines.append(line if done is None else done)
        seconds = time.process_time() - started
        restored = "\n".join(lines)
    total, good = syllable_accuracy(right, restored)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Score(good / total, total / seconds, memory, failed)


def _attempt(restore: Callable[[str], str], line: str) -> str | None:
    """Restore a line; None where the system breaks off, which pyvi does over letters it doesn't know."""
    try:
        return restore(line)
    except (KeyError, IndexError, ValueError):
        return None


def _peer(name: str) -> Callable[[str], str]:
    if name == "pyvi":
        from pyvi import ViUtils  # type: ignore[import-not-found, unused-ignore]

        return lambda line: str(ViUtils.add_accents(line))
    language_model.load()
    bare_candidates()
    return lambda line: _plain(line, _BEAM if name == "plain trigram" else 0)


def _plain(line: str, beam: int) -> str:
    """Restore a line by the n-grams alone: the best path of bigrams, or the best of a beam over trigrams."""
    model = language_model.load()
    start = SYMBOLS.index(START)
    matches = list(TOKEN.finditer(line))
    paths: list[tuple[float, int, int, tuple[int, ...]]] = [(0.0, start, start, ())]
    for match in matches:
        token = match[0]
        known = model.number.get(symbol(token), SYMBOLS.index("<unk>"))
        options = np.array(bare_candidates().get(token.lower(), (known,)) if token[0].isalpha() else (known,))
        far, near = (np.repeat([path[place] for path in paths], len(options)) for place in (1, 2))
        own = np.tile(options, len(paths))
        logs = model.trigrams(far, near, own) if beam else model.bigrams_and_places(near, own)[0]
        totals = logs + np.repeat([path[0] for path in paths], len(options))
        paths = _kept(paths, totals, own, len(options), beam)
    best = max(paths)[3]
    pieces, place = [], 0
    for match, number in zip(matches, best, strict=True):
        bare = match[0][0].isalpha() and strip_marks(model.words[number]) == match[0].lower()
        pieces += [line[place : match.start()], dress(model.words[number], match[0]) if bare else match[0]]
        place = match.end()
    return "".join([*pieces, line[place:]])


def _kept(
    paths: list[tuple[float, int, int, tuple[int, ...]]], totals: np.ndarray, own: np.ndarray, count: int, beam: int
) -> list[tuple[float, int, int, tuple[int, ...]]]:
    """Keep the best path to each candidate (bigrams), or the best few of all (trigrams)."""
    order = np.argsort(-totals)
    if beam:
        order = order[:beam]
    found: dict[int, tuple[float, int, int, tuple[int, ...]]] = {}
    for place in order.tolist():
        _, _, near, words = paths[place // count]
        key = place if beam else int(own[place])
        found.setdefault(key, (float(totals[place]), near, int(own[place]), (*words, int(own[place]))))
    return list(found.values())


def _draw(file: Path, scores: dict[str, Score]) -> None:
    wrong = {name: (row.speed, 100 * (1 - row.accuracy)) for name, row in scores.items()}
    series = {name: [(*place, "")] for name, place in wrong.items() if "congvan" not in name}
    own = [(*place, name.split()[1]) for name, place in wrong.items() if "congvan" in name]
    series["Congvan"] = sorted(own)
    axes = ("syllables a second, one core (Congvan: by candidates in the trigram pass)", "syllables wrong, %")
    ticks = ((5000, 10_000, 20_000, 50_000), (0.3, 1, 3, 10, 30, 50))
    plot(file, "Marks restored on unseen dispatches: errors by speed", axes, series, ticks)


if __name__ == "__main__":
    main()
