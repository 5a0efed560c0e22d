"""Measure names: communes, districts, provinces and agencies in stripped sentences that training never saw.

    python -m benchmarks.restoration_names [--sentences 2750]

Patterns times gazetteer, drawn by chance with a fixed seed; only the syllables of the names are counted.
"""

import argparse
import random
import re
import tomllib
from collections import Counter
from pathlib import Path

from pipeline.restoration.restore import restore_text
from pipeline.vietnam.syllables import place_tones, strip_marks
from pipeline.vietnam.units_data import districts, former_communes, present_communes, provinces

_LIST = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_GAP = re.compile(r"\{(\w+)\}")
_SHOWN = 25


def main() -> None:
    """Print the share of right syllables by kind of name, and the names most often wrong."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sentences", type=int, default=50 * len(_LIST["patterns"]))
    chance = random.Random("names")
    places = _places()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    sentences = arguments.parse_args().sentences
    for number in range(sentences):
        pattern = _LIST["patterns"][number % len(_LIST["patterns"])]
        text, spans = _fill(pattern, {**dict(chance.choice(places)), "agency": chance.choice(_LIST["agencies"])})
        restored = place_tones(restore_text(strip_marks(text)).text)
        for kind, start, end in spans:
            pairs = list(zip(text[start:end].split(), restored[start:end].split(), strict=True))
            total[kind] += len(pairs)
            right[kind] += sum(one == other for one, other in pairs)
            if text[start:end] != restored[start:end]:
                wrong[f"{text[start:end]} → {restored[start:end]}"] += 1
    print(f"{sentences} sentences of {len(_LIST['patterns'])} patterns")
    for kind in total:
        print(f"{kind}: {right[kind] / total[kind]:.2%} of {total[kind]} syllables")
    print(f"all names: {right.total() / total.total():.2%} of {total.total()} syllables")
    for name, count in wrong.most_common(_SHOWN):
        print(f"  {count}  {name}")


def _places() -> list[dict[str, str]]:
    """Give all communes, present and former, with the units above them."""
    found = []
    for province in provinces():
        lower = districts().get(province.code, ())
        for district in lower:
            names = {"district": district.name, "province": province.name}
            found += [{"commune": unit.name, **names} for unit in former_communes(district.code, province.code)]
        some = lower[0].name if lower else province.name
        now = present_communes(province.code)
        found += [{"commune": unit.name, "district": some, "province": province.name} for unit in now]
    return found


def _fill(pattern: str, names: dict[str, str]) -> tuple[str, list[tuple[str, int, int]]]:
    """Fill the gaps of a pattern; gives the text, and kind, start and end of each name in it."""
    text, spans, place = "", [], 0
    for gap in _GAP.finditer(pattern):
        text += pattern[place : gap.start()]
        name = place_tones(names[gap[1]])
        spans.append((gap[1], len(text), len(text) + len(name)))
        text += name
        place = gap.end()
    return place_tones(text + pattern[place:]), spans


if __name__ == "__main__":
    main()
