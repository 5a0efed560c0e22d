"""Number and symbol of the dispatch itself: the line "Số: 2718/SNNPTNT-NTM" of the header's left column.

A number is taken only when it is printed and surely read. A blank or hand-written one leaves the symbol, and a doubt
that shows the figures as OCR saw them. The numbers of documents cited are no business of this module.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipeline.extraction.letterhead.printed import SURE_FIGURE, SURE_WITH_SYMBOL, Doubt, Found, Stretch
from pipeline.extraction.letterhead.titles import ABOUT
from pipeline.vietnam.kinds import kind_of_code
from pipeline.vietnam.numbers import DocumentNumber, parse_number
from pipeline.vietnam.numbers_symbols import is_known

FIELD = "letterhead.number"
# "Số:", "Luật số:", and what OCR makes of it ("S6:", "Sb:", "Só.").
OPENER = re.compile(
    r"^\W{0,4}(?:(?:bo luat|luat|phap lenh|nghi quyet|nghi dinh|thong tu|quyet dinh|lenh)\s+)?"
    r"(?:s[o0b6e3dau]{1,2}|5[o0]|\$[o0])(?![a-z0-9])\s?(?P<colon>[:;.,]?)"
)
# Symbols: letters, figures of an Assembly's term, "&"; groups joined by "-" or "/", blanks around them allowed.
LETTER = r"[^\W\d_]"
GROUP = rf"{LETTER}(?:{LETTER}|\d|[&.](?={LETTER}))*"
# A comma joins only what is printed tight: "CTPH-LĐLĐ-SYT,BHXH".
SYMBOL = re.compile(rf"{GROUP}(?:\s?[-–—/]\s?{GROUP}|,(?=[A-ZĐ]{{2}}){GROUP})*")
# A symbol says who wrote: two capitals at least ("SYT", "TTg", "QĐ-UBND"), or Quốc hội's term.
CAPITALS = re.compile(r"[A-ZĐ]{2}|[A-ZĐ][a-zđ]{0,2}[A-ZĐ]|\bL-CTN|QH\d")
SERIAL = re.compile(r"^(?P<serial>\d{1,6}(?:\.\d{1,3})?[a-zA-Zđ]?)\s*(?:/\s*(?P<year>(?:19|20)\d{2}))?$")
EMPTY = re.compile(r"^[\s._…·\-–:;,|'`]*$")
# "Số: 12 SNN-NTM": the slash lost, or read as a letter.
NO_SLASH = re.compile(r"^\s*(?P<number>\d{1,6}\s*[IilL1|\\!]?\s*[A-ZĐ][\wĐđ&]*(?:\s?[-–]\s?[A-ZĐ][\wĐđ&]*)+)")
# Below this a symbol is believed only when every part of it is known.
LEAST_SYMBOL = 0.5
# Letters that stamps and strokes may leave behind the symbol; more are a sentence that goes on ("số … của Bộ Y tế").
LONGEST_TAIL = 5
# Symbols of copies: the copy's own number is not the document's.
COPY_CODES = ("SY", "SL", "TrS")


@dataclass(frozen=True)
class NumberReading:
    """What the number line gave; all empty when no line was one."""

    number: Found[str] | None = None
    symbol: Found[str] | None = None
    doubts: tuple[Doubt, ...] = ()
    line: Stretch | None = None


def opens_number(line: Stretch) -> bool:
    """Tell whether a line of the header is the one with the document's number, printed or left blank."""
    opener = OPENER.match(line.folded.text)
    if not opener:
        return False
    rest = line.text[line.folded.offsets[opener.end()] :]
    place = _symbol_place(rest)
    if place is not None:
        return sum(c.isalpha() for c in rest[place[1] :]) <= LONGEST_TAIL
    if NO_SLASH.match(rest):
        return True
    return bool(opener["colon"]) and (EMPTY.match(rest) is not None or rest.strip()[:1].isdigit())


def read_number(lines: Sequence[Stretch]) -> NumberReading:
    """Read number and symbol from the lines of the header, the copy's own number left aside.

    A line "Số: …" is preferred; a line of the left column that holds nothing but a number serves where OCR has lost
    the word.
    """
    # What stands under V/v is the subject, in which other documents are cited.
    above = list(takewhile(lambda line: not ABOUT.match(line.folded.text), lines))
    opened = [line for line in above if opens_number(line)]
    bare = [line for line in above if not opened and _is_bare_number(line)]
    readings = [_read_line(line) for line in (*opened, *bare)]
    own = [reading for reading in readings if not _is_copy(reading)]
    if not own:
        return NumberReading(doubts=(Doubt(FIELD, "Không thấy dòng số, ký hiệu của văn bản."),))
    return next((reading for reading in own if reading.symbol is not None), own[0])


def _is_copy(reading: NumberReading) -> bool:
    return reading.symbol is not None and reading.symbol.value.split("-")[0] in COPY_CODES


def _is_bare_number(line: Stretch) -> bool:
    place = _symbol_place(line.text)
    if place is None or place[1] < len(line.text.rstrip(" .,;|")) - 2:
        return False
    return sum(c.isalpha() for c in line.text[: place[0]]) <= 4


def _symbol_place(rest: str) -> tuple[int, int] | None:
    """Find the symbol behind the number's slash, or behind the hyphen of a Party number."""
    for mark in re.finditer(r"[/-](?=\s{0,3}[^\W\d_])", rest):
        symbol = SYMBOL.match(rest, pos=mark.end() + len(rest[mark.end() :]) - len(rest[mark.end() :].lstrip()))
        if symbol is None or not CAPITALS.search(symbol[0]):
            continue
        if mark[0] == "-" and not _is_party_symbol(symbol[0]):
            continue
        return symbol.span()
    return None


def _is_party_symbol(symbol: str) -> bool:
    code, slash, _ = symbol.partition("/")
    return bool(slash) and kind_of_code(code.strip()) is not None


def _read_line(line: Stretch) -> NumberReading:
    opener = OPENER.match(line.folded.text)
    start = line.folded.offsets[opener.end()] if opener else 0
    rest = line.text[start:]
    closed = parse_number(re.sub(r"\s", "", rest).strip(".,;:|_-"))
    place = _symbol_place(rest)
    if closed and (place is None or SERIAL.match(rest[: place[0] - 1].strip(" /-"))):
        return _read_closed(line, line.cut(start, len(line.text)), closed)
    if place is None:
        return _read_without_slash(line, start)
    mark = max(rest.rfind("/", 0, place[0]), rest.rfind("-", 0, place[0]))
    symbol_stretch = line.cut(start + place[0], start + place[1])
    symbol_text = _tidy(symbol_stretch.text)
    serial = line.cut(start, start + mark)
    whole = _tidy(rest[:mark]) + rest[mark] + symbol_text
    known = parse_number(whole) if SERIAL.match(serial.text) else parse_number("1" + rest[mark] + symbol_text)
    symbol_text = known.symbol if known else symbol_text
    sure = _sureness(symbol_stretch, known is not None)
    symbol: Found[str] | None = Found(symbol_text, symbol_stretch.start, symbol_stretch.end, sure, "ký hiệu sau số")
    if symbol_stretch.confidence < LEAST_SYMBOL and not all(map(is_known, re.split("[-/]", symbol_text))):
        symbol = None
    return _with_serial(line, serial, rest[mark] + symbol_text, symbol, known.text if known else whole)


def _read_closed(line: Stretch, part: Stretch, known: DocumentNumber) -> NumberReading:
    """Read a line that holds a number and nothing else, blanks within its symbol or not ("246/Q Đ-UBND")."""
    symbol = Found(known.symbol, part.start, part.end, _sureness(part, known=True), "ký hiệu sau số")
    digits = re.match(r"\W*\d+(?:\.\d+)?[a-zđ]?", part.text)
    serial = part.cut(*digits.span()) if digits else part
    return _with_serial(line, serial, "/" + known.symbol, symbol, known.text)


def _with_serial(line: Stretch, serial: Stretch, tail: str, symbol: Found[str] | None, number: str) -> NumberReading:
    if EMPTY.match(serial.text) and not serial.handwritten:
        doubt = Doubt(FIELD, "Số để trống hoặc viết tay, máy không đọc được.", line.start, line.end)
        return NumberReading(None, symbol, (doubt,), line)
    end = symbol.end if symbol else line.end
    printed = SERIAL.match(serial.text)
    if not printed:
        reason = "Chữ số viết tay, máy không đọc được." if serial.handwritten else "Máy không đọc được số."
        figures = "".join(re.findall(r"\d", serial.text))
        value = figures + tail if 2 <= len(figures) >= 0.6 * len(serial.text.replace(" ", "")) else None
        return NumberReading(None, symbol, (Doubt(FIELD, reason, line.start, line.end, value, 0.2),), line)
    least = SURE_WITH_SYMBOL if _is_one_word(serial, symbol) else SURE_FIGURE
    if serial.handwritten or serial.confidence < least or symbol is None:
        reason = "Chữ số viết tay." if serial.handwritten else "Chữ số mờ, máy đọc không chắc."
        doubt = Doubt(FIELD, reason, serial.start, end, number, round(0.6 * serial.confidence, 2))
        return NumberReading(None, symbol, (doubt,), line)
    found = Found(
        number, serial.start, end, min(_sureness(serial, known=True), symbol.confidence), "số và ký hiệu in sau “Số:”"
    )
    return NumberReading(found, symbol, (), line)


def _is_one_word(serial: Stretch, symbol: Found[str] | None) -> bool:
    """Tell whether figures and symbol were read as one word, every part of the symbol known."""
    if symbol is None or len(serial.words) != 1 or not all(map(is_known, re.split("[-/]", symbol.value))):
        return False
    return serial.start - serial.origin + serial.words[0].end >= symbol.end


def _read_without_slash(line: Stretch, start: int) -> NumberReading:
    """Read a number whose slash is lost; only a repair to a known form counts ("2718 ISNNPTNT-NTM")."""
    rest = line.text[start:]
    lost = NO_SLASH.match(rest)
    known = parse_number(" ".join(lost["number"].split())) if lost else None
    if lost is None or known is None:
        doubt = Doubt(FIELD, "Máy không đọc được số và ký hiệu.", line.start, line.end, rest.strip() or None, 0.2)
        return NumberReading(None, None, (doubt,), line)
    part = line.cut(start + lost.start("number"), start + lost.end("number"))
    if part.handwritten or part.confidence < SURE_FIGURE:
        doubt = Doubt(FIELD, "Chữ số mờ hoặc viết tay.", part.start, part.end, known.text, 0.4)
        return NumberReading(None, Found(known.symbol, part.start, part.end, 0.7, "ký hiệu sau số"), (doubt,), line)
    rule = "số và ký hiệu, thêm dấu gạch chéo đã mất"
    return NumberReading(
        Found(known.text, part.start, part.end, 0.85, rule),
        Found(known.symbol, part.start, part.end, 0.85, rule),
        (),
        line,
    )


def _tidy(text: str) -> str:
    """Close the blanks of a number and give its hyphens one form ("1254 /KH – BGDĐT")."""
    return re.sub(r"\s+", "", re.sub(r"\s*[-–—]\s*", "-", text))


def _sureness(part: Stretch, known: bool) -> float:
    return round(min(0.99 if known else 0.9, 0.5 + part.confidence / 2), 2)
