"""The trainer's recipe: a folder of corpora in, the trained data and their manifest out.

Order matters: the vocabulary and the language model come first, then the channels, which explain its words.
"""

import datetime as dt
import json
import random
import shutil
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.restoration import channel, language_model
from pipeline.restoration.accuracy import syllable_accuracy
from pipeline.restoration.restore import restore_text
from pipeline.restoration.train_channel import align, build_channel, word_pairs
from pipeline.restoration.train_counts import Corpus, Ids, Numbering, add_counts, choose_vocabulary, count_trigrams
from pipeline.restoration.train_model import Sizes, build
from pipeline.restoration.train_names import name_lines
from pipeline.restoration.train_pages import Press, Reader, ReadLine, read_pages, sets_vietnamese
from pipeline.vietnam.syllables import strip_marks

Report = Callable[[str], None]
Texts = dict[str, tuple[list[str], list[str]]]
"""By corpus: the lines to train on and those held out."""

_RECIPE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
# Paragraphs per corpus that pages are set from, and held-out paragraphs that are measured.
_SET_FROM = 12_000
_MEASURED = 3_000
_SHORTEST = 20


def languages() -> set[str]:
    """Give the language packs the recipe reads pages with."""
    return {pages["language"] for row in _RECIPE["channel"] for pages in row["pages"]}


def train(corpora: Path, fonts: Path, work: Path, reader: Reader, report: Report) -> dict[str, Any]:
    """Rebuild the trained data of the package from a folder of corpora; give the manifest that was written.

    `fonts` is searched for the recipe's font files; the language model and pages already read are kept in `work`: a
    broken run goes on.

    Raises:
        FileNotFoundError: a corpus of the recipe isn't in the folder.
    """
    started = time.monotonic()
    out = language_model.DATA
    out.mkdir(exist_ok=True)
    sources = [
        Corpus(corpora / row["file"], row["legal"], row.get("held_out", 0.0), row.get("articles", False))
        for row in _RECIPE["corpus"]
    ]
    report("reading corpora")
    texts = {source.name: source.split() for source in sources}
    described = [_described(source, texts[source.name]) for source in sources]
    counts = _train_or_take(sources, texts, described, work / "model", report)
    for file in (work / "model").iterdir():
        shutil.copy(file, out / file.name)
    language_model.load.cache_clear()
    paragraphs = _paragraphs(texts)
    faces = _faces(fonts)
    channels = {}
    for row in _RECIPE["channel"]:
        report(f"reading pages: {row['name']}")
        channels[row["name"]] = _train_channel(row, paragraphs, faces, work, reader, out)
    report("measuring")
    channel.load.cache_clear()
    manifest = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "minutes": round((time.monotonic() - started) / 60, 1),
        "corpora": described,
        "model": counts,
        "channels": channels,
        "fonts": sorted({face.name for face in faces}),
        "stripped_accuracy": {name: _measure(held) for name, (_, held) in texts.items() if held},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return manifest


def _train_or_take(
    sources: Sequence[Corpus], texts: Texts, described: list[dict[str, Any]], kept: Path, report: Report
) -> dict[str, int]:
    """Train the language model into `kept`, or take the one that lies there if it was made of the same things."""
    made_of = {"corpora": described, "model": _RECIPE["model"]}
    done = kept.with_suffix(".json")
    if done.exists() and (was := json.loads(done.read_text(encoding="utf-8")))["made_of"] == made_of:
        report("language model taken from an earlier run")
        return dict(was["counts"])
    report("counting")
    kept.mkdir(parents=True, exist_ok=True)
    counts = _train_model(sources, texts, kept)
    done.write_text(json.dumps({"made_of": made_of, "counts": counts}), encoding="utf-8")
    return counts


def _train_model(sources: Sequence[Corpus], texts: Texts, out: Path) -> dict[str, int]:
    numbering = Numbering()
    streams: dict[bool, list[Ids]] = {True: [numbering.stream(name_lines())], False: []}
    for source in sources:
        streams[source.legal].append(numbering.stream(texts[source.name][0]))
    size = _RECIPE["model"]
    vocabulary = choose_vocabulary(numbering, streams[True] + streams[False], size["least_count"], size["most_words"])
    counted = {}
    for legal, some in streams.items():
        counted[legal] = np.empty(0, np.uint64), np.empty(0, np.int64)
        for stream in some:
            counted[legal] = add_counts(counted[legal], count_trigrams(vocabulary.place_of[stream]))
    return build(counted[False], counted[True], vocabulary, Sizes(size["bigrams"], size["trigrams"]), out)


def _train_channel(
    row: dict[str, Any], paragraphs: Sequence[str], faces: Sequence[Path], work: Path, reader: Reader, out: Path
) -> dict[str, int]:
    lines: list[ReadLine] = []
    for pages in row["pages"]:
        press = Press(paragraphs, faces, pages["wear"])
        folder = work / f"{row['name']}-{pages['wear']}"
        lines += read_pages(press, pages["language"], pages["count"], reader, folder)
    pairs = word_pairs(lines)
    built = build_channel(pairs, align(pairs), out / f"channel-{row['name']}.npz")
    return {**built, "lines": len(lines), **Counter(f"lines read with {line.language}" for line in lines)}


def _faces(fonts: Path) -> list[Path]:
    """Find the recipe's fonts; of several versions of one, the first that has Vietnamese letters."""
    found = (next(filter(sets_vietnamese, sorted(fonts.rglob(name))), None) for name in _RECIPE["press"]["fonts"])
    return [file for file in found if file]


def _paragraphs(texts: Texts) -> list[str]:
    chance = random.Random("press")
    chosen: list[str] = []
    for trained, _ in texts.values():
        chosen += chance.sample(trained, min(_SET_FROM, len(trained)))
    return [paragraph for paragraph in chosen if len(paragraph) > _SHORTEST]


def _described(source: Corpus, text: tuple[list[str], list[str]]) -> dict[str, Any]:
    return {
        "name": source.name,
        "bytes": source.path.stat().st_size,
        "sha256": source.sha256(),
        "legal": source.legal,
        "paragraphs": len(text[0]),
        "held_out_paragraphs": len(text[1]),
    } | ({"held_out_from": len(text[0]) + 1, "held_out_begins": text[1][0][:80]} if text[1] else {})


def _measure(lines: Iterable[str]) -> float:
    right = "\n".join(list(lines)[:_MEASURED])
    total, good = syllable_accuracy(right, restore_text(strip_marks(right)).text)
    return round(good / max(total, 1), 5)
