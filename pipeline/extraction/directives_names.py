"""Names of bodies: where the name of one who acts ends, told by the grammar of names and not by the verb that follows.

A name is a head ("Sở", "Chủ tịch"), capitalised parts ("Kiểm soát bệnh tật"), qualifiers ("thuộc Sở", "cấp huyện") and
further names after a comma or "và". `directives_actors` asks for the end; who is meant it doesn't know.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extraction.directives_phrases import Phrase, Phrases, word_lists
from pipeline.extraction.paragraphs import UPPER
from pipeline.vietnam.fold import fold

VERBS = ("order", "duty", "manner", "task", "verb")
WORD = re.compile(r"(?:[\w/&.]|(?<=\w)['’](?=\w))*\w")
CAPITAL = re.compile(rf"[{UPPER}“]")
SEPARATOR = re.compile(r"\s*(?:[,;]\s*(?:và\s+|hoặc\s+)?|\s(?:và|hoặc|cùng)\s+|[-–&/:]\s*)", re.IGNORECASE)
DETERMINER = re.compile(r"(?:(?:tất cả|toàn thể|toàn bộ|các|những|mỗi|từng|mọi|\d{1,2})\s+)+", re.IGNORECASE)
NUMBER = re.compile(r"\s+(?:số\s+)?(?:\d{1,3}|[IVX]{1,4})(?![\w/.%])")
BRACKET = re.compile(r"\s*\([^()]{0,200}\)")
# So many small words that nobody knows may stand in a name before its verb or qualifier.
UNKNOWN = 4
# So many behind a known part: "Giáo dục sức khỏe".
KNOWN = 2
# So many in a name that is small from its head on: "cơ sở giáo dục nghề nghiệp ngoài công lập có vốn đầu tư".
LOOSE = 14
# Words before a figure that names.
COUNTED = re.compile(
    r"(?:khu|phố|quận|phường|đội|tổ|vùng|khu vực|thôn|cụm|hạng|loại|cấp|chỉ đạo|đề án|công tác|quân khu)$",
    re.IGNORECASE,
)
# "thuộc phạm vi quản lý", "có tên tại Điều 1"
SCOPE = re.compile(
    r"\s+(?:(?:trực\s+)?thuộc\s+(?:phạm\s+vi|quyền|diện)(?:\s+quản\s+lý)?|"
    r"có\s+tên(?:\s+(?:nêu\s+)?(?:tại|trong|ở)\s+(?:Điều\s+\d+|[Dd]anh\s+sách|[Pp]hụ\s+lục)(?:\s+(?:này|kèm\s+theo))?)?)(?!\w)"
)


@dataclass(frozen=True)
class Extent:
    """Where a name ends, and whether what follows it can only be a verb."""

    end: int
    acts: bool


@dataclass(frozen=True)
class _Grammar:
    single: frozenset[str]
    closed: re.Pattern[str]
    open: re.Pattern[str]
    places: frozenset[str]
    complete: frozenset[str]
    titles: frozenset[str]
    twofold: frozenset[str]
    named: frozenset[str]
    topical: frozenset[str]
    stoppers: frozenset[str]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    table = word_lists()
    words = table["qualifier"]
    return _Grammar(
        single=frozenset(table["single"]["words"]),
        closed=_any_of(words["closed"]),
        open=_any_of(words["open"]),
        places=frozenset(words["places"]),
        complete=frozenset(map(str.lower, table["heads"]["complete"])),
        titles=frozenset(map(str.lower, table["heads"]["titles"])),
        twofold=frozenset(map(fold, table["heads"]["twofold"])),
        named=frozenset(map(fold, table["heads"]["named"])),
        topical=frozenset(map(fold, table["heads"]["topical"])),
        stoppers=frozenset(table["stopper"]["words"]),
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    spaced = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
    return re.compile(rf"\s+(?:{spaced})(?!\w)")


def find_extent(phrases: Phrases, head: Phrase, stop: int) -> Extent:
    """Find where the name ends that begins with a head; `stop` is where it ends at the latest."""
    return _Scan(phrases, head, stop).run()


def find_head(phrases: Phrases, place: int, *, determined: bool) -> Phrase | None:
    """Find the head of a name; "Báo cáo", "Tổ chức", "Ban hành" and "Trường hợp" only look like one."""
    head = phrases.at(place, "actor", "group")
    if head is None or phrases.at(place, "nobody"):
        return None
    if head.words in _grammar().named and not CAPITAL.match(phrases.text, _blank_after(phrases.text, head.end)):
        return None
    verb = phrases.at(place, "task", "manner", "verb")
    if verb is None or determined or verb.end < head.end:
        return head
    # "lãnh đạo", "tổ chức" are both; a verb behind them makes them the one who acts.
    after = _blank_after(phrases.text, head.end)
    doubled = verb.label == "verb" and phrases.at(after, *VERBS) is not None
    # "Thanh tra Sở", "Kiểm toán nhà nước" are bodies; "Thanh tra việc …" orders.
    owned = head.words in _grammar().twofold and (
        phrases.at(after, "actor") is not None or _grammar().closed.match(phrases.text, head.end) is not None
    )
    return head if doubled or owned else None


def _blank_after(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


@lru_cache(maxsize=1)
def _naming() -> dict[str, re.Pattern[str]]:
    patterns = {}
    for kind in word_lists()["naming"]:
        verbs = "|".join(sorted((re.escape(fold(word)) for word in kind["verbs"]), key=len, reverse=True))
        pattern = re.compile(rf"\s*(?:{verbs})(?:(?:,| va|, va)?\s+(?:{verbs}))*(?!\w)")
        patterns.update({fold(head): pattern for head in kind["heads"]})
    return patterns


def _names_verb(phrases: Phrases, head: str, end: int) -> int | None:
    """Give the end of a verb that belongs to the name: "Đoàn kiểm tra, đánh giá", "cơ sở khám bệnh"."""
    pattern = _naming().get(head)
    window = phrases.text[end : end + 60]
    folded = fold(window)
    if pattern is None or len(folded) != len(window):
        return None
    match = pattern.match(folded)
    if match is None:
        return None
    # "Thường trực trực tiếp chỉ đạo": the verb goes on, so it isn't the name's.
    verb = phrases.at(_blank_after(phrases.text, end), *VERBS)
    return None if verb is not None and verb.end > end + match.end() else end + match.end()


class _Scan:
    """Reads one name from its head on; `place` is where it ends so far.

    `sure`: the name may end here, so that a small word nobody knows is the verb. `local`: a place name follows, whose
    words are all capital. `loose`: the name goes on in small letters ("các cơ sở giáo dục mầm non").
    """

    def __init__(self, phrases: Phrases, head: Phrase, stop: int) -> None:
        self.phrases = phrases
        self.text = phrases.text
        self.stop = stop
        self.place = head.end
        self.sure = self.local = self.loose = self.capitals = self.title = self.known = self.joined = False
        self.unknown = 0
        self.before_unknown = head.end
        self._enter(head)

    def run(self) -> Extent:
        rules = (self._bracket, self._number, self._qualifier, self._capital, self._head, self._separated, self._small)
        while self.place < self.stop and any(rule() for rule in rules):
            pass
        verb = self._verb(self._next())
        headed = self.text[self._next() : self._next() + 1] == ":" or self._next() >= self.stop
        if self.unknown and not self.loose and verb is None and not headed:
            self.place = self.before_unknown
            verb = self._verb(self._next())
        return Extent(self.place, verb is not None or (not self.loose and self._is_small(self._next())))

    # -- the rules: each takes one more piece of the name, or says that there is none

    def _bracket(self) -> bool:
        match = BRACKET.match(self.text, self.place, self.stop)
        return match is not None and self._take(match.end())

    def _number(self) -> bool:
        match = NUMBER.match(self.text, self.place, self.stop)
        if match is None:
            return False
        before = self.text[max(0, self.place - 12) : self.place]
        named = match[0].lstrip().startswith("số") or COUNTED.search(before) is not None
        return named and self._take(match.end())

    def _qualifier(self) -> bool:
        grammar = _grammar()
        closed = grammar.closed.match(self.text, self.place, self.stop)
        if closed and not self._is_longer_verb(closed):
            words = " ".join(closed[0].split())
            return self._take(closed.end(), local=words.lower() in grammar.places)
        scope = SCOPE.match(self.text, self.place, self.stop)
        if scope:
            return self._take(scope.end())
        opened = grammar.open.match(self.text, self.place, self.stop)
        if opened is None:
            return False
        before, self.place = self.place, opened.end()
        if self._capital() or self._head() or self._closed_follows():
            return True
        determiner = DETERMINER.match(self.text, self._next(), self.stop)
        if determiner is not None:
            self.place = determiner.end()
            if self._capital():
                return True
        self.place = before
        return False

    def _closed_follows(self) -> bool:
        closed = _grammar().closed.match(self.text, self.place, self.stop)
        return closed is not None and self._take(closed.end(), local=closed[0].strip().lower() in _grammar().places)

    def _capital(self) -> bool:
        start = self._next()
        word = WORD.match(self.text, start, self.stop)
        if word is None or not CAPITAL.match(word[0]):
            return False
        head = find_head(self.phrases, start, determined=False)
        part = None if self.local else self.phrases.at(start, "part")
        if head is not None and (part is None or head.end >= part.end):
            return self._enter(head)
        if part is not None:
            # A part of two syllables may go on: "Giáo dục sức khỏe".
            topical = part.words in _grammar().topical
            return self._take(part.end, loose=topical, sure=part.words.count(" ") != 1)
        adjacent, short = self.capitals, word[0].isupper() and len(word[0]) > 1
        taken = self._take(word.end(), local=self.local)
        follower = WORD.match(self.text, self._next(), self.stop)
        alone = self.local or adjacent or short or word[0] in _grammar().single
        if not alone and follower is not None and self._may_follow(follower):
            self._take(follower.end())
            self.sure = self.known = False
            return True
        self.capitals = not short
        return taken

    def _head(self) -> bool:
        start = self._next()
        determiner = DETERMINER.match(self.text, start, self.stop)
        after = determiner.end() if determiner else start
        head = find_head(self.phrases, after, determined=determiner is not None)
        open_name = self.title or self.loose or self.joined or not (self.sure or self.unknown)
        if head is not None and (determiner or open_name or head.capital):
            return self._enter(head)
        # "Ban Điều hành các khóm": what there are several of is a noun, known or not.
        noun = WORD.match(self.text, after, self.stop)
        several = determiner is not None and noun is not None and noun[0][0].islower() and self._verb(after) is None
        return several and noun is not None and self._take(noun.end())

    def _separated(self) -> bool:
        match = SEPARATOR.match(self.text, self.place, self.stop)
        if match is None:
            return False
        determiner = DETERMINER.match(self.text, match.end(), self.stop)
        start = determiner.end() if determiner else match.end()
        head = find_head(self.phrases, start, determined=determiner is not None)
        if head is not None:
            return self._enter(head)
        if CAPITAL.match(self.text, start, self.stop) and ";" not in match[0]:
            before, self.place, self.capitals = self.place, start, False
            if self.phrases.at(start, "order") is None and self._capital():
                return True
            self.place = before
            return False
        word = WORD.match(self.text, start, self.stop)
        again = _grammar().closed.match(self.text, start - 1, self.stop)
        if again and word and self.text[start - 1].isspace() and word[0] == "cấp":
            return self._take(again.end())
        if self.loose and word and self._may_follow(word):
            return self._take(word.end(), loose=True)
        # "Phòng Chính trị và công tác học viên": counts when a verb follows soon.
        if word and not self.unknown and match[0].strip() == "và" and self._may_follow(word):
            self.before_unknown, self.place, self.unknown = self.place, word.end(), 1
            self.sure = self.known = False
            self.joined = True
            return True
        return False

    def _small(self) -> bool:
        word = WORD.match(self.text, self._next(), self.stop)
        most = LOOSE if self.loose else KNOWN if self.known else UNKNOWN
        if word is None or self.sure or self.unknown >= most:
            return False
        if not self._may_follow(word, bound=self.loose):
            return False
        if not self.unknown:
            self.before_unknown = self.place
        self.unknown += 1
        self.place, self.capitals = word.end(), False
        return True

    # -- what the rules share

    def _enter(self, head: Phrase) -> bool:
        """Go on from a head; a verb that belongs to its name goes with it."""
        kind = head.words.rpartition(", ")[2].rpartition(" va ")[2]
        part = self.phrases.at(_blank_after(self.text, head.end), "part")
        verb_end = None if part is not None and part.capital else _names_verb(self.phrases, kind, head.end)
        self._take(verb_end or head.end)
        printed = " ".join(self.text[head.start : head.end].lower().split())
        follower = WORD.match(self.text, self._next(), self.stop)
        self.local = printed in _grammar().places
        small = follower is not None and self._may_follow(follower, bound=True)
        self.loose = head.label == "actor" and not self.local and small
        self.title = printed in _grammar().titles
        self.sure = not self.loose or self.title or printed in _grammar().complete
        self.loose = self.loose and not self.sure
        return True

    def _take(self, end: int, *, local: bool = False, loose: bool = False, sure: bool = True) -> bool:
        self.place, self.local, self.sure, self.known = end, local, sure and not loose, True
        self.capitals = self.title = self.joined = False
        self.unknown = 0
        self.loose = loose
        return True

    def _may_follow(self, word: re.Match[str], *, bound: bool = False) -> bool:
        """Tell whether a small word may belong to the name; `bound`: the name can't end before it as it stands."""
        if not word[0][0].islower() or (word[0] in _grammar().stoppers and not (bound and word[0] == "có")):
            return False
        if _grammar().closed.match(self.text, self.place, self.stop) and word.start() <= self._next():
            return False
        return self._verb(word.start()) is None

    def _is_longer_verb(self, qualifier: re.Match[str]) -> bool:
        start = qualifier.start() + len(qualifier[0]) - len(qualifier[0].lstrip())
        verb = self.phrases.at(start, *VERBS, "nobody")
        return verb is not None and verb.end > qualifier.end() and self.text[verb.start : verb.end].islower()

    def _verb(self, place: int) -> Phrase | None:
        verb = self.phrases.at(place, *VERBS)
        if verb is None or verb.capital or verb.end > self.stop or self.phrases.covers(place + 1, "group"):
            return None
        return verb

    def _is_small(self, place: int) -> bool:
        word = WORD.match(self.text, place, self.stop)
        return word is not None and word[0][0].islower() and word[0] not in _grammar().stoppers

    def _next(self) -> int:
        return _blank_after(self.text, self.place)
