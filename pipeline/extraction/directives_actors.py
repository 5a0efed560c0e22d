"""Actors: who is told to do something, as printed, and where their names end and the task begins."""

import re
from dataclasses import dataclass

from pipeline.extraction.directives_names import find_extent, find_head
from pipeline.extraction.directives_phrases import Phrases
from pipeline.extraction.paragraphs import UPPER
from pipeline.vietnam.fold import fold

# Words that may stand before an actor's name and belong to it.
DETERMINER = re.compile(
    r"(?:(?:tất cả|toàn thể|toàn bộ|các|những|mỗi|từng|mọi|Quý|quý|cấp ủy,? chính quyền|đối với)\s+)+",
    re.IGNORECASE,
)
# A name goes no further than here, whatever follows.
BARRIER = re.compile(
    r"""[:.!?…](?=\s|$)|;(?=\s*(?:$|[^\w\s]))|\n\s*\n
    |(?<!\w)(?:theo|như\s+sau|đều|nếu|khi|để|nhằm|sớm|được|đã|đang|là|trong\s+quá\s+trình|trong\s+thời\s+gian|ngay\s+sau|sẽ|không|tùy|xin|và\s+(?=gửi|báo\s+cáo))(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
# "UBND các xã còn lại": what belongs to a name though no name holds it.
REST = re.compile(r"\s+(?:còn\s+lại|trong\s+nước)\b")
LONGEST = 600
# Bodies of one place: "Phòng Y tế, Trung tâm Y tế các huyện" says "các huyện" of both.
LOCAL_HEADS = ("phong", "trung tam", "hat", "chi cuc", "doi", "tram", "ban", "cong an")
# "UBND huyện A, huyện B và thị xã C" is one phrase: the body is said once, at the beginning.
PLACES = ("huyen", "thi xa", "thanh pho", "xa", "phuong", "thi tran", "dac khu")
LOCALITY = re.compile(r"\b(?:cac |cap )?(?:huyen|thi xa|thanh pho|xa|phuong|thi tran|dac khu|dia phuong|quan)\b[^,;]*$")
# "Giám đốc các Sở:", "UBND các huyện miền núi:"
BEFORE_LIST = re.compile(
    r"\bcác(?:\s+(?:sở|bộ|ban|ngành|huyện|phòng|xã|phường|tỉnh|địa phương)(?:\s+(?:miền núi|ven biển|vùng cao))?)?\s*$",
    re.IGNORECASE,
)
PERSON = re.compile(rf"\s*(?:[Cc]ác\s+)?(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à)\s+[{UPPER}]")
OFFICES = (
    "pho",
    "giam doc",
    "truong",
    "chanh",
    "chu tich",
    "bi thu",
    "cuc truong",
    "vu truong",
    "uy vien",
    "to truong",
)
# "UBND các huyện: Ba Tơ, Minh Long và thị xã Đức Phổ"
_KIND = r"(?:tỉnh|huyện đảo|huyện|thị xã|thành phố|xã|phường|thị trấn|đặc khu|quận)"
_WHERE = r"(?:\s+(?:miền núi|ven biển|vùng cao|giáp biển|hải đảo)(?=:))?"
PLACE_LIST = re.compile(
    rf"(?P<body>(?:[^,;]*?\s)??)(?=(?:[Cc]ác\s+)?{_KIND}{_WHERE}:?\s+[{UPPER}])(?P<places>[^()]+)$", re.DOTALL
)
PLACE_COMMA = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+")
ONE_PLACE = re.compile(
    rf"(?:(?:[Cc]ác\s+)?(?P<kind>{_KIND}){_WHERE}:?\s+)?"
    rf"(?P<name>[{UPPER}][\w'’-]*(?:[ -]+[{UPPER}][\w'’-]*){{0,4}}|\d{{1,2}})"
)
PLACE_BODY = re.compile(r"(?:^|\s)(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|dang uy|chu tich|bi thu)\s*$")
COOPERATE = re.compile(
    r"(?:chủ\s+trì,?\s+)?(?:và\s+)?(?:phối\s+hợp|kết\s+hợp|cùng)\s*(?:chặt\s+chẽ\s*)?(?:cùng\s+với|với|cùng|giữa)?\s+",
    re.IGNORECASE,
)
# Words that mean the addressees of Kính gửi, not somebody of their own.
GENERIC = re.compile(
    r"^(?:(?:thu truong|giam doc|lanh dao|nguoi dung dau)(?: cua)? )?"
    r"(?:(?:tat ca|toan the) )?(?:(?:cac|quy|nhung|moi|tung) )*"
    r"(?:(?:co quan|don vi|dia phuong|so|bo|ban|nganh|vien|truong|co so|dong chi|ong|ba|cap)(?:,| va|, va)? ?)+"
    r"(?:noi tren|neu tren|tren|co lien quan|lien quan)?$"
)
SPECIFIC_GROUP = re.compile(r"\bso, |\bban, nganh|\bso, nganh")


@dataclass(frozen=True)
class Actor:
    """An actor phrase at `text[start:end]`, its names as printed, and whether something binds it there."""

    start: int
    end: int
    names: tuple[str, ...]
    acts: bool
    """A verb, a duty or a manner follows at once."""


def read_actor(phrases: Phrases, start: int, stop: int) -> Actor | None:
    """Read the actor phrase that begins at a place, up to its verb; None where no actor's name begins."""
    text = phrases.text
    place = _skip_blank(text, start, stop)
    determiner = DETERMINER.match(text, place, stop)
    head_place = determiner.end() if determiner else place
    head = find_head(phrases, head_place, determined=determiner is not None)
    if head is None:
        return None
    barrier = _barrier(text, head.end, min(stop, place + LONGEST))
    extent = find_extent(phrases, head, max(barrier, head.end))
    end, acts = extent.end, extent.acts
    rest = REST.match(text, end, stop)
    end = rest.end() if rest else end
    return _actor(phrases, place, end, acts=acts or _acts_after(text, end, stop))


def split_names(text: str) -> tuple[str, ...]:
    """Split a text that is all names, such as the cell of a table; dashes part names too.

    >>> split_names("- Sở Y tế - UBND các huyện Ba Tơ, Sơn Hà")
    ('Sở Y tế', 'UBND huyện Ba Tơ', 'UBND huyện Sơn Hà')
    """
    listed = re.sub(rf"(?:^|(?<=\s))[-–+•]\s*(?=[{UPPER}])", "; ", text).strip(" ;,.|")
    names = _split(Phrases(listed), 0, len(listed))
    return tuple(one for name in names for one in each_place(name))


def read_cooperators(phrases: Phrases, start: int, stop: int) -> tuple[str, ...]:
    """Read who is to co-operate, from the first "phối hợp với" of a stretch's first sentence."""
    found = COOPERATE.search(phrases.text, start, stop)
    while found:
        actor = read_actor(phrases, found.end(), stop)
        if actor is not None:
            return actor.names
        found = COOPERATE.search(phrases.text, found.end(), stop)
    return ()


def is_generic(name: str) -> bool:
    """Tell words that mean the addressees of Kính gửi ("các đơn vị", "Quý Sở") from names.

    >>> is_generic("Thủ trưởng các đơn vị"), is_generic("các sở, ban, ngành")
    (True, False)
    """
    folded = fold(name).strip()
    return bool(GENERIC.match(folded)) and not SPECIFIC_GROUP.search(folded)


def _actor(phrases: Phrases, start: int, end: int, *, acts: bool) -> Actor | None:
    text = phrases.text
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    names = tuple(one for name in _split(phrases, start, end) for one in each_place(name))
    return Actor(start, end, names, acts) if names else None


def _split(phrases: Phrases, start: int, end: int) -> tuple[str, ...]:
    """Cut a list of names at the commas, semicolons and "và" after which another actor's name begins."""
    text = phrases.text
    cuts = [start]
    for match in re.finditer(r"[,;]\s*(?:và\s+)?|\s+và\s+", text[start:end]):
        after = start + match.end()
        determiner = DETERMINER.match(text, after, end)
        head = find_head(phrases, determiner.end() if determiner else after, determined=determiner is not None)
        inside = phrases.covers(start + match.start(), "group") or phrases.covers(after, "group")
        place_only = head is not None and head.words in PLACES and names_body(text, cuts[-1])
        # "đồng chí Trần Văn An, Phó Giám đốc Sở" is one person.
        if head is not None and PERSON.match(text, cuts[-1]) and head.words.startswith(OFFICES):
            continue
        if head is not None and not place_only and not inside and not _in_brackets(text, start, after):
            cuts.append(after)
    names = [_clean(text[a:b]) for a, b in zip(cuts, [*cuts[1:], end], strict=True)]
    return _join_local([name for name in names if name])


def each_place(name: str) -> tuple[str, ...]:
    """Give each of several places its own name; a list that holds anything but names of places stays one.

    >>> each_place("UBND các huyện Ba Tơ, Minh Long và thị xã Đức Phổ")
    ('UBND huyện Ba Tơ', 'UBND huyện Minh Long', 'UBND thị xã Đức Phổ')
    """
    opened = PLACE_LIST.match(name)
    if opened is None or not (names_place_body(opened["body"]) or not opened["body"].strip()):
        return (name,)
    pieces = PLACE_COMMA.split(opened["places"])
    kind, found = "", []
    for piece in pieces:
        match = ONE_PLACE.fullmatch(piece)
        if match is None:
            return (name,)
        kind = (match["kind"] or kind).lower().strip()
        found.append(f"{opened['body']}{kind} {match['name']}")
    return tuple(found) if len(found) > 1 else (name,)


def names_place_body(body: str) -> bool:
    """Tell whether a body stands for the place it names: "UBND", "Chủ tịch UBND", "Đảng ủy"."""
    return PLACE_BODY.search(fold(body)) is not None


def names_body(text: str, start: int) -> bool:
    """Tell whether a name begins with a body ("UBND", "Chủ tịch") that goes on for the places after it."""
    return (
        fold(text[start : start + 40])
        .lstrip()
        .startswith(("ubnd", "uy ban", "chu tich", "phong", "giam doc", "truong", "cac phong"))
    )


def _join_local(names: list[str]) -> tuple[str, ...]:
    """Keep "Phòng Y tế, Trung tâm Y tế các huyện" one name: its place is said once, at the end."""
    joined: list[str] = []
    for name in names:
        before = fold(joined[-1]) if joined else ""
        if (
            before.startswith(LOCAL_HEADS)
            and fold(name).startswith(LOCAL_HEADS)
            and LOCALITY.search(fold(name))
            and not LOCALITY.search(before)
        ):
            joined[-1] = f"{joined[-1]}, {name}"
        else:
            joined.append(name)
    return tuple(joined)


def _clean(name: str) -> str:
    name = " ".join(name.split()).strip(" ,;:.–-")
    name = re.sub(r"^(?:và|đối với|cho)\s+", "", name, flags=re.IGNORECASE)
    return re.sub(r"\s+và$", "", name)


def _barrier(text: str, start: int, stop: int) -> int:
    for match in BARRIER.finditer(text, start, stop):
        if match[0][0] == "." and re.search(
            r"\b(?:TP|Tp|TX|TT|Th|ThS|H|P|Q|X)$", text[max(0, match.start() - 4) : match.start()]
        ):
            continue
        # "Giám đốc các Sở: Tài chính, Y tế" goes on after its colon.
        if match[0] == ":" and BEFORE_LIST.search(text[max(0, match.start() - 30) : match.start()]):
            continue
        if match[0][0].isalpha() and _in_brackets(text, start, match.start()):
            continue
        return match.start()
    return stop


def _in_brackets(text: str, start: int, place: int) -> bool:
    return text.count("(", start, place) > text.count(")", start, place)


def _acts_after(text: str, end: int, stop: int) -> bool:
    return bool(
        re.match(r"\s*,?\s*(?:theo|như\s+sau|đều|nếu|khi|để|sớm|ngay|được|sẽ|là|tùy|xin|không)\b", text[end:stop])
    )


def _skip_blank(text: str, start: int, stop: int) -> int:
    while start < stop and (text[start].isspace() or text[start] in '“"(,'):
        start += 1
    return start
