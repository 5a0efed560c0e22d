"""Prose: the orders that stand in the sentences of a paragraph, and what the collector of directives is made with.

`directives_collect` walks the outline and comes here for each paragraph without a marker.
"""

from collections.abc import Sequence
from itertools import zip_longest

from pipeline.extraction.directives_actors import Actor, is_generic, read_actor, read_cooperators
from pipeline.extraction.directives_orders import (
    CONDITIONAL,
    CONTACT,
    Order,
    clause_actors,
    is_courtesy,
    is_notice,
    is_past,
    read_order,
    read_single,
    read_watcher,
    sentences,
    skip_setting,
    spoken_order,
    trimmed,
)
from pipeline.extraction.directives_phrases import Phrases
from pipeline.extraction.directives_sections import Mode, Shape
from pipeline.extraction.directives_tasks import Context, Task
from pipeline.vietnam.fold import fold

# Specks and opening quotes before the first word.
NOISE = " \n\"“”'‘’.,;:_|~*¬—–-"
# A closing request without a deadline that holds no more words of its own than this repeats what was ordered.
REPEATS = 6


class ProseCollector:
    """Takes what the sentences of a paragraph order, and keeps the tasks of one dispatch.

    `due` are the places of its deadlines, `(start, end, key)`; `addressees` its Kính gửi; `issuer` its full name;
    `invites`: it is an invitation, whose closing request is the order.
    """

    def __init__(
        self,
        text: str,
        phrases: Phrases,
        shape: Shape,
        due: Sequence[tuple[int, int, object]],
        addressees: tuple[str, ...],
        issuer: str | None,
        *,
        invites: bool = False,
    ) -> None:
        self.text = text
        self.phrases = phrases
        self.shape = shape
        self.due = due
        self.addressees = addressees
        self.issuer = _spelled_out(issuer or "")
        self.invites = invites
        self.tasks: list[Task] = []

    def _take_prose(self, label: str | None, start: int, end: int, context: Context) -> None:
        """Take the orders of a paragraph: from its first ordering sentence to its end, closing formulas left out."""
        spans = sentences(self.text, start, end)
        orders = [self._prose_order(*span, context) for span in spans]
        heads = [i for i, order in enumerate(orders) if order is not None]
        heads = [i for n, i in enumerate(heads) if n == 0 or self._another(orders[i], orders[heads[n - 1]])]
        for first, after in zip_longest(heads, heads[1:], fillvalue=len(spans)):
            order = orders[first]
            last = after - 1
            while last > first and self._says_nothing(*spans[last]):
                last -= 1
            if order is not None:
                lead = self._names(order.actor, context)
                self.add(label, spans[first][0], spans[last][1], lead, order.confidence)

    def _another(self, order: Order | None, before: Order | None) -> bool:
        """Tell whether a later sentence of a paragraph orders somebody else: then it is a directive of its own."""
        if order is None or order.actor is None or before is None:
            return False
        spoken = spoken_order(self.phrases, order.start, order.end) is not None
        spoken = spoken or read_single(self.phrases, order.start, order.end) is not None
        told = before.actor.names if before.actor else ()
        return spoken and order.actor.names != told and not all(map(is_generic, order.actor.names))

    def _prose_order(self, start: int, end: int, context: Context) -> Order | None:
        """Read a sentence of a paragraph as an order, by its words, its deadline or its condition."""
        due = self._due_in(start, end)
        if (CONTACT.search(self.text[start:end]) and not due) or self._is_own_report(start, end):
            return None
        if is_notice(self.phrases, start, end, closing=True):
            return None
        order = read_order(self.phrases, start, end, imperative=context.mode in (Mode.TASKS, Mode.GUIDE))
        named = order is not None and order.actor is not None and not all(map(is_generic, order.actor.names))
        again = self.tasks and context.mode is Mode.PROSE and not self.invites
        spare = REPEATS if again and not named else 1
        if order is not None and not due and is_courtesy(self.phrases, start, end, spare=spare):
            return None
        if order is not None and self._counts(order, context):
            return order
        if due:
            return Order(start, end, self._doer(start, end), 0.85)
        if CONDITIONAL.search(self.text[start:end]):
            return Order(start, end, self._doer(start, end), 0.7)
        watcher = self._watcher(start, end)
        return Order(start, end, watcher, 0.8) if watcher is not None else None

    def _counts(self, order: Order, context: Context) -> bool:
        """A spoken order counts anywhere, an actor's duty in sections, a bare verb only in a list of tasks."""
        if context.mode is Mode.TASKS or spoken_order(self.phrases, order.start, order.end) is not None:
            return True
        return context.mode is Mode.GUIDE and order.actor is not None

    def _watcher(self, start: int, end: int) -> Actor | None:
        """Find who is told, after the tasks, to see them through, or who is singled out."""
        if is_past(self.phrases, start, end) or self.shape is Shape.REPORT:
            return None
        actor = read_watcher(self.phrases, start, end) if self.tasks else read_single(self.phrases, start, end)
        return actor if actor is not None and not self._is_issuer(actor) else None

    def _doer(self, start: int, end: int) -> Actor | None:
        """Find who acts in a sentence that orders by its deadline alone: an actor at its head, after its setting."""
        actor = read_actor(self.phrases, skip_setting(self.phrases, start, end), end)
        if actor is None or not actor.acts or self._is_issuer(actor):
            return None
        # Who asks isn't who is asked.
        return None if self.phrases.between(actor.end, min(end, actor.end + 12), "order") else actor

    def _says_nothing(self, start: int, end: int) -> bool:
        if self._due_in(start, end):
            return False
        contact = CONTACT.search(self.text[start:end]) is not None
        return contact or is_courtesy(self.phrases, start, end) or self._is_own_report(start, end)

    def _is_own_report(self, start: int, end: int) -> bool:
        """Tell what the issuer says of itself: what it did, does, will do."""
        if spoken_order(self.phrases, start, end) is not None:
            return False
        told = any(self._is_issuer(actor) for actor in clause_actors(self.phrases, start, end))
        return told or is_past(self.phrases, start, min(end, start + 200))

    def _names(self, actor: Actor | None, context: Context) -> tuple[str, ...]:
        """Name who is addressed: words that mean the addressees stand for Kính gửi, or for the lead above."""
        if actor is None:
            return context.lead
        if self.addressees and all(map(is_generic, actor.names)):
            return context.lead or self.addressees
        return actor.names

    def _is_issuer(self, actor: Actor) -> bool:
        name = _spelled_out(actor.names[0])
        for head in ("giam doc ", "chu tich ", "lanh dao "):
            name = name.removeprefix(head)
        return (
            bool(self.issuer)
            and len(actor.names) == 1
            and (self.issuer.startswith(name) or name.startswith(self.issuer))
        )

    def _due_in(self, start: int, end: int) -> list[object]:
        return [key for first, _, key in self.due if start <= first < end]

    def add(
        self,
        label: str | None,
        start: int,
        end: int,
        lead: tuple[str, ...],
        confidence: float,
        co: tuple[str, ...] = (),
    ) -> None:
        """Add a task: specks at its ends left out, those who co-operate read from its first sentence unless told."""
        end = trimmed(self.text, start, end)
        while start < end and self.text[start] in NOISE:
            start += 1
        first = sentences(self.text, start, end)
        co = co or read_cooperators(self.phrases, start, first[0][1] if first else end)
        lead = tuple(dict.fromkeys(lead))
        if not lead:
            confidence *= 0.9
        self.tasks.append(
            Task(label, start, end, lead, tuple(name for name in co if name not in lead), round(confidence, 2))
        )


def _spelled_out(name: str) -> str:
    return fold(name).replace("ubnd", "uy ban nhan dan")
