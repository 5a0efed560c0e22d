"""Collecting: walk the outline and take each thing ordered at the level of its numbered item.

A sub-item is taken by itself only where actors or deadlines differ. Whom an order addresses comes from its own words,
else from the heading or lead-in above it, else from Kính gửi.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from pipeline.extraction.directives_actors import Actor
from pipeline.extraction.directives_attributes import TELLS, read_duty
from pipeline.extraction.directives_orders import (
    CONSENT,
    Order,
    heading_actor,
    is_courtesy,
    is_notice,
    is_past,
    read_order,
    sentences,
    spoken_order,
)
from pipeline.extraction.directives_phrases import Phrase
from pipeline.extraction.directives_prose import ProseCollector
from pipeline.extraction.directives_sections import (
    LEADS_IN,
    Mode,
    Shape,
    is_title,
    mode_of_heading,
    mode_of_lead_in,
)
from pipeline.extraction.directives_tasks import Context, Task
from pipeline.extraction.outline import Item, is_heading

OUTER = ("part", "capital", "roman")
# A list under a request is a list of tasks when at least so many of its items read as tasks; else of topics.
MOST = 0.6
# A paragraph without a marker and shorter than this may be the heading of the list under it.
SHORT = 90
# Markers of a list that may share out work.
SHARING = ("digit", "letter", "bracket")
# "Về công tác kiểm tra": under a lead-in that orders, the topic of tasks.
TOPIC = re.compile(r"\s*về\s", re.IGNORECASE)
INVITATION = re.compile(r"\bmoi$")


class Collector(ProseCollector):
    """Walks the outline of one dispatch; made as `ProseCollector` says."""

    def collect(self, items: Sequence[Item]) -> list[Task]:
        """Take the tasks of an outline, in order."""
        self._walk(items, Context(Mode.PROSE, self.addressees))
        return sorted(self.tasks, key=lambda task: task.start)

    def take(self, item: Item, context: Context) -> None:
        """Take what an item and those under it order."""
        if item.marker is None:
            self._take_paragraph(item, context)
        elif context.mode is not Mode.NONE:
            duty = read_duty(self.text, item.children) if self.shape is not Shape.REPORT else None
            if duty is not None:
                self.add(item.label, item.start, item.stop, duty.lead, 0.92, co=duty.co)
            else:
                self._take_item(item, context)

    def _walk(self, items: Sequence[Item], context: Context) -> None:
        led: Context | None = None
        if context.mode is Mode.PROSE and self._shares_out(items):
            led = replace(context, mode=Mode.GUIDE)
        for item, after in zip_longest(items, items[1:]):
            lead_in = self._lead_in(item, context) if after is not None else None
            if lead_in is not None:
                led = lead_in
                continue
            before = len(self.tasks)
            self.take(item, led or context)
            # The paragraphs after a lead-in are tasks up to the first that isn't; a list goes on to its end.
            goes_on = item.marker is not None or len(self.tasks) > before
            led = led if goes_on or CONSENT.match(self.text, item.start, item.end) else None

    def _shares_out(self, items: Sequence[Item]) -> bool:
        """Tell a list that names its actors item by item: it shares out work, whatever leads it in."""
        marked = [item for item in items if item.marker is not None and item.marker.kind in SHARING]
        if self.shape is Shape.REPORT or self.invites or len(marked) < 2:
            return False
        told = [self._told_actor(item) for item in marked]
        return sum(told) >= max(2.0, MOST * len(marked))

    def _told_actor(self, item: Item) -> bool:
        order = read_order(self.phrases, item.start, item.end, imperative=True)
        actor = order.actor if order else heading_actor(self.phrases, item.start, item.end)
        return actor is not None and not self._is_issuer(actor) and not is_past(self.phrases, item.start, item.end)

    # -- paragraphs without a marker

    def _take_paragraph(self, item: Item, context: Context) -> None:
        own = self.text[item.start : item.end]
        if not item.children:
            self._take_prose(item.label, item.start, item.end, context)
            return
        if not LEADS_IN.search(own):
            self._take_prose(item.label, item.start, item.end, context)
            self._walk(item.children, context)
            return
        first, spoken = self._spoken_last(item)
        if spoken is None and is_heading(self.text, item) and mode_of_heading(own) is not None and len(own) < SHORT:
            mode = mode_of_heading(own)
            if mode is not Mode.NONE:
                self._walk(item.children, replace(context, mode=self._section_mode(mode, context)))
            return
        if spoken is None:
            mode = self._mode_of_lead_in(item, context)
            if mode is Mode.OPINION:
                mode = Mode.TASKS if self._lists_tasks(item) else Mode.GUIDE
            if mode is not Mode.TASKS or self._lists_tasks(item):
                self._walk(item.children, replace(context, mode=mode))
            elif any(spoken_order(self.phrases, child.start, child.end) for child in item.children):
                self._walk(item.children, replace(context, mode=Mode.GUIDE))
            else:
                self.add(item.label, item.start, item.stop, context.lead, 0.75)
            return
        lead = self._names(spoken[1], context)
        if INVITATION.search(spoken[0].words):
            self.add(item.label, first, item.end, lead, 0.85)
            self._walk(item.children, replace(context, mode=Mode.PROSE))
        elif self._lists_tasks(item):
            self._walk(item.children, Context(Mode.TASKS, lead))
        elif not is_courtesy(self.phrases, first, item.stop):
            self.add(item.label, first, item.stop, lead, 0.9)

    def _lists_tasks(self, item: Item) -> bool:
        """Tell a list of tasks from one of topics."""
        ordered = sum(self._orders(child, imperative=True) for child in item.children)
        return ordered >= MOST * len(item.children)

    def _lead_in(self, item: Item, context: Context) -> Context | None:
        """Read "yêu cầu các đơn vị thực hiện những nội dung sau:" before items that don't stand under it."""
        own = self.text[item.start : item.end]
        if item.marker is not None or item.children or not own.rstrip().endswith(":"):
            return None
        first, spoken = self._spoken_last(item)
        if spoken is not None and INVITATION.search(spoken[0].words):
            # Who is invited follows, no tasks.
            self.add(item.label, first, item.end, self._names(spoken[1], context), 0.85)
            return replace(context, mode=Mode.PROSE)
        if spoken is not None:
            return Context(Mode.TASKS, self._names(spoken[1], context))
        mode = self._mode_of_lead_in(item, context)
        mode = Mode.GUIDE if mode is Mode.OPINION else mode
        return replace(context, mode=mode) if mode is not context.mode else None

    def _spoken_last(self, item: Item) -> tuple[int, tuple[Phrase, Actor | None] | None]:
        """Find the last sentence of a paragraph that orders: where it begins, and its ordering word and actor."""
        for first, last in reversed(sentences(self.text, item.start, item.end)):
            spoken = spoken_order(self.phrases, first, last)
            if spoken is not None:
                return first, spoken
        return item.start, None

    def _mode_of_lead_in(self, item: Item, context: Context) -> Mode:
        told = self.shape is Shape.REPORT or is_past(self.phrases, item.start, item.end)
        return context.mode if told else mode_of_lead_in(self.text[item.start : item.end], context.mode)

    # -- numbered, lettered and dashed items

    def _take_item(self, item: Item, context: Context) -> None:
        own = self.text[item.start : item.end]
        if is_heading(self.text, item):
            self._take_heading(item, own, context)
            return
        order = self._order(item, context)
        if order is None:
            self._walk(item.children, context)
        else:
            self.split_or_take(item, Context(Mode.TASKS, self._names(order.actor, context)), order.confidence)

    def _take_heading(self, item: Item, own: str, context: Context) -> None:
        actor = heading_actor(self.phrases, item.start, item.end)
        mode = mode_of_heading(own)
        listed = self.invites and context.mode is Mode.PROSE
        if actor is not None and not listed and not self._is_issuer(actor):
            self.split_or_take(item, Context(Mode.TASKS, actor.names), 0.92)
            return
        imperative = read_order(self.phrases, item.start, item.end, imperative=True) is not None
        if mode is Mode.NONE and not ((imperative or TOPIC.match(own)) and context.mode in (Mode.TASKS, Mode.GUIDE)):
            return
        outer = item.marker is not None and item.marker.kind in OUTER
        if outer or is_title(own) or item.children[0].marker is None:
            self._walk(item.children, replace(context, mode=self._section_mode(mode, context)))
        elif context.mode is Mode.TASKS:
            self.split_or_take(item, context, 0.88)
        else:
            self._walk(item.children, replace(context, mode=self._section_mode(mode, context)))

    def _section_mode(self, mode: Mode | None, context: Context) -> Mode:
        if self.shape is Shape.REPORT:
            return Mode.PROSE
        if mode is Mode.TASKS:
            return Mode.TASKS if self.shape is Shape.SECTIONS or context.mode is Mode.TASKS else Mode.GUIDE
        if mode is Mode.GUIDE and context.mode is not Mode.TASKS:
            return Mode.GUIDE
        return context.mode if context.mode is not Mode.PROSE or self.shape is not Shape.SECTIONS else Mode.GUIDE

    def _order(self, item: Item, context: Context) -> Order | None:
        """Read an item as an order, by its verb, its actor or its deadline."""
        if is_notice(self.phrases, item.start, item.stop):
            return None
        order = read_order(self.phrases, item.start, item.end, imperative=context.mode in (Mode.TASKS, Mode.GUIDE))
        if order is not None and order.actor is None and context.mode is Mode.GUIDE:
            order = order if spoken_order(self.phrases, item.start, item.end) else None
        if order is not None and (
            order.actor is None or not self._is_issuer(order.actor) or context.mode is Mode.TASKS
        ):
            return order
        for first, last in sentences(self.text, item.start, item.end):
            spoken = spoken_order(self.phrases, first, last)
            if spoken is not None and not is_past(self.phrases, first, last):
                return Order(item.start, item.stop, spoken[1], 0.9)
        if self._due_in(item.start, item.end) and not self._is_own_report(item.start, item.end):
            return Order(item.start, item.stop, self._doer(item.start, item.end), 0.85)
        return None

    def _orders(self, item: Item, *, imperative: bool) -> bool:
        """Tell whether an item, or something under it, reads as an order."""
        own = read_order(self.phrases, item.start, item.end, imperative=imperative) is not None
        return (
            own
            or heading_actor(self.phrases, item.start, item.end) is not None
            or any(self._orders(child, imperative=imperative) for child in item.children)
        )

    def split_or_take(self, item: Item, context: Context, confidence: float) -> None:
        """Take an item whole, or its sub-items where their actors or deadlines differ."""
        told = [child for child in item.children if self._only_tells(child)]
        under = [child for child in item.children if child not in told]
        children = [child for child in under if child.marker is not None]
        loose = [child for child in under if child.marker is None]
        # What follows the name of an actor is one directive with it, as long as it names nobody else.
        named = heading_actor(self.phrases, item.start, item.end) is not None or (len(loose) == 1 and not children)
        if is_heading(self.text, item) and loose and not (named and not any(map(self._own_names, loose))):
            self._walk(item.children, context)
            return
        own_due = self._due_in(item.start, item.end)
        dues = [self._due_in(child.start, child.stop) for child in children]
        orders = [self._orders(child, imperative=True) for child in children]
        actors = {names for child in children if (names := self._own_names(child))} - {context.lead}
        differ = len(actors) > 1 or (len(actors) == 1 and len(children) > 1)
        dated = len(children) > 1 and any(dues) and len({tuple(sorted(map(str, due))) for due in dues}) > 1
        if children and all(orders) and (differ or (dated and not own_due)):
            self._walk(under, context)
        else:
            self.add(item.label, item.start, item.stop, context.lead, confidence)

    def _only_tells(self, item: Item) -> bool:
        """Tell "Thời gian: ngày 24/10" that gives nobody a deadline: it is no task among those beside it."""
        tells = item.marker is not None and not item.children and TELLS.match(self.text, item.start, item.end)
        return bool(tells) and not self._due_in(item.start, item.end)

    def _own_names(self, item: Item) -> tuple[str, ...]:
        actor = heading_actor(self.phrases, item.start, item.end)
        if actor is None:
            order = read_order(self.phrases, item.start, item.end, imperative=True)
            actor = order.actor if order else None
        return actor.names if actor else ()
