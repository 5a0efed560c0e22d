"""Articles of a decision: which of them order, which only decide, appoint or take effect.

The collector of decisions: an article that gives a task ("Giao Sở …"), says who carries the decision out ("… chịu
trách nhiệm thi hành Quyết định này") or what a team founded by it has to do.
"""

import re

from pipeline.extraction.directives_actors import Actor, read_actor
from pipeline.extraction.directives_collect import Collector
from pipeline.extraction.directives_orders import sentences, spoken_order
from pipeline.extraction.directives_phrases import Phrases
from pipeline.extraction.directives_sections import EFFECT, TEAM_DUTY, Mode
from pipeline.extraction.directives_tasks import Context
from pipeline.extraction.outline import Item
from pipeline.vietnam.fold import fold

FORCE = re.compile(
    r"\b(?:chiu trach nhiem|co trach nhiem|co nhiem vu|can cu)\b.{0,120}?\b(?:thi hanh|thuc hien|trien khai)\b"
    r"|\bthi hanh (?:quyet dinh|nghi quyet) nay\b",
    re.DOTALL,
)
# The title of an article whose clauses say who does what.
SHARES_OUT = re.compile(
    r"^(?:to chuc (?:thuc hien|trien khai)|phan cong|giao nhiem vu|giao trach nhiem|trach nhiem thi hanh)\b"
)


class ArticleCollector(Collector):
    """Collects from a decision: its articles are read by what puts them into force."""

    def take(self, item: Item, context: Context) -> None:
        """Take what an item orders; an article by its own rules."""
        if item.marker is not None and item.marker.kind == "article":
            self._take_article(item)
        else:
            super().take(item, context)

    def _take_article(self, item: Item) -> None:
        """Take an article that orders; one that decides, appoints or takes effect gives nothing."""
        own = self.text[item.start : item.end]
        if TEAM_DUTY.match(fold(own)) and item.children:
            clauses = [child for child in item.children if child.marker is not None and child.marker.kind == "digit"]
            for part in clauses or [item]:
                self.add(part.label, part.start, part.stop, self._team(item), 0.85)
            return
        for part in (item, *(child for child in item.children if child.marker is None)):
            if self._take_article_part(item, part):
                return
        marked = [child for child in item.children if child.marker is not None]
        shares = SHARES_OUT.match(fold(own)) or any(
            spoken_order(self.phrases, child.start, child.end) for child in marked
        )
        for child in marked:
            if not self._take_article_part(child, child) and shares:
                self.take(child, Context(Mode.GUIDE, self.addressees))

    def _take_article_part(self, item: Item, part: Item) -> bool:
        for first, last in sentences(self.text, part.start, part.end):
            spoken = spoken_order(self.phrases, first, last)
            actor = spoken[1] if spoken else find_force(self.phrases, first, last)
            if actor is None:
                continue
            effect = EFFECT.search(fold(self.text[part.start : first])) is not None or part is not item
            marked = [child for child in part.children if child.marker is not None]
            if marked and part.start <= first:
                self.split_or_take(part, Context(Mode.TASKS, actor.names), 0.93)
            else:
                stop = part.stop if part is not item or not item.children else item.stop
                self.add(item.label, first if effect else part.start, stop, actor.names, 0.95)
            return True
        return False

    def _team(self, item: Item) -> tuple[str, ...]:
        """Name the team of "Nhiệm vụ của Đoàn kiểm tra như sau"."""
        place = self.text.find(" của ", item.start, item.end)
        actor = read_actor(self.phrases, place + 5 if place >= 0 else item.start, item.end)
        return actor.names if actor else ()


def find_force(phrases: Phrases, start: int, end: int) -> Actor | None:
    """Find who is to carry the decision out, in a sentence that says so.

    The paper itself ("Quyết định này có hiệu lực …") is nobody.
    """
    if not FORCE.search(fold(" ".join(phrases.text[start:end].split()))):
        return None
    return read_actor(phrases, start, end)
