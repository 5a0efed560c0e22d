"""Appendices that share out work item by item ("1. Thi tay nghề: Sở Lao động chủ trì; xong trước ngày 20/11").

Beside the duty tables, which `duty_tables` reads. Only an appendix whose title says so, and only items that name who
does them, give tasks: lists of facts, forms and quotas stay out.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.extraction.directives_actors import read_actor, split_names
from pipeline.extraction.directives_attributes import Duty, read_duty
from pipeline.extraction.directives_phrases import Phrases
from pipeline.extraction.directives_tasks import Task
from pipeline.extraction.outline import Item
from pipeline.extraction.paragraphs import UPPER
from pipeline.vietnam.fold import fold

TITLE = re.compile(r"\s*phụ\s+lục(?:\s+(?:số\s+)?(?P<number>[IVX]+|\d{1,2}))?\b", re.IGNORECASE)
ASSIGNS = re.compile(r"\bphan cong\b|\bgiao nhiem vu\b")
# After the task's colon: who does it, then who helps and by when.
DOERS = re.compile(rf":\s*(?=[{UPPER}])")
PARTS = re.compile(r"[;.]\s+|[;.]\s*$")
LEADS = re.compile(r"\s+(?:làm\s+)?(?:chủ\s+trì|thực\s+hiện|chịu\s+trách\s+nhiệm)$")
HELPS = re.compile(r"\s+phối\s+hợp$")


def read_assignments(text: str, outline: Sequence[Item]) -> list[Task]:
    """Take the tasks of the appendices that share out work."""
    tasks = []
    above, assigns = "Phụ lục", False
    loose = [item for item in outline if item.marker is None]
    for item in outline:
        if item.marker is None:
            own = text[item.start : item.end]
            if (title := TITLE.match(own)) is not None:
                above, assigns = " ".join(filter(None, ("Phụ lục", title["number"]))), False
            assigns = assigns or ASSIGNS.search(fold(own)) is not None
        if assigns:
            items = item.children if item.marker is None else (item,)
            tasks += [task for one in items for task in _tasks(text, one, above, _after(one, loose))]
    return tasks


def _after(item: Item, loose: Sequence[Item]) -> list[Item]:
    """Give the unmarked paragraph after an item: the last item's attributes may stand beside it, not under it."""
    after = [other for other in loose if other.start >= item.stop]
    return after[:1] if not item.children else []


def _tasks(text: str, item: Item, above: str, after: Sequence[Item]) -> Iterator[Task]:
    label = f"{above}.{item.label}"
    duty = read_duty(text, item.children) or _own_duty(text[item.start : item.stop])
    stop = item.stop
    if duty is None and after and not text[item.end : after[0].start].strip():
        duty, stop = read_duty(text, after), after[0].stop
    if duty is not None:
        yield Task(label, item.start, stop, duty.lead, duty.co, 0.85)
        return
    for child in item.children:
        yield from _tasks(text, child, above, ())


def _own_duty(text: str) -> Duty | None:
    """Read who does a task from the words after its colon; None unless they are names and nothing else."""
    colon = DOERS.search(text)
    if colon is None:
        return None
    parts = PARTS.split(text[colon.end() :])
    doers = LEADS.sub("", " ".join(parts[0].split()))
    phrases = Phrases(doers)
    actor = read_actor(phrases, 0, len(doers))
    if actor is None or doers[actor.end :].strip(" ,."):
        return None
    helpers = [HELPS.sub("", part) for part in (" ".join(p.split()) for p in parts[1:]) if HELPS.search(part)]
    return Duty(split_names(doers), tuple(name for helper in helpers for name in split_names(helper)))
