"""The score of one record against its gold, and of many together.

A finding is `right`, `wrong` (another value), `missing` (the clerk has it, we don't) or `invented` (we have it, the
clerk doesn't). A handwritten field left null is `open`: that is what the contract asks for, so it is no miss.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from models.record import Directive, Record
from pipeline.scoring import compare
from pipeline.scoring.gold import GoldDirective, GoldRecord
from pipeline.scoring.localities import expected_units
from pipeline.vietnam.numbers import search_key

Outcome = Literal["right", "wrong", "missing", "invented", "open"]
OUTCOMES: tuple[Outcome, ...] = ("right", "wrong", "missing", "invented", "open")
LISTS = ("references", "deadlines", "directives", "routing")
Found = TypeVar("Found")
Wanted = TypeVar("Wanted")


@dataclass
class Finding:
    """One thing compared: which document, what kind of thing, a name without any of its text, how it went."""

    document: str
    kind: str
    name: str
    outcome: Outcome
    detail: str = ""

    @property
    def key(self) -> str:
        """Name the finding from one score to the next."""
        return f"{self.document}|{self.kind}|{self.name}"


@dataclass
class Score:
    """All findings of a run, with counts and ratios per kind."""

    findings: list[Finding] = field(default_factory=list)

    def count(self, kind: str, outcome: Outcome) -> int:
        """Count the findings of a kind with an outcome."""
        return sum(f.kind == kind and f.outcome == outcome for f in self.findings)

    def kinds(self) -> list[str]:
        """Give the kinds in the order they were first seen."""
        return list(dict.fromkeys(f.kind for f in self.findings))

    def precision(self, kind: str) -> float:
        """Right among found; 1 when nothing was found."""
        right = self.count(kind, "right")
        found = right + self.count(kind, "wrong") + self.count(kind, "invented")
        return right / found if found else 1.0

    def recall(self, kind: str) -> float:
        """Right among wanted; 1 when nothing was wanted."""
        right = self.count(kind, "right")
        wanted = right + self.count(kind, "wrong") + self.count(kind, "missing")
        return right / wanted if wanted else 1.0

    def f1(self, kind: str) -> float:
        """Harmonic mean of precision and recall."""
        precision, recall = self.precision(kind), self.recall(kind)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def right_keys(self) -> set[str]:
        """Give the keys of the right findings."""
        return {f.key for f in self.findings if f.outcome == "right"}

    def bad_keys(self) -> set[str]:
        """Give the keys of what was found and shouldn't have been."""
        return {f.key for f in self.findings if f.outcome in ("wrong", "invented")}


def score_record(record: Record, gold: GoldRecord) -> list[Finding]:
    """Compare everything the gold file annotates."""
    return [
        *_score_fields(record, gold),
        *_score_references(record, gold),
        *_score_deadlines(record, gold),
        *_score_directives(record, gold),
    ]


def _judge(found: object, wanted: object, same: bool, *, handwritten: bool) -> Outcome | None:
    if found is None or found == ():
        return None if not wanted else "open" if handwritten else "missing"
    if not wanted:
        return "invented"
    return "right" if same else "wrong"


def _score_fields(record: Record, gold: GoldRecord) -> Iterable[Finding]:
    head = record.letterhead
    signer = head.signer.name if head.signer else None
    issuers = [gold.issuer, gold.issuer_printed, *gold.issuer_aliases]
    number = head.number is not None and gold.number is not None and search_key(head.number) == search_key(gold.number)
    recipients = [compare.plain_words(r) for r in head.recipients] == [compare.plain_words(r) for r in gold.recipients]
    rows: list[tuple[str, object, object, bool]] = [
        ("number", head.number, gold.number, number),
        ("issued_on", head.issued_on, gold.issued_on, head.issued_on == gold.issued_on),
        ("kind", head.kind, gold.kind, compare.same_words(head.kind, [gold.kind, *compare.listed(gold.kind_alt)])),
        ("issuer", head.issuer, gold.issuer, compare.same_words(head.issuer, issuers)),
        ("place", head.place, gold.place, compare.same_words(head.place, [gold.place])),
        ("subject", head.subject, gold.subject, compare.alike(head.subject or "", gold.subject or "")),
        ("urgency", head.urgency, gold.urgency, compare.same_words(head.urgency, [gold.urgency])),
        ("recipients", head.recipients, gold.recipients, recipients),
        ("signer", signer, gold.signer, compare.same_words(signer, [str(gold.signer)])),
    ]
    for name, found, wanted, same in rows:
        pen = name in gold.handwritten
        outcome = _judge(found, wanted, same, handwritten=pen)
        if outcome:
            kind = f"{name} (handwritten)" if pen else name
            yield Finding(gold.id, kind, name, outcome, f"{found!r} / {wanted!r}")


def _pair(
    found: Sequence[Found], wanted: Sequence[Wanted], same: Callable[[Found, Wanted], bool]
) -> tuple[dict[int, int], list[int]]:
    """Pair each wanted thing with the first free found one that means the same; give the found ones left over."""
    pairs: dict[int, int] = {}
    for w, thing in enumerate(wanted):
        match = next((f for f in range(len(found)) if f not in pairs.values() and same(found[f], thing)), None)
        if match is not None:
            pairs[w] = match
    return pairs, [f for f in range(len(found)) if f not in pairs.values()]


def _extra(gold: GoldRecord, kind: str, text: str) -> Finding:
    name = "extra " + hashlib.sha256(compare.plain_words(text).encode()).hexdigest()[:8]
    return Finding(gold.id, kind, name, "invented", text)


def _annotated(things: Sequence[Found], gold: GoldRecord) -> list[Found]:
    return [t for t in things if any(gold.annotates(m.page) for m in getattr(t, "mentions", ()))]


def _score_references(record: Record, gold: GoldRecord) -> Iterable[Finding]:
    found = _annotated(record.references, gold)
    pairs, extra = _pair(found, gold.references, compare.same_reference)
    for w, wanted in enumerate(gold.references):
        name = str(w)
        if w not in pairs:
            if not wanted.attached:
                yield Finding(gold.id, "references", name, "missing", wanted.number or wanted.title or "")
            continue
        got = found[pairs[w]]
        if not wanted.attached:
            yield Finding(gold.id, "references", name, "right", got.number or got.title or "")
        date = _judge(got.issued_on, wanted.issued_on, got.issued_on == wanted.issued_on, handwritten=False)
        relations = [wanted.relation, *compare.listed(wanted.relation_alt)]
        issuers = [wanted.issuer, *wanted.issuer_aliases]
        issuer = _judge(got.issuer, wanted.issuer, compare.same_words(got.issuer, issuers), handwritten=False)
        for field_name, outcome, detail in (
            ("reference date", date, f"{got.number} {got.issued_on} / {wanted.issued_on}"),
            ("reference issuer", issuer, f"{got.number} {got.issuer} / {wanted.issuer}"),
            ("reference relation", "right" if got.relation in relations else "wrong", f"{got.relation} / {relations}"),
        ):
            if outcome:
                yield Finding(gold.id, field_name, name, outcome, detail)
    for f in extra:
        yield _extra(gold, "references", found[f].number or found[f].title or found[f].mentions[0].text)


def _score_deadlines(record: Record, gold: GoldRecord) -> Iterable[Finding]:
    found = _annotated(record.deadlines, gold)
    wanted = [*gold.deadlines, *(d.model_copy(update={"attached": True}) for d in gold.deadlines_optional)]
    pairs, extra = _pair(found, wanted, compare.same_deadline)
    for w, thing in enumerate(wanted):
        if not thing.attached:
            yield Finding(gold.id, "deadlines", str(w), "right" if w in pairs else "missing", thing.text)
    for f in extra:
        yield _extra(gold, "deadlines", found[f].text)


def _score_directives(record: Record, gold: GoldRecord) -> Iterable[Finding]:
    found = _annotated(record.directives, gold)
    wanted = [*gold.directives, *(d.model_copy(update={"attached": True}) for d in gold.directives_optional)]
    pairs, extra = _pair(found, wanted, compare.same_directive)
    for w, thing in enumerate(wanted):
        if not thing.attached:
            yield Finding(gold.id, "directives", str(w), "right" if w in pairs else "missing", thing.starts)
        if w in pairs and not thing.attached:
            yield from _score_actors(gold, str(w), found[pairs[w]], thing)
    for f in extra:
        yield _extra(gold, "directives", found[f].text)


def _score_actors(gold: GoldRecord, name: str, got: Directive, wanted: GoldDirective) -> Iterable[Finding]:
    choices = [wanted.lead, *(compare.listed(alias) for alias in wanted.lead_aliases)]
    flat = [str(text) for choice in choices for text in choice]
    same = compare.same_names(got.lead, flat) if got.lead else not wanted.lead
    yield Finding(gold.id, "lead", name, "right" if same else "wrong", f"{got.lead} / {wanted.lead}")
    units = {compare.plain_words(unit.name): unit.name for unit in got.units}
    options = [expected_units(option, gold) for option in (wanted.units, wanted.units_alt) if option is not None]
    option = min(options, key=lambda choice: len(choice.keys() ^ units.keys()), default={})
    for key, unit in sorted((option | units).items()):
        outcome: Outcome = "missing" if key not in units else "right" if key in option else "invented"
        yield Finding(gold.id, "routing", f"{name} {unit}", outcome, got.text[:60])
