"""Tables that share out work: who has to do what by when, row by row, told by the headings of their columns.

Reads tables of the body and the appendices; deadlines and directives are made of their cells. A table of facts, an
agenda or a form has no such headings and gives none.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from pipeline.extraction.duty_columns import Columns, Row, Segment, find_columns, find_rows, table_segments
from pipeline.extraction.running import RunningText, Zone
from pipeline.vietnam.fold import fold

ORDINAL = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])[.)]?$")
OPENING = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5})[.)]$")
APPENDIX = re.compile(r"^\W*phu luc(?: so)?(?: (?P<number>[ivx]{1,5}|\d{1,2}|[a-d]))?\W*$")
HEADING_ROWS = 3
# Words read less surely on the average make a row that a person has to look at.
SURE = 0.83
# A task says more than this many words.
FEWEST_WORDS = 2


@dataclass(frozen=True)
class Cell:
    """What a cell says, and where its printed lines stand in the running text, `(start, end)` each."""

    text: str
    spans: tuple[tuple[int, int], ...]
    confidence: float


@dataclass(frozen=True)
class DutyRow:
    """One row: its label ("Phụ lục.3"), what is to be done, and the cells that say who and when."""

    label: str
    task: Cell
    lead: Cell
    co: Cell | None
    time: Cell | None

    @property
    def clear(self) -> bool:
        """Tell whether the row was read well enough: sure words, a task that begins like one."""
        begins = self.task.text[0].isupper() or self.task.text[0].isdigit()
        return begins and min(self.task.confidence, self.lead.confidence) >= SURE


@dataclass(frozen=True)
class DutyTable:
    """A table that shares out work: its stretches of the running text, its rows, the year its headings name."""

    spans: tuple[tuple[int, int], ...]
    rows: tuple[DutyRow, ...]
    year: int | None


@dataclass(frozen=True)
class _Plan:
    """The columns of a table and what each holds."""

    columns: Columns
    roles: tuple[str, ...]
    headings: tuple[str, ...]
    above: str

    def index(self, role: str) -> int:
        """Give the column of a role, -1 when there is none."""
        return self.roles.index(role) if role in self.roles else -1

    @property
    def year(self) -> int | None:
        """Give the one year that the headings name, else the one above the table."""
        for text in (" ".join(self.headings), self.above):
            years = set(re.findall(r"\bnam (20\d\d)\b(?! ?-)", text))
            if len(years) == 1:
                return int(years.pop())
        return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str], re.Pattern[str]]:
    table = tomllib.loads(Path(__file__).with_name("duty_tables.toml").read_text("utf-8"))
    roles = {role: re.compile(pattern) for role, pattern in table["columns"].items()}
    return roles, re.compile("|".join(table["agenda"]["titles"])), re.compile(table["agenda"]["hours"])


@lru_cache(maxsize=1)
def read_duty_tables(running: RunningText) -> tuple[DutyTable, ...]:
    """Read the tables that share out work, in order; a table goes on over pages."""
    return tuple(table for zone in (Zone.BODY, Zone.APPENDIX) for table in _read_zone(running, zone))


def _read_zone(running: RunningText, zone: Zone) -> list[DutyTable]:
    tables: list[DutyTable] = []
    plan: _Plan | None = None
    rows: list[Row] = []
    name = ""
    for page in running.pages:
        segments, above = table_segments(running, page, zone)
        printed = _appendix(above)
        if plan is not None and (printed or not segments):
            tables.extend(_finish(running, plan, rows, name))
            plan, rows = None, []
        name = printed or name
        if not segments:
            continue
        found = _plan(segments, " ".join(map(fold, above)))
        if found is None and plan is None:
            continue
        if found is not None and plan is not None and len(found.columns) != len(plan.columns):
            tables.extend(_finish(running, plan, rows, name))
            rows = []
        plan = found or plan
        if plan is not None:
            rows = _append(plan, rows, find_rows(plan.columns, segments, page.number))
    if plan is not None:
        tables.extend(_finish(running, plan, rows, name))
    return tables


def _appendix(above: Sequence[str]) -> str:
    """Give the name of the appendix that begins above a table: "Phụ lục", "Phụ lục II"."""
    for line in above:
        match = APPENDIX.match(" ".join(fold(line).split()))
        if match:
            return " ".join(["Phụ lục", (match["number"] or "").upper()]).strip()
    return ""


def _plan(segments: Sequence[Segment], above: str) -> _Plan | None:
    """Read the columns and the row of headings; None where no heading says that work is shared out."""
    columns = find_columns(segments)
    if len(columns) < 2:
        return None
    rows = find_rows(columns, segments, 0)[:HEADING_ROWS]
    # Headings may stand in two rows: "Đơn vị" over "chủ trì" and "phối hợp".
    for several in [rows[:1], rows[1:2], rows[:2], rows[:3]]:
        headings = tuple(_heading(several, index) for index in range(len(columns)))
        roles = tuple(map(_role, headings))
        if "task" in roles and "lead" in roles:
            return _Plan(columns, roles, headings, above)
    return None


def _heading(rows: Sequence[Row], column: int) -> str:
    return " ".join(" ".join(fold(row.text(column)) for row in rows).split()).strip(" .:|")


def _role(heading: str) -> str:
    return next((role for role, pattern in _patterns()[0].items() if pattern.search(heading)), "")


def _append(plan: _Plan, rows: list[Row], more: list[Row]) -> list[Row]:
    """Add the rows of a page; the first goes on with the last one when it has neither a number nor a lead."""
    more = [row for row in more if not _is_heading(plan, row)]
    if rows and more and rows[-1].page != more[0].page:
        first, lead, ordinal = more[0], plan.index("lead"), plan.index("ordinal")
        small = first.text(plan.index("task"))[:1].islower()
        if lead not in first.cells and (small or (ordinal >= 0 and ordinal not in first.cells)):
            for column, segments in first.cells.items():
                rows[-1].cells.setdefault(column, []).extend(segments)
            more = more[1:]
    return [*rows, *more]


def _is_heading(plan: _Plan, row: Row) -> bool:
    words = [_heading([row], index) for index in range(len(plan.columns))]
    same = sum(bool(word) and word == heading for word, heading in zip(words, plan.headings, strict=True))
    # A row of "(1) (2) (3)" numbers the columns.
    counted = sum(re.fullmatch(r"\(?\d\)?", word) is not None for word in words)
    return same >= 2 or counted >= len(words) - 1 > 1


def _finish(running: RunningText, plan: _Plan, rows: Sequence[Row], name: str) -> list[DutyTable]:
    """Make the table of its rows; none of an agenda, or where most rows name nobody."""
    _, agenda, hours = _patterns()
    task, lead, time = plan.index("task"), plan.index("lead"), plan.index("time")
    hourly = sum(hours.match(fold(row.text(time))) is not None for row in rows) if time >= 0 else 0
    told = [row for row in rows if row.text(lead).strip() and len(row.text(task).split()) >= FEWEST_WORDS]
    if not told or agenda.search(plan.above) or hourly > len(rows) / 3:
        return []
    duties = _label(plan, rows, name)
    return [DutyTable(_stretches(running, rows), tuple(duties), plan.year)] if duties else []


def _label(plan: _Plan, rows: Sequence[Row], name: str) -> list[DutyRow]:
    duties: list[DutyRow] = []
    section, count = "", 0
    for row in rows:
        task = row.cells.get(plan.index("task"), [])
        number = ORDINAL.match(row.text(plan.index("ordinal")).strip()) if plan.index("ordinal") >= 0 else None
        own = number[1] if number else _own_number(task)
        text = _cell(task, skip=number is None and own is not None)
        lead = _cell(row.cells.get(plan.index("lead"), []))
        if text is None or lead is None or len(text.text.split()) < FEWEST_WORDS:
            section, count = (own, 0) if own and own[0].isalpha() else (section, count)
            continue
        if own and own[0].isalpha():
            section, own, count = own, None, 0
        count += 1
        label = ".".join(part for part in (name, section, own or str(count)) if part)
        co, time = (_cell(row.cells.get(plan.index(role), [])) for role in ("co", "time"))
        duties.append(DutyRow(label, text, lead, co, time))
    return duties


def _own_number(task: Sequence[Segment]) -> str | None:
    match = OPENING.match(task[0].tokens[0].text) if task else None
    return match[1] if match else None


def _cell(segments: Sequence[Segment], *, skip: bool = False) -> Cell | None:
    """Make a cell; `skip` leaves its first word, the number, out."""
    tokens = [token for segment in segments for token in segment.tokens][1 if skip else 0 :]
    if not tokens:
        return None
    spans = [(tokens[0].start, tokens[0].end)]
    for before, token in pairwise(tokens):
        if token.start - before.end <= 1:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
    sure = sum(token.confidence for token in tokens) / len(tokens)
    return Cell(" ".join(token.text for token in tokens), tuple(spans), sure)


def _stretches(running: RunningText, rows: Sequence[Row]) -> tuple[tuple[int, int], ...]:
    """Give the stretch of the running text that the table takes on each page."""
    stretches: dict[int, tuple[int, int]] = {}
    for row in rows:
        places = [place for cell in row.cells.values() for s in cell for t in s.tokens for place in (t.start, t.end)]
        low, high = stretches.get(row.page, (len(running.text), 0))
        stretches[row.page] = (min(low, *places), max(high, *places))
    return tuple(stretches.values())
