"""A directive's own words that single out or except localities: "Riêng UBND huyện Lý Sơn …", "(trừ huyện Lý Sơn)"."""

import re

from pipeline.routing.actors import Reading, read_actor
from pipeline.routing.scope import Scope
from pipeline.routing.segments import flat
from pipeline.routing.words import words

_ALONE = re.compile(r"^\W*(rieng doi voi|rieng|doi voi)\s+(?=\S)")
_END = re.compile(r"[:;.\n]|, ")
# "các huyện, thị xã, thành phố (trừ huyện Lý Sơn)": right after the words for many.
_EXCEPTED = re.compile(
    r"\b(?:huyen|thi xa|thanh pho|quan|xa|phuong|thi tran|dac khu|dia phuong)\s*"
    r"\(\s*((?:ngoai )?tru|khong bao gom|khong ke)\s+([^()]{3,200})\)"
)
_LONGEST_ACTOR = 160


def singled_out(text: str, scope: Scope) -> Reading | None:
    """Read the localities a directive's text begins by singling out; None when it begins otherwise.

    Only units by their own names count: "Riêng huyện Lý Sơn, …", not "Đối với các địa phương …".
    """
    opening = _ALONE.match(flat(text))
    if not opening:
        return None
    start = opening.end()
    ends = [found.start() for found in _END.finditer(text, start, start + _LONGEST_ACTOR)]
    for end in [*ends, min(len(text), start + _LONGEST_ACTOR)]:
        actor = _before_verb(text[start:end])
        reading = read_actor(actor, scope)
        if reading.units and not reading.grouped and not reading.doubts and not reading.elsewhere:
            reading.actor = actor
            return reading
    return None


def _before_verb(actor: str) -> str:
    folded = flat(actor)
    tokens = [found.start() for found in re.finditer(r"\S+", folded)]
    return next((actor[:place].strip() for place in tokens[1:] if words().verb.match(folded[place:])), actor)


def own_exceptions(text: str, reading: Reading, scope: Scope) -> None:
    """Take out of a group what the directive's text excepts in brackets right after the words for many."""
    found = _EXCEPTED.search(flat(text))
    if not found or not reading.grouped:
        return
    left_out = read_actor(text[found.start(2) : found.end(2)], scope)
    if left_out.doubts or not left_out.units:
        reading.doubts.append(f"không rõ “{text[found.start(1) : found.end(2)]}” là trừ những đơn vị nào")
        return
    kept = [unit for unit in reading.units if unit not in left_out.units]
    if len(kept) < len(reading.units):
        reading.units[:] = kept
        reading.meanings.append(f"trừ {', '.join(unit.name for unit in left_out.units)}")
