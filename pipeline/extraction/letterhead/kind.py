"""The kind of document: its title decides, then V/v, then the code in its symbol; disagreement is shown."""

from dataclasses import dataclass

from pipeline.extraction.letterhead.header import Header
from pipeline.extraction.letterhead.printed import Doubt, Found
from pipeline.extraction.letterhead.titles import ABOUT, find_title
from pipeline.vietnam.kinds import Kind, kind_of_code

FIELD = "letterhead.kind"


@dataclass(frozen=True)
class KindReading:
    """The kind, and where its title stands among the centred lines."""

    kind: Found[str] | None = None
    title: tuple[int, Kind] | None = None
    doubts: tuple[Doubt, ...] = ()


def read_kind(header: Header, symbol: Found[str] | None, *, addressed: bool) -> KindReading:
    """Tell the kind of the dispatch.

    A công văn has no title, its symbol names no kind, and it bears a V/v or is addressed to somebody. The code alone
    serves where the title is lost; a title wins over the code ("GIẤY MỜI" numbered "52/GM-TB", a Party's "QUY ĐỊNH"
    numbered QĐ).
    """
    coded = _kind_of_symbol(symbol, party=header.party)
    title = find_title(header.centre)
    if title:
        place, kind = title
        line = header.centre[place]
        agree = coded is None or coded == kind.name or (kind.name, coded) == ("quy định", "quyết định")
        sure = min(line.confidence + 0.1, 1.0)
        found = Found(
            kind.name, line.start, line.end, round((0.98 if agree else 0.8) * max(0.8, sure), 2), "tên loại văn bản"
        )
        reason = f"Tên loại ghi “{kind.name}”, ký hiệu là của {coded}."
        doubts = () if agree else (Doubt(FIELD, reason, line.start, line.end, coded, 0.2),)
        return KindReading(found, title, doubts)
    about = next((line for line in header.left if ABOUT.match(line.folded.text)), None)
    if symbol and coded and coded != "công văn":
        found = Found(coded, symbol.start, symbol.end, 0.6 if about else 0.85, "mã tên loại trong ký hiệu")
        doubts = (
            (Doubt(FIELD, "Không thấy tên loại; loại lấy theo ký hiệu.", symbol.start, symbol.end),) if about else ()
        )
        return KindReading(found, None, doubts)
    if about or (symbol and addressed):
        start, end = (about.start, about.end) if about else (symbol.start, symbol.end) if symbol else (0, 0)
        rule = "V/v dưới số, không có tên loại" if about else "ký hiệu không mang mã tên loại"
        return KindReading(Found("công văn", start, end, 0.97 if about and symbol else 0.85, rule))
    return KindReading(doubts=(Doubt(FIELD, "Không đọc được tên loại văn bản."),))


def _kind_of_symbol(symbol: Found[str] | None, *, party: bool) -> str | None:
    """Give the kind the symbol's first part stands for; "QH15" is a law's or a resolution's: none."""
    if symbol is None:
        return None
    code = symbol.value.replace("/", "-").split("-")[0]
    if code == symbol.value:
        return None
    kind = kind_of_code(code, party=party)
    return kind.name if kind else None
