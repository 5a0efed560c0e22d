"""Directives: each thing a dispatch orders or asks for, with who leads, who co-operates and by when.

Last extraction component; routing turns its leads into localities. The work is done in parts: `outline` (items),
`directives_phrases` (words), `directives_actors` (who), `directives_orders` (whether), `directives_collect` (which).
"""

import re
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from models.record import Directive, Letterhead, Review
from pipeline.extraction.deadlines import SPANS
from pipeline.extraction.directives_actors import read_actor, split_names
from pipeline.extraction.directives_appendix import read_assignments
from pipeline.extraction.directives_articles import ArticleCollector
from pipeline.extraction.directives_collect import Collector
from pipeline.extraction.directives_phrases import Phrases
from pipeline.extraction.directives_sections import Shape, shape_of
from pipeline.extraction.directives_tasks import Task
from pipeline.extraction.doc import findings, running_text
from pipeline.extraction.duty_tables import DutyRow, read_duty_tables
from pipeline.extraction.outline import read_outline
from pipeline.extraction.paragraphs import UPPER
from pipeline.extraction.running import RunningText, Zone

# "gửi báo cáo về Sở Y tế", "báo cáo UBND tỉnh (qua Sở Nội vụ)"
REPORTS = re.compile(
    rf"\b(?i:gửi|nộp|báo\s+cáo|phản\s+ánh|đăng\s+ký)\b(?:[^.;]{{0,140}}?\b(?:về|cho|đến|tới))?\s+(?=[{UPPER}]\w+\s)"
)
INVITES = re.compile(r"\b(?:kính|trân\s+trọng|xin)\s+mời\b", re.IGNORECASE)
UNCLEAR_ROW = "một dòng của bảng phân công nhiệm vụ đọc chưa rõ"
# Where the name of that body ends.
REPORT_END = re.compile(r"\s*(?:\(|\b(?:trước|chậm\s+nhất|để|qua|theo|định\s+kỳ|kết\s+quả|bằng|tại|về|đồng\s+thời)\b)")


def find_directives(
    running: RunningText, letterhead: Letterhead, deadlines: Sequence[tuple[int, int, int]] = ()
) -> tuple[Directive, ...]:
    """Find the directives of a dispatch.

    `deadlines` are the places of its deadlines in the running text with their indices: `(start, end, index)`.
    """
    tables = read_duty_tables(running)
    rows = tuple(_row_directive(running, row, deadlines) for table in tables for row in table.rows if _is_clear(row))
    spans = [span for table in tables for span in table.spans]
    outline = read_outline(running, Zone.BODY, without=spans)
    assigned = _assigned(running, spans, deadlines)
    if not outline:
        return (*assigned, *rows)
    phrases = Phrases(running.text, outline[0].start, outline[-1].stop)
    addressees = letterhead.recipients
    shape = shape_of(letterhead.kind)
    collector = (ArticleCollector if shape is Shape.ARTICLES else Collector)(
        running.text,
        phrases,
        shape,
        deadlines,
        addressees,
        letterhead.issuer,
        invites=letterhead.kind == "giấy mời",
    )
    tasks = _keep_best(collector.collect(outline), letterhead.kind, running.text)
    return (*(_directive(running, phrases, task, deadlines) for task in tasks), *assigned, *rows)


def _assigned(
    running: RunningText, without: Sequence[tuple[int, int]], deadlines: Sequence[tuple[int, int, int]]
) -> tuple[Directive, ...]:
    """Make the directives of the appendices that share out work item by item."""
    outline = read_outline(running, Zone.APPENDIX, without=without)
    tasks = read_assignments(running.text, outline)
    if not tasks:
        return ()
    phrases = Phrases(running.text, tasks[0].start, tasks[-1].end)
    return tuple(_directive(running, phrases, task, deadlines) for task in tasks)


def _keep_best(tasks: list[Task], kind: str | None, text: str) -> list[Task]:
    """Of an invitation's "kính mời" and its request to attend, the request counts."""
    if kind != "giấy mời":
        return tasks
    invites = [task for task in tasks if INVITES.search(text, task.start, task.end) and not task.label]
    return [task for task in tasks if task not in invites] or tasks[:1]


def _directive(
    running: RunningText, phrases: Phrases, task: Task, deadlines: Sequence[tuple[int, int, int]]
) -> Directive:
    return Directive(
        label=task.label,
        text=" ".join(running.text[task.start : task.end].split()),
        lead=task.lead,
        co=task.co,
        report_to=_report_to(phrases, task.start, task.end),
        deadlines=tuple(dict.fromkeys(index for start, _, index in deadlines if task.start <= start < task.end)),
        confidence=task.confidence,
        mentions=running.mentions(task.start, task.end),
    )


def _is_clear(row: DutyRow) -> bool:
    """Tell whether a table's row was read well and names somebody as its lead."""
    return row.clear and read_actor(Phrases(row.lead.text), 0, len(row.lead.text)) is not None


def _unclear_rows(running: RunningText) -> tuple[Review, ...]:
    """Ask for the rows of duty tables that couldn't be read well enough to send anybody."""
    rows = (row for table in read_duty_tables(running) for row in table.rows if not _is_clear(row))
    places = (running.mentions(*row.task.spans[0])[0] for row in rows)
    return tuple(Review(field="directives", reason=UNCLEAR_ROW, page=m.page, boxes=m.boxes) for m in places)


def _row_directive(running: RunningText, row: DutyRow, deadlines: Sequence[tuple[int, int, int]]) -> Directive:
    """Make the directive of a table's row; its deadlines stand in the cells of its task and its time."""
    lead, co = split_names(row.lead.text), split_names(row.co.text) if row.co else ()
    spans = [*row.task.spans, *(row.time.spans if row.time else ())]
    due = (index for start, _, index in deadlines if any(low <= start < high for low, high in spans))
    return Directive(
        label=row.label,
        text=row.task.text,
        lead=lead,
        co=tuple(name for name in co if name not in lead),
        report_to=None,
        deadlines=tuple(dict.fromkeys(due)),
        confidence=0.88,
        mentions=tuple(mention for span in row.task.spans for mention in running.mentions(*span)),
    )


def _report_to(phrases: Phrases, start: int, end: int) -> str | None:
    """Name the body the result is sent to: "báo cáo về Sở Y tế", "gửi UBND tỉnh"."""
    for match in REPORTS.finditer(phrases.text, start, end):
        actor = read_actor(phrases, match.end(), end)
        if actor is None:
            continue
        name = " ".join(REPORT_END.split(actor.names[0], maxsplit=1)[0].split()).strip(" ,;.")
        if name:
            return name
    return None


@Language.component("congvan_directives")
def congvan_directives(doc: Doc) -> Doc:
    """Find the directives of a dispatch and bind its deadlines to them."""
    running, own = running_text(doc), findings(doc)
    deadlines = [(span.start_char, span.end_char, int(span.label_)) for span in doc.spans.get(SPANS, [])]
    own.directives = find_directives(running, own.letterhead, deadlines)
    own.reviews += _unclear_rows(running)
    return doc
