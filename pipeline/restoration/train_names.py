"""Sentences of place names for the language model: corpora of law name few communes, dispatches name nothing else.

The trainer keeps them apart from what names are tested with: only address-like strings, no sentences of dispatches.
"""

from collections.abc import Iterator

from pipeline.vietnam.units_data import districts, former_communes, present_communes, provinces


def name_lines() -> Iterator[str]:
    """Give one line per province, district and commune, present and former, with the units above it."""
    for province in provinces():
        yield f"Ủy ban nhân dân {province.name}"
        yield from (f"{commune.name}, {province.name}" for commune in present_communes(province.code))
        names = [district.name for district in districts().get(province.code, ())]
        if names:
            yield f"{province.name}: {', '.join(names)}"
        for district in districts().get(province.code, ()):
            yield f"UBND {district.name}, {province.name}"
            for commune in former_communes(district.code, province.code):
                yield f"{commune.name}, {district.name}, {province.name}"
