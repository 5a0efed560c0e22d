"""Orders: whether a sentence or an item tells somebody to do something, to whom, and where it begins.

Rules only, on the phrases of `directives_phrases`. Reports ("đã", "đang"), headings, topics and closing formulas are
no orders.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extraction.directives_actors import Actor, read_actor
from pipeline.extraction.directives_phrases import Phrase, Phrases, word_lists
from pipeline.extraction.paragraphs import UPPER
from pipeline.vietnam.fold import fold

# Before an ordering word: it is named, not spoken ("theo đề nghị của", "được giao", "hồ sơ đề nghị").
NAMED = re.compile(
    r"(?:theo|xét|được|đã|đáp\s+ứng|các|những|văn\s+bản|công\s+văn|tờ\s+trình|hồ\s+sơ|đơn|phiếu|nội\s+dung|về\s+việc|việc|phù\s+hợp(?:\s+với)?|đúng|có|"
    r"xem\s+xét|khi|một\s+số|mục\s+đích|mục\s+đích,|về|vượt|chưa|thực\s+hiện|bảo\s+đảm|đảm\s+bảo|theo\s+các|nhu\s+cầu|tiêu\s+chí|điều\s+kiện|"
    r"trên\s+cơ\s+sở|từ|do|giấy|bản|danh\s+sách|làm|hoàn\s+thiện|tham\s+mưu|trình|văn\s+thư|lập|kế\s+hoạch|bàn|chức\s+năng|nhiệm\s+vụ|phối\s+hợp|hoặc|và|mức|đạt|quy\s+định|chuyển)\s*$",
    re.IGNORECASE,
)
# After an ordering word: the same ("đề nghị của", "yêu cầu kỹ thuật", "giao đất").
NAMES = re.compile(
    r"\s*(?:của|khen\s+thưởng|này|trên|nêu|sau\b|cụ\s+thể|kỹ\s+thuật|chung|về\b|đặt\s+ra|thông|lưu|dịch|hẹn|(?-i:ban)\b|nhận\s+(?:trách|nhiệm))",
    re.IGNORECASE,
)
# A letter that came in asks: "Nhận được Công văn số 15 của UBND huyện đề nghị …"; or one sent before.
CITED = re.compile(
    r"\b(?:nhận\s+được|tiếp\s+nhận|xem\s+xét|xét|đã\s+(?:có|ban\s+hành|gửi))\b[^,;:]*\b(?:công\s+văn|tờ\s+trình|văn\s+bản|báo\s+cáo|đơn|thư)\b[^,;:]*$",
    re.IGNORECASE,
)
NEEDS_ACTOR = ("giao", "giao cho", "giao nhiem vu", "kien nghi", "de xuat voi", "luu y")
# An issuer's own promise, consent or courtesy.
PROMISE = re.compile(r"\bsẽ\b|\bđồng ý\b|\bthống nhất (?:chủ trương|với)", re.IGNORECASE)
SETTING = re.compile(
    r"(?:Trên cơ sở|Để|Sau|Trong|Căn cứ|Theo|Đối với|(?:Hằng|Hàng)\s+(?:năm|tháng|quý|tuần)|Định kỳ|Kết thúc|Ngay sau|"
    r"Trước|Trường hợp|Nếu|Khi|Nhằm|Từ|Tùy|Tại|Riêng|Ngoài|Bên cạnh|Cùng với|Thực hiện|Qua|Với|Nhận được|Chậm nhất|"
    r"Do|Đến|Về|Liên quan)\b"
)
CONDITIONAL = re.compile(
    r"\b(?:nếu|trường\s+hợp)\b[^.;]{0,160}?\b(?:khó\s+khăn|vướng\s+mắc|phát\s+sinh|vấn\s+đề)\b[^.]{0,200}?\b(?:báo\s+cáo|phản\s+ánh|gửi|thông\s+tin|liên\s+hệ|trao\s+đổi|kiến\s+nghị)\b",
    re.I,
)
# An issuer's consent: "Thống nhất nội dung phối hợp", "Đồng ý với đề nghị của …".
CONSENT = re.compile(
    r"(?:cơ\s+bản\s+)?(?:thống\s+nhất|đồng\s+ý|nhất\s+trí|chấp\s+thuận)\s+"
    r"(?:về\s+|với\s+|theo\s+)?(?:các\s+)?(?:nội\s+dung|đề\s+nghị|đề\s+xuất|chủ\s+trương|ý\s+kiến|dự\s+thảo|kiến\s+nghị)\b",
    re.IGNORECASE,
)
# The closing notice: "Văn phòng thông báo để các đơn vị biết, thực hiện./."
NOTICE = re.compile(
    r"(?:Văn\s+phòng\b[^.;:]{0,60}?\s)?(?:xin\s+)?thông\s+báo\b.{0,200}\b(?:được\s+)?biết\b[^.;:]{0,60}[\s./]*$",
    re.DOTALL | re.IGNORECASE,
)
# Who is let off: "Riêng xã A không phải báo cáo lại".
LET_OFF = re.compile(
    r"\b(?:không\s+(?:phải|cần|yêu\s+cầu)|được\s+miễn)\s+(?:thực\s+hiện|báo\s+cáo|gửi|nộp|lập|tổ\s+chức|rà\s+soát|đăng\s+ký)\b",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\b(?:liên hệ|điện thoại|số điện thoại|thông tin chi tiết|chi tiết xin|mọi chi tiết|đầu mối liên hệ|đt)\b",
    re.IGNORECASE,
)
HEADING_OPENER = re.compile(
    r"(?:(?:Đối\s+với|Trách\s+nhiệm\s+của|Nhiệm\s+vụ\s+của|Về\s+phía|Giao(?:\s+cho)?|Đề\s+nghị|Yêu\s+cầu|Riêng)\s+)+(?:đối\s+với\s+)?",
    re.IGNORECASE,
)
DONE = re.compile(r"\s+(?:đã|đang|báo\s+cáo|xin\s+báo\s+cáo|trình)\b")
# A task that begins with its duty: "Chịu trách nhiệm trước Chủ tịch về tiến độ".
BINDS = re.compile(r"(?:Chịu|Có)\s+trách\s+nhiệm\b")
SINGLE = re.compile(r"Riêng(?:\s+đối\s+với)?\s+")
SENTENCE = re.compile(rf"[.!?…](?=\s+[“\"(]?[{UPPER}])")
_ABBREVIATION = re.compile(r"(?:\b(?:TP|Tp|TX|TT|Th|ThS|TS|BS|H|P|Q|X|KT|TM|TL|v\.v|đ/c|Đ/c)|\(\w|(?:^|\s)\d{1,2})$")
_ENDS = re.compile(r"[\s./;:,”\"]+$")


@dataclass(frozen=True)
class Order:
    """An order at `text[start:end]`: who is told (None: nobody named there) and how sure it is one."""

    start: int
    end: int
    actor: Actor | None
    confidence: float


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a stretch into sentences; a full stop counts before a capital, not after an abbreviation or "1"."""
    cuts = [start]
    for match in SENTENCE.finditer(text, start, end):
        if not _ABBREVIATION.search(text[max(start, match.start() - 6) : match.start()]):
            cuts.append(match.end())
    spans = []
    for a, b in zip(cuts, [*cuts[1:], end], strict=True):
        while a < b and text[a].isspace():
            a += 1
        if a < b:
            spans.append((a, b))
    return spans


def spoken_order(phrases: Phrases, start: int, end: int) -> tuple[Phrase, Actor | None] | None:
    """Find the first ordering word of a sentence by which the dispatch itself speaks, and whom it addresses."""
    for phrase in phrases.between(start, end, "order"):
        before = phrases.text[max(start, phrase.start - 30) : phrase.start]
        if NAMED.search(before) or NAMES.match(phrases.text, phrase.end, end):
            continue
        if _in_quotes(phrases.text, start, phrase.start) or _in_brackets(phrases.text, start, phrase.start):
            continue
        if CITED.search(phrases.text[start : phrase.start]):
            continue
        actor = read_actor(phrases, _after_giver(phrases.text, phrase.end), end)
        if actor is None and phrase.words in NEEDS_ACTOR:
            continue
        opens = phrase.words != "yeu cau" or not phrases.text[start : phrase.start].strip()
        if (
            actor is not None
            or _asks_all(phrases.text, phrase.end, end)
            or (opens and _verb_follows(phrases, phrase.end, end))
        ):
            return phrase, actor
    return None


def read_order(phrases: Phrases, start: int, end: int, *, imperative: bool) -> Order | None:
    """Read an item or sentence as an order; None when it tells, names or promises something.

    `imperative`: the item stands in a list of tasks, so that its own verb orders.
    """
    first, last = sentences(phrases.text, start, end)[0] if sentences(phrases.text, start, end) else (start, end)
    spoken = spoken_order(phrases, first, last)
    if spoken is not None and imperative and spoken[0].start > first and _opens_with_task(phrases, first, last):
        # What an item orders is its first verb: "Tiếp tục tuyên truyền, đề nghị người dân …" addresses no one else.
        return Order(start, end, None, 0.92)
    if spoken is not None:
        return Order(start, end, spoken[1], 0.95)
    opener = HEADING_OPENER.match(phrases.text, first, last)
    named = read_actor(phrases, opener.end(), last) if opener else None
    if named is not None and _bound(phrases, named, last, imperative=imperative):
        return Order(start, end, named, 0.93 if imperative else 0.8)
    head = skip_setting(phrases, first, last)
    actor = read_actor(phrases, head, last)
    if actor is not None and _bound(phrases, actor, last, imperative=imperative):
        return Order(start, end, actor, 0.93 if imperative else 0.8)
    if imperative and _begins_with_task(phrases, head, last):
        return Order(start, end, None, 0.92)
    return None


def is_courtesy(phrases: Phrases, start: int, end: int, *, spare: int = 1) -> bool:
    """Tell a closing formula ("Kính đề nghị các địa phương quan tâm, phối hợp thực hiện./.") from a request.

    `spare`: how many syllables of its own it may hold.
    """
    spoken = spoken_order(phrases, start, end)
    text = phrases.text
    stretch = text[start:end] if spoken is None else _without(text, start, end, spoken)
    folded = re.sub(r"[^\w\s]|\d", " ", fold(stretch))
    rest = _courtesy().sub(" ", f" {folded} ")
    return len(rest.split()) <= spare


def is_notice(phrases: Phrases, start: int, end: int, *, closing: bool = False) -> bool:
    """Tell a sentence that consents or lets somebody off, and orders nothing besides; `closing`: or gives notice."""
    text = phrases.text
    first = sentences(text, start, end)[0] if sentences(text, start, end) else (start, end)
    if spoken_order(phrases, start, end) is not None or first[1] < len(text[:end].rstrip()):
        return False
    if closing and NOTICE.match(text, *first):
        return True
    released = read_single(phrases, *first) is not None and LET_OFF.search(text, *first) is not None
    return released or CONSENT.match(text, *first) is not None


def clause_actors(phrases: Phrases, start: int, end: int) -> Iterator[Actor]:
    """Give the actor at the head of a sentence, and those after the commas of its setting."""
    places = [start]
    if SETTING.match(phrases.text, start, end):
        places += [start + match.end() for match in re.finditer(r",\s+", phrases.text[start:end])]
    for place in places:
        actor = read_actor(phrases, place, end)
        if actor is not None and (place == start or actor.acts or DONE.match(phrases.text, actor.end, end)):
            yield actor


def is_past(phrases: Phrases, start: int, end: int, *, going_on: bool = True) -> bool:
    """Tell a report: a past word before the first verb, in the first clause; `going_on`: "đang" counts too."""
    past = next((p for p in phrases.between(start, end, "past") if going_on or p.words != "dang"), None)
    if past is None:
        return False
    verb = next((p for p in phrases.between(start, end, "task", "duty") if not p.capital), None)
    return verb is None or past.start < verb.start


def heading_actor(phrases: Phrases, start: int, end: int) -> Actor | None:
    """Read the actor a heading is: "Sở Tài chính:", "Đối với UBND các huyện", "Trách nhiệm của Sở Y tế"."""
    text = phrases.text
    opener = HEADING_OPENER.match(text, start, end)
    actor = read_actor(phrases, opener.end() if opener else start, end)
    if actor is None:
        return None
    return (
        actor if re.match(r"\s*(?:\([^)]*\)\s*)?(?:có\s+trách\s+nhiệm\s*)?[:.]?\s*$", text[actor.end : end]) else None
    )


def _bound(phrases: Phrases, actor: Actor, end: int, *, imperative: bool) -> bool:
    """Tell whether an actor at the head of a sentence is told to do something there."""
    text = phrases.text
    tail = text[actor.end : end]
    if PROMISE.search(tail[:40]) or re.match(
        r"\s*(?:đã|đang|được|là(?!\s+(?:đơn\s+vị\s+|cơ\s+quan\s+)?đầu\s+mối))\b", tail
    ):
        return False
    colon = re.match(r"\s*(?:\([^)]*\))?\s*:\s*", tail)
    if colon:
        after = actor.end + colon.end()
        return _begins_with_task(phrases, skip_setting(phrases, after, end), end) or bool(
            re.match(r"\s*\(?[a-z]\)|\s*\(?Có\b", text[after:end])
        )
    verb = next(iter(phrases.between(actor.end, end, "duty", "task", "manner", "verb")), None)
    if not actor.acts and (verb is None or verb.start - actor.end > 160 or verb.capital):
        return False
    if is_past(phrases, actor.end, min(end, actor.end + 120)):
        return False
    duty = next((p for p in phrases.between(actor.end, end, "duty") if p.start - actor.end < 60), None)
    return imperative or duty is not None


def _opens_with_task(phrases: Phrases, start: int, end: int) -> bool:
    """Tell an item whose first word is its task from one that opens with a setting or an actor."""
    return SETTING.match(phrases.text, start, end) is None and _begins_with_task(phrases, start, end)


def read_single(phrases: Phrases, start: int, end: int) -> Actor | None:
    """Read who is singled out: "Riêng UBND huyện Lý Sơn báo cáo hằng ngày"."""
    single = SINGLE.match(phrases.text, start, end)
    actor = read_actor(phrases, single.end(), end) if single else None
    return actor if actor is not None and actor.acts else None


def read_watcher(phrases: Phrases, start: int, end: int) -> Actor | None:
    """Read who is to see the dispatch through ("… theo dõi, đôn đốc việc thực hiện"), or who is singled out."""
    actor = read_actor(phrases, skip_setting(phrases, start, end), end)
    if actor is None:
        return read_single(phrases, start, end)
    verb = next(iter(phrases.between(actor.end, end, "duty", "task", "manner", "verb")), None)
    near = verb is not None and not phrases.text[actor.end : verb.start].strip(" ,\n")
    watches = verb is not None and near and verb.words in word_lists()["watching"]["folded"]
    return actor if watches else read_single(phrases, start, end)


def _begins_with_task(phrases: Phrases, start: int, end: int) -> bool:
    place = start
    for _ in range(4):
        while place < end and (phrases.text[place].isspace() or phrases.text[place] in ',“"(–-'):
            place += 1
        if BINDS.match(phrases.text, place, end):
            return True
        verb = phrases.at(place, "task", "verb")
        if verb is not None:
            # "các trạm đang quản lý" tells which, not what was done; a small verb at the head opens its task.
            return not verb.capital or not is_past(phrases, start, min(end, start + 60), going_on=False)
        manner = phrases.at(place, "manner", "duty")
        if manner is None:
            return False
        place = manner.end
    return False


def _verb_follows(phrases: Phrases, start: int, end: int) -> bool:
    return _begins_with_task(phrases, start, min(end, start + 120))


def _asks_all(text: str, start: int, end: int) -> bool:
    """Tell "Yêu cầu, đề nghị:" and "đề nghị như sau:", which ask those addressed."""
    return bool(re.match(r"[^.;:]{0,60}(?:như sau|sau đây|nội dung sau|sau)?\s*:\s*$", text[start:end]))


def skip_setting(phrases: Phrases, start: int, end: int) -> int:
    """Skip what a sentence says before its order: "Trên cơ sở Kế hoạch này, …", "Đối với Sở Y tế: …"."""
    text = phrases.text
    verb = phrases.at(start, "task") is not None and not re.match(r"Kết thúc|Thực hiện", text[start:end])
    if verb or not SETTING.match(text, start, end):
        return start
    first = True
    for match in re.finditer(r"[,:]\s+", text[start:end]):
        place = start + match.end()
        if text.count("(", start, place) > text.count(")", start, place):
            continue
        # Further commas part the words of a list: only an actor makes a clause of what follows them.
        if first and _begins_with_task(phrases, place, end):
            return place
        first = False
        actor = read_actor(phrases, place, end)
        if actor is not None and actor.acts:
            return place
    return start


def _after_giver(text: str, place: int) -> int:
    """Skip "cho", "với", "đối với" between the ordering word and the actor."""
    match = re.match(r"\s*(?:cho|với|đối\s+với|tới|đến|thêm|kính\s+đề\s+nghị)?\s+", text[place : place + 30])
    return place + match.end() if match else place


def _in_quotes(text: str, start: int, place: int) -> bool:
    return text.count("“", start, place) > text.count("”", start, place)


def _in_brackets(text: str, start: int, place: int) -> bool:
    """Tell an aside: "tại Công văn số 15 (đề nghị góp ý trước ngày 10/5)" says what was asked then."""
    return text.count("(", start, place) > text.count(")", start, place)


def _without(text: str, start: int, end: int, spoken: tuple[Phrase, Actor | None]) -> str:
    phrase, actor = spoken
    # What stands before the ordering word is the issuer or a setting: "Nhận được Công văn này, Sở Y tế đề nghị".
    return text[actor.end : end] if actor else text[phrase.end : end]


@lru_cache(maxsize=1)
def _courtesy() -> re.Pattern[str]:
    words = sorted((fold(word) for word in word_lists()["courtesy"]["words"]), key=len, reverse=True)
    return re.compile(rf"(?<=\s)(?:{'|'.join(words)})(?=\s)")


def trimmed(text: str, start: int, end: int) -> int:
    """Give the end of a stretch without the blanks after it."""
    return start + len(text[start:end].rstrip())
