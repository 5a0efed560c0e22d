"""The outline of a dispatch: its paragraphs as a tree of items, numbered, lettered, dashed or unmarked.

Stands between the running text and the directives. It knows lists that restart, levels that OCR robbed of a marker,
decimals ("2.1") and the closing paragraphs that belong to no item. It doesn't know what an item says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extraction.paragraphs import BULLETS, CAPITALS, Marker, Paragraph, read_paragraphs
from pipeline.extraction.running import RunningText, Zone

LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")
ROMAN = {"I": 1, "V": 5, "X": 10}
# How many markers of a list OCR may lose in a row before the next one counts as a list of its own.
LOST_MARKERS = 2
# "III" may be read "I"; a later numeral isn't read so short, "I" after it begins another list.
SHORTEST = 2
# Outermost first: a marker of an outer kind ends every list of an inner kind.
RANKS = ("part", "capital", "roman", "article")
# Words that open the closing paragraphs after the last item.
CLOSING = re.compile(
    r"(?:Trên đây|Nhận được|Đề nghị|Kính đề nghị|Trân trọng|Yêu cầu|Trong quá trình|Quá trình|Mọi |Rất mong|Kết quả|"
    r"Báo cáo|Căn cứ |Vậy |Văn bản này|Công văn này|Kế hoạch này|(?:Sở|UBND|Ủy ban|Bộ|Giám đốc|Chủ tịch|Ban|Cục|"
    r"Chi cục|Văn phòng)\b[^.:;]{0,80}?\b(?:đề nghị|yêu cầu|thông báo))"
)
HEADING_LENGTH = 160
SPECKS = " \n\"'’‘`|_~^*“”"


@dataclass(frozen=True)
class Item:
    """An item: its own paragraph `text[start:end]` without the marker, and the items under it.

    `label` joins the printed markers of the item and those above it by "."; None for a paragraph outside all lists.
    `stop` is the end of its last sub-item.
    """

    start: int
    end: int
    stop: int
    marker: Marker | None
    label: str | None
    children: tuple["Item", ...]

    def walk(self) -> Iterator["Item"]:
        """Give the item and everything under it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class _Node:
    start: int
    end: int
    marker: Marker | None
    ordinal: int = 0
    parent: "_Node | None" = None
    children: list["_Node"] = field(default_factory=list)


def read_outline(running: RunningText, *zones: Zone, without: Sequence[tuple[int, int]] = ()) -> tuple[Item, ...]:
    """Read the outline of the wanted zones: the outermost items and unmarked paragraphs, in order.

    Lines `without`, such as those of a table, are left out.
    """
    return build_outline(running.text, read_paragraphs(running, *zones, without=without))


def build_outline(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Item, ...]:
    """Build the tree from paragraphs in order.

    A marker continues the innermost open list of its style that it can follow, else it opens a list under the
    paragraph before it. A marker that fits nowhere is no marker: its paragraph goes on.
    """
    root = _Node(0, 0, None)
    last = root
    paragraphs = list(_repair_romans(text, paragraphs))
    final = max((i for i, p in enumerate(paragraphs) if p.marker and p.marker.kind not in BULLETS), default=-1)
    for index, paragraph in enumerate(paragraphs):
        if paragraph.marker is None:
            parent = _home(text, last, paragraph, after_lists=index > final)
        else:
            found = _place(last, paragraph.marker, root)
            if found is None:
                last.end = paragraph.end
                continue
            parent = found
        node = _Node(paragraph.start, paragraph.end, paragraph.marker, parent=parent)
        node.ordinal = _ordinal(parent, paragraph.marker)
        parent.children.append(node)
        last = node
    return tuple(_freeze(child, "") for child in root.children)


def is_heading(text: str, item: Item) -> bool:
    """Tell a heading ("Tổ chức thực hiện", "Sở Y tế:") from an item that says something itself."""
    return bool(item.children) and _is_bare(text, item.start, item.end)


def _is_bare(text: str, start: int, end: int) -> bool:
    """Tell words too few and too loose for a sentence; specks after the full stop don't count."""
    own = text[start:end].strip(SPECKS)
    return len(own) <= HEADING_LENGTH and not own.endswith((".", ";", ","))


def _place(last: _Node, marker: Marker, root: _Node) -> _Node | None:
    """Find the node a marked paragraph belongs under; None when its number fits no list."""
    number = _number(marker)
    for node in _up(last):
        if node.marker is not None and node.parent is not None and _follows(node.marker, marker, number):
            return node.parent
    if marker.kind == "decimal":
        return _place_decimal(last, marker, root)
    if marker.kind == "roman" and marker.number not in marker.printed:
        return None  # a numeral guessed from what OCR made of it must go on a list
    if number > 1 + LOST_MARKERS and marker.kind not in ("article", "part"):
        return None
    if marker.kind in RANKS:
        outer = RANKS[:1] if marker.kind == "article" else RANKS[: RANKS.index(marker.kind)]
        return next((node for node in _up(last) if node.marker and node.marker.kind in outer), root)
    if marker.kind in BULLETS:
        return last
    # A list that begins anew under an item of its own style belongs beside that item, not under it.
    for node in _up(last):
        if node.marker is not None and node.marker.style == marker.style and node.parent is not None:
            return node.parent
    return next((node for node in _up(last) if node.marker is None or node.marker.kind not in BULLETS), root)


def _place_decimal(last: _Node, marker: Marker, root: _Node) -> _Node | None:
    """2.1 stands under 2, whatever came between; under the innermost item when there is no 2."""
    above = marker.number.rpartition(".")[0]
    for node in _up(last):
        if node.marker is not None and node.marker.number == above and node.marker.kind in ("digit", "decimal"):
            return node
    if marker.number.rpartition(".")[2] not in ("1", "2"):
        return None
    return next((n for n in _up(last) if n.marker is not None and n.marker.kind in (*RANKS, "digit")), root)


def _follows(before: Marker, marker: Marker, number: int) -> bool:
    if before.style != marker.style:
        return False
    if marker.kind in BULLETS:
        return True
    if marker.kind == "decimal" and before.number.rpartition(".")[0] != marker.number.rpartition(".")[0]:
        return False
    # "5" printed twice is a slip of the authors, both are items.
    return 0 <= number - _number(before) <= 1 + LOST_MARKERS and number > 0


def _home(text: str, last: _Node, paragraph: Paragraph, *, after_lists: bool) -> _Node:
    """Find what an unmarked paragraph belongs under: the item it goes on with, or nothing (the closing)."""
    nodes = list(_up(last))
    root = nodes[-1].parent if nodes and nodes[-1].parent else (nodes[-1] if nodes else last)
    item = next((n for n in nodes if n.marker is not None and n.marker.kind not in BULLETS), None)
    if item is None:
        return root
    if not after_lists or (item.marker and item.marker.kind == "article"):
        return item
    bare = _is_bare(text, item.start, item.end)
    if bare and item is last:
        return item
    return item if bare and not CLOSING.match(text[paragraph.start : paragraph.end]) else root


def _up(node: _Node) -> Iterator[_Node]:
    """Give a node and those above it, without the root."""
    while node.parent is not None:
        yield node
        node = node.parent


def _repair_romans(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Give Roman numerals that OCR read short their place in the list, and "I." that was "1." its figure.

    A heading after "II" that is read "II" is "III"; one in capitals after "I" that is read "I" is "II".
    """
    last = 0
    for paragraph in paragraphs:
        marker = paragraph.marker
        if marker is not None and marker.kind in ("part", "capital"):
            last = 0
        if marker is None or marker.kind != "roman":
            yield paragraph
            continue
        number = _number(marker)
        capitals = CAPITALS.match(text[paragraph.start : paragraph.end]) is not None
        if number == 1 and last > 1 and not capitals:
            yield replace(paragraph, marker=Marker("digit", "digit.", "1", marker.printed))
            continue
        if number <= last < len(ROMANS) and (number > 1 or (capitals and last <= SHORTEST)):
            marker = replace(marker, number=ROMANS[last])
        last = _number(marker)
        yield replace(paragraph, marker=marker)


def _number(marker: Marker) -> int:
    """Give the place of a marker in its list: 3 for "3.", "c)", "III." and "2.3"; 1 for a bullet."""
    if marker.kind in BULLETS:
        return 1
    if marker.kind == "roman":
        values = [ROMAN[letter] for letter in marker.number]
        return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
    if marker.kind == "letter":
        return LETTERS.find(marker.number) + 1
    if marker.kind == "capital":
        return "ABCDĐEGH".find(marker.number) + 1
    digits = marker.number.rpartition(".")[2]
    return int(digits) if digits else 1


def _ordinal(parent: _Node, marker: Marker | None) -> int:
    """Count a bullet among the bullets of its style that stand in one list."""
    if marker is None or marker.kind not in BULLETS:
        return 0
    return 1 + sum(child.marker is not None and child.marker.style == marker.style for child in parent.children)


def _freeze(node: _Node, above: str) -> Item:
    label = _label(node, above)
    children = tuple(_freeze(child, label) for child in node.children)
    stop = max([node.end, *(child.stop for child in children)])
    return Item(node.start, node.end, stop, node.marker, label or None, children)


def _label(node: _Node, above: str) -> str:
    if node.marker is None:
        return above
    if node.marker.kind in BULLETS:
        own = f"{'+' if node.marker.kind == 'plus' else '-'}{node.ordinal}"
    elif node.marker.kind == "decimal":
        # 2.1 already says that it stands under 2.
        head = node.marker.number.rpartition(".")[0]
        above = above.removesuffix(head).removesuffix(".")
        own = node.marker.number
    elif node.marker.kind == "article":
        # Articles are numbered through all chapters.
        return node.marker.printed.rstrip(" .:")
    elif node.marker.kind == "part":
        own = node.marker.printed.rstrip(" .:")
    else:
        own = node.marker.number
    return ".".join(part for part in (above, own) if part)
