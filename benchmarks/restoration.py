"""Measure restoration: accuracy on stripped text, word errors on read text, harm on right text, speed, load, memory.

    python -m benchmarks.restoration --right FILE… [--read FILE --truth FILE]

`--right`: right Vietnamese text (UTF-8); it is stripped and restored, and restored as it is. `--read` and `--truth`: a
text as it was read and as it was printed, the same words in the same order.
"""

import argparse
import resource
import time
from pathlib import Path

from pipeline.restoration import channel, language_model
from pipeline.restoration.accuracy import syllable_accuracy, word_errors
from pipeline.restoration.restore import restore_text
from pipeline.vietnam.syllables import place_tones, strip_marks

_PAGE = 30


def main() -> None:
    """Print one line per figure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--right", type=Path, nargs="*", default=[])
    arguments.add_argument("--read", type=Path)
    arguments.add_argument("--truth", type=Path)
    given = arguments.parse_args()
    _show_load()
    for file in given.right:
        _show_right(file.name, file.read_text(encoding="utf-8"))
    if given.read and given.truth:
        _show_read(given.read.read_text(encoding="utf-8"), given.truth.read_text(encoding="utf-8"))
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


def _show_load() -> None:
    started = time.perf_counter()
    language_model.load()
    channel.load("latin")
    restore_text("Thuc hien Ke hoach")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"load and first call: {time.perf_counter() - started:.2f} s, {memory:.0f} MiB resident")


def _show_right(name: str, right: str) -> None:
    started = time.process_time()
    restored = restore_text(strip_marks(right)).text
    seconds = time.process_time() - started
    total, good = syllable_accuracy(right, restored)
    print(f"{name}, stripped: {good / total:.2%} of {total} syllables right, {total / seconds:.0f} syllables/s")
    # The regime is chosen page by page, so harm is counted so.
    lines = right.split("\n")
    pages = ["\n".join(lines[at : at + _PAGE]) for at in range(0, len(lines), _PAGE)]
    print(f"{name}, as it is: {sum(len(restore_text(page).changes) for page in pages)} changes")


def _show_read(read: str, truth: str) -> None:
    words = place_tones(truth).split()
    started = time.process_time()
    restored = restore_text(read).text
    seconds = time.process_time() - started
    before, after = word_errors(words, read.split()), word_errors(words, place_tones(restored).split())
    print(f"read text: word errors {before / len(words):.2%} → {after / len(words):.2%}")
    print(f"read text: {len(words) / seconds:.0f} words/s")


if __name__ == "__main__":
    main()
