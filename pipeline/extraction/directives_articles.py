"""Articles of a decision that put it into force: "… chịu trách nhiệm thi hành Quyết định này"."""

import re

from pipeline.extraction.directives_actors import Actor, read_actor
from pipeline.extraction.directives_phrases import Phrases
from pipeline.vietnam.fold import fold

FORCE = re.compile(
    r"\b(?:chiu trach nhiem|co trach nhiem|co nhiem vu|can cu)\b.{0,120}?\b(?:thi hanh|thuc hien|trien khai)\b|\bthi hanh (?:quyet dinh|nghi quyet) nay\b",
    re.DOTALL,
)


def find_force(phrases: Phrases, start: int, end: int) -> Actor | None:
    """Find who is to carry the decision out, in a sentence that says so.

    The paper itself ("Quyết định này có hiệu lực …") is nobody.
    """
    if not FORCE.search(fold(" ".join(phrases.text[start:end].split()))):
        return None
    return read_actor(phrases, start, end)
