"""Deadlines: what somebody must do by a time, read from the body and the appendices of a dispatch.

Third extraction component, after references; directives bind its findings to their tasks. Precision first: data
cut-offs, validity periods, events, past days and vague words give none.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from models.record import Deadline, Letterhead, Relative, Review
from pipeline.extraction import deadlines_grammar as grammar
from pipeline.extraction.deadlines_cells import flatten_cell, flatten_time, window_of
from pipeline.extraction.deadlines_dates import Window, read_day, read_day_before, read_period, read_time
from pipeline.extraction.deadlines_periods import find_periods
from pipeline.extraction.deadlines_recurring import find_recurring
from pipeline.extraction.deadlines_relative import Counted, find_counted
from pipeline.extraction.deadlines_text import Flat, flatten
from pipeline.extraction.directives_phrases import word_lists
from pipeline.extraction.doc import findings, running_text
from pipeline.extraction.duty_tables import DutyTable, read_duty_tables
from pipeline.extraction.paragraphs import read_paragraphs
from pipeline.extraction.running import RunningText, Zone
from pipeline.vietnam.fold import fold

ZONES = (Zone.BODY, Zone.APPENDIX)
SPANS = "congvan_deadlines"
"""The span group of the Doc that holds each mention, labelled with its deadline's index."""
# Marks decide here: "đang" isn't "đăng", "đã" isn't "đá".
PAST = re.compile(r"\b(?:đã|đang)\b(?!\s+(?:được\s+)?(?:nêu|quy\s+định|giao|phân\s+công))", re.IGNORECASE)
ORDERED = re.compile(r"\b(?:đề\s+nghị|yêu\s+cầu|phải|cần|giao)\b", re.IGNORECASE)
# A clause that opens with what to do orders it, whatever "đã" says of its object: "chỉ đạo thu hoạch lúa đã chín".
HEADED_BY_TASK = re.compile(
    r"^[\s\d.)+-]{0,6}(?:[a-zđ]\)\s?)?(?:chỉ đạo|huy động|vận động|khẩn trương)\b",
    re.IGNORECASE,
)
OF_PAPERS = re.compile(r"(?<![a-z])(?:hieu luc|ban hanh|ky|luat|nghi dinh|nghi quyet|quyet dinh|thong tu)(?![a-z])")
# So far before a date its sentence may name the task.
REACH = 400


@dataclass(frozen=True)
class Found:
    """One mention of a deadline: `text[start:end]` of the running text and what it means."""

    start: int
    end: int
    due: dt.date | None = None
    inclusive: bool = True
    time: str | None = None
    recurrence: str | None = None
    relative: Relative | None = None
    confidence: float = 0.95
    doubt: str | None = None
    """Why a person has to look at it."""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two mentions one deadline."""
        relative = tuple(self.relative.model_dump().values()) if self.relative else None
        return self.due, self.time, self.recurrence, relative, self.doubt if not self.due else None


@dataclass(frozen=True)
class _Words:
    binding: re.Pattern[str]
    unbinding: re.Pattern[str]
    lasting: re.Pattern[str]
    procedure: tuple[str, ...]


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = tomllib.loads(Path(__file__).with_name("deadlines.toml").read_text("utf-8"))
    # Any verb of two syllables that names a task binds too.
    lists = word_lists()
    tasks = {fold(word) for label in ("task", "verb") for word in lists[label]["words"] if " " in word}
    return _Words(
        binding=re.compile(
            rf"(?<![a-z])(?:{'|'.join(sorted({*table['binding']['words'], *tasks}, key=len, reverse=True))})(?![a-z])"
        ),
        unbinding=re.compile(rf"(?<![a-z])(?:{'|'.join(table['unbinding']['before'])})(?: la)?[ :]*$"),
        lasting=re.compile(rf"(?<![a-z])(?:{'|'.join(table['lasting']['words'])})(?![a-z])"),
        procedure=tuple(table["procedure"]["words"]),
    )


def find_deadlines(running: RunningText, letterhead: Letterhead) -> list[Found]:
    """Find every mention of a deadline, in order; the same deadline may be mentioned several times."""
    issued = letterhead.issued_between or ((letterhead.issued_on,) * 2 if letterhead.issued_on else None)
    document = " ".join(flatten(running.text, *span).text for span in running.spans(Zone.BODY))
    tables = read_duty_tables(running)
    found: list[Found] = []
    for paragraph in read_paragraphs(running, *ZONES, without=[span for table in tables for span in table.spans]):
        flat = flatten(running.text, paragraph.start, paragraph.end)
        if not flat.text:
            continue
        own = list(_find_in(flat, issued, letterhead.issued_on, document))
        if running.zone(paragraph.start) is Zone.APPENDIX:
            # A regulation or a procedure in an appendix counts for whoever it applies to, not for those addressed.
            own = [one for one in own if one.relative is None and _shares_out(running, one.start)]
        found.extend(own)
    for table in tables:
        found.extend(_in_table(running, table, letterhead, window_of(table, letterhead, issued)))
    return sorted(found, key=lambda one: one.start)


def _in_table(running: RunningText, table: DutyTable, letterhead: Letterhead, issued: Window | None) -> Iterator[Found]:
    for row in table.rows:
        flats = [flatten_cell(running, row.task), flatten_time(running, row.time) if row.time else None]
        for flat in flats:
            if flat is not None:
                yield from _find_in(flat, issued, letterhead.issued_on, "")


def _shares_out(running: RunningText, place: int) -> bool:
    """Tell whether the page of an appendix shares out work."""
    page = running.page(running.mentions(place, place + 1)[0].page)
    return grammar.SHARES_OUT.search(fold(" ".join(page.text.split()))) is not None


def _find_in(flat: Flat, issued: Window | None, issued_on: dt.date | None, document: str) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for one in (*_recurring(flat), *_counted(flat, issued_on, document), *_dated(flat, issued)):
        if not any(one.start < end and start < one.end for start, end in taken):
            yield one
            if not one.recurrence or one.recurrence.count("="):
                taken.append((one.start, one.end))


def _recurring(flat: Flat) -> Iterator[Found]:
    for one in find_recurring(flat.text):
        if not one.dated and _is_told(flat, one.start):
            continue
        if _binds(flat, one.start, one.end) and not _is_unbound(flat, one.start):
            start, end = flat.original(one.start, one.end)
            confidence = 0.93 if one.dated else 0.8
            yield Found(start, end, None, not one.before, one.time, one.rule, None, confidence)


def _counted(flat: Flat, issued_on: dt.date | None, document: str) -> Iterator[Found]:
    words = _words()
    for one in find_counted(flat.text, issued_on, document, words.procedure):
        first, _ = flat.sentence(one.start)
        if words.lasting.search(flat.text[max(first, one.start - 120) : one.start]):
            continue
        if one.relative.anchor == "event" and not _delivers(flat, one):
            continue
        if _binds(flat, one.start, one.end):
            start, end = flat.original(one.start, one.end)
            confidence = 0.93 if one.relative.anchor != "event" else 0.75
            yield Found(start, end, one.due, True, None, None, one.relative, confidence)


def _delivers(flat: Flat, one: Counted) -> bool:
    """Tell whether something is done by a time counted from an event; what anybody has a right to isn't."""
    sentence = flat.text[slice(*flat.sentence(one.start))]
    if grammar.RIGHT.search(sentence):
        return False
    back = one.relative.amount < 0 and grammar.PREPARES.search(sentence)
    return bool(back or grammar.DELIVERS.search(sentence))


def _dated(flat: Flat, issued: Window | None) -> Iterator[Found]:
    for match in (*grammar.DAY.finditer(flat.text), *grammar.SANCTION.finditer(flat.text)):
        if _is_date_of_task(flat, match):
            yield from _day(flat, match, match.start(), issued)
    for match in grammar.WITHIN_DAY.finditer(flat.text):
        if not _words().unbinding.search(match["object"]):
            yield from _day(flat, match, match.start("cue"), issued)
    for match in grammar.PERIOD.finditer(flat.text):
        due = read_period(match, issued)
        if due and (issued is None or due >= issued[0]) and not _is_past(flat, match.start()):
            start = match.start("cue") + len(match["cue"]) - len(match["cue"].lstrip(" :"))
            yield Found(*flat.original(start, match.end()), due, confidence=0.85)
    for one in find_periods(flat.text, issued):
        if not _is_past(flat, one.start):
            yield Found(*flat.original(one.start, one.end), one.due, confidence=0.85)
    yield from _before(flat, issued)


def _before(flat: Flat, issued: Window | None) -> Iterator[Found]:
    """Find what is due before an event whose day stands beside its name, or before a period begins."""
    for match in grammar.BEFORE_NAMED.finditer(flat.text):
        due, _ = read_day(match, issued)
        held = flat.text[: match.start()].endswith("to chuc ") or OF_PAPERS.search(match["name"])
        if due and not held and _may_bind(flat, match, due, issued):
            yield Found(*flat.original(match.start(), match.end()), due, inclusive=False, confidence=0.85)
    for match in grammar.BEFORE_PERIOD.finditer(flat.text):
        due = read_day_before(match, issued)
        if due and _may_bind(flat, match, due, issued):
            yield Found(*flat.original(match.start(), match.end()), due, confidence=0.85)


def _may_bind(flat: Flat, match: re.Match[str], due: dt.date, issued: Window | None) -> bool:
    if (issued is not None and due < issued[0]) or _is_unbound(flat, match.start()):
        return False
    return not _is_past(flat, match.start()) and _binds(flat, match.start(), match.end())


def _is_unbound(flat: Flat, place: int) -> bool:
    """Tell a clause that says something else than a task right before a time."""
    first, _ = flat.sentence(place)
    return _words().unbinding.search(flat.text[first:place]) is not None


def _day(flat: Flat, match: re.Match[str], place: int, issued: Window | None) -> Iterator[Found]:
    due, printed = read_day(match, issued)
    if due is None and printed:
        return
    start, end = flat.original(place, match.end())
    before = bool(match.groupdict().get("before")) or bool(
        grammar.BEFORE_DAY.search(flat.text[match.start() : match.start("day")])
    )
    doubt = None if due else "ngày không in năm, chưa biết ngày ban hành"
    if due and issued and due < issued[0]:
        doubt = "hạn sớm hơn ngày ban hành"
    confidence = 0.97 if printed else 0.9
    yield Found(start, end, due, not before, read_time(match), confidence=confidence, doubt=doubt)


def _is_date_of_task(flat: Flat, match: re.Match[str]) -> bool:
    first, _ = flat.sentence(match.start())
    clause = flat.text[max(first, match.start() - 160) : match.start()]
    if grammar.STRETCH.search(clause) or grammar.CUT_OFF.search(flat.text[first : match.start("day")]):
        return False
    # "xong" ends its verb itself: "… trồng tập trung xong trước ngày".
    if _words().unbinding.search(clause) and not match[0].startswith("xong"):
        return False
    return not _is_past(flat, match.start()) and _binds(flat, match.start(), match.end())


def _is_past(flat: Flat, place: int) -> bool:
    """Tell a clause that reports what was done ("đã hoàn thành trước ngày …") from one that orders it."""
    first, _ = flat.sentence(place)
    clause = re.split(r"[,:(]", flat.printed(first, place))[-1]
    return bool(PAST.search(clause)) and not ORDERED.search(clause) and not HEADED_BY_TASK.match(clause)


def _is_told(flat: Flat, place: int) -> bool:
    """Tell whether the sentence of a rhythm reports what is done by it."""
    sentence = flat.printed(*flat.sentence(place))
    return bool(PAST.search(sentence)) and not ORDERED.search(sentence)


def _binds(flat: Flat, start: int, end: int) -> bool:
    """Tell whether the sentence of a date, or the paragraph before it, names something to do."""
    _, last = flat.sentence(start)
    return bool(_words().binding.search(flat.text[max(0, start - REACH) : max(last, end)]))


def gather(running: RunningText, found: list[Found]) -> tuple[tuple[Deadline, ...], tuple[Review, ...], list[int]]:
    """Make one deadline of the mentions of one time; give also what a person has to look at, and each mention's index.

    A day before the day of issue is either past or a misprint: it stays out of the deadlines and goes to a person; its
    index is -1.
    """
    groups: dict[tuple[object, ...], list[Found]] = {}
    reviews: list[Review] = []
    for one in found:
        if one.doubt and one.due:
            mention = running.mentions(one.start, one.end)[0]
            reviews.append(Review(field="deadlines", reason=one.doubt, page=mention.page, boxes=mention.boxes))
        else:
            groups.setdefault(one.key, []).append(one)
    keys = list(groups)
    deadlines = []
    for index, group in enumerate(groups.values()):
        first = group[0]
        mentions = tuple(m for one in group for m in running.mentions(one.start, one.end))
        deadlines.append(_deadline(running.text, first, mentions=mentions))
        if first.doubt:
            reviews.append(
                Review(
                    field=f"deadlines.{index}.due", reason=first.doubt, page=mentions[0].page, boxes=mentions[0].boxes
                )
            )
    indices = [keys.index(one.key) if one.key in groups else -1 for one in found]
    return tuple(deadlines), tuple(reviews), indices


def _deadline(text: str, one: Found, *, mentions: tuple[object, ...]) -> Deadline:
    return Deadline.model_validate(
        {
            "text": " ".join(text[one.start : one.end].split()),
            "due": one.due,
            "inclusive": one.inclusive,
            "time": one.time,
            "recurrence": one.recurrence,
            "relative": one.relative,
            "confidence": one.confidence,
            "mentions": mentions,
        }
    )


@Language.component("congvan_deadlines")
def congvan_deadlines(doc: Doc) -> Doc:
    """Find the deadlines of a dispatch; their places travel on in the Doc's span group `congvan_deadlines`."""
    running, own = running_text(doc), findings(doc)
    found = find_deadlines(running, own.letterhead)
    own.deadlines, reviews, indices = gather(running, found)
    own.reviews += reviews
    spans = []
    for one, index in zip(found, indices, strict=True):
        span = doc.char_span(one.start, one.end, label=str(index), alignment_mode="expand")
        if span is not None and index >= 0:
            spans.append(span)
    doc.spans[SPANS] = spans
    return doc
