"""The routing station: each directive's actors become the localities that existed on the day of issue.

Works from the actors the extraction found, the Kính gửi list they may point back to, and the directive's own words
where they single somebody out. What isn't sure is left out and listed for review.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.office import Office
from models.record import Directive, Letterhead, Review, UnitTask
from pipeline.routing.actors import Reading, is_general, read_actor
from pipeline.routing.overrides import own_exceptions, singled_out
from pipeline.routing.scope import Scope, read_scope
from pipeline.routing.segments import flat
from pipeline.vietnam.units import REFORM, Unit


@dataclass(frozen=True)
class Routed:
    """The directives with their units and reasons, and what a person should look at."""

    directives: tuple[Directive, ...]
    reviews: tuple[Review, ...]


def route(directives: Sequence[Directive], letterhead: Letterhead, office: Office) -> Routed:
    """Fill `units` and `reason` of each directive.

    The units are those of the day of issue. Where the day is open they must be the same on the first and the last
    possible day, else the directive is left for review.
    """
    days = _days(letterhead)
    done = [_route_one(place, directive, letterhead, office, days) for place, directive in enumerate(directives)]
    return Routed(tuple(directive for directive, _ in done), tuple(review for _, reviews in done for review in reviews))


def _days(letterhead: Letterhead) -> tuple[dt.date, ...]:
    """Give the days the dispatch may have been issued on that decide: one, the first and the last, or none."""
    if letterhead.issued_on:
        return (letterhead.issued_on,)
    if letterhead.issued_between:
        return tuple(dict.fromkeys(letterhead.issued_between))
    return ()


@dataclass(frozen=True)
class _Outcome:
    """What one directive came to on one day."""

    tasks: tuple[UnitTask, ...]
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]
    elsewhere: bool


def _route_one(
    place: int, directive: Directive, letterhead: Letterhead, office: Office, days: tuple[dt.date, ...]
) -> tuple[Directive, list[Review]]:
    """Route one directive on every day that decides, and compare."""
    tried = days or (REFORM - dt.timedelta(days=1), REFORM)
    outcomes = [_on_day(directive, letterhead, read_scope(letterhead, office, day)) for day in tried]
    first = outcomes[0]
    tasks, reasons, doubts = first.tasks, list(first.reasons), list(first.doubts)
    if any(set(other.tasks) != set(tasks) for other in outcomes):
        counts = [
            f"ngày {d.day}/{d.month}/{d.year}: {len(o.tasks)} đơn vị" for d, o in zip(tried, outcomes, strict=True)
        ]
        names = "; ".join(counts)
        doubts = [f"chưa rõ ngày ban hành, danh mục đơn vị khác nhau ({names})"]
        tasks, reasons = (), []
    elif not days and tasks:
        doubts = ["không đọc được ngày ban hành nên chưa chọn được danh mục đơn vị"]
        tasks, reasons = (), []
    reason = "; ".join(reasons) or None
    if not tasks and first.elsewhere and not doubts:
        reason = "Không giao địa phương: cơ quan ngành dọc hoặc đơn vị đặt tại địa phương không phải là địa phương"
    routed = directive.model_copy(update={"units": tasks, "reason": reason})
    reviews = [_review(place, directive, doubt) for doubt in dict.fromkeys(doubts)]
    return routed, reviews


def _review(place: int, directive: Directive, reason: str) -> Review:
    first = directive.mentions[0] if directive.mentions else None
    return Review(
        field=f"directives.{place}.units",
        reason=reason,
        page=first.page if first else None,
        boxes=first.boxes if first else (),
    )


def _on_day(directive: Directive, letterhead: Letterhead, scope: Scope) -> _Outcome:
    """Read the actors of a directive in one scope."""
    addressed = _addressed(letterhead, scope)
    lead = directive.lead or (() if directive.co else letterhead.recipients)
    tasks: dict[str, UnitTask] = {}
    reasons: list[str] = []
    doubts: list[str] = []
    elsewhere = False
    for role, actors in (("lead", lead), ("co", directive.co)):
        readings = [_resolve(actor, role, addressed, scope) for actor in actors]
        own = singled_out(directive.text, scope) if role == "lead" else None
        if own and _narrows(own, [reading for reading, _ in readings]):
            _collect(tasks, own, role)
            reasons.append(_reason(f"Nội dung nêu riêng: {own.actor}", own, scope))
            continue
        for actor, (reading, pointed) in zip(actors, readings, strict=True):
            own_exceptions(directive.text, reading, scope)
            doubts += reading.doubts + reading.remarks
            elsewhere = elsewhere or bool(reading.elsewhere)
            if reading.units:
                _collect(tasks, reading, role)
                reasons.append(_reason(_source(actor, role, pointed, letterhead), reading, scope))
    doubts += _not_addressed(tasks, addressed)
    return _Outcome(tuple(tasks.values()), tuple(dict.fromkeys(reasons)), tuple(doubts), elsewhere)


def _addressed(letterhead: Letterhead, scope: Scope) -> Reading:
    """Read the Kính gửi list as one."""
    whole = Reading()
    for recipient in letterhead.recipients:
        if is_general(recipient):
            continue
        reading = read_actor(recipient, scope)
        whole.units += [unit for unit in reading.units if unit not in whole.units]
        whole.meanings += reading.meanings
        whole.doubts += reading.doubts
        whole.elsewhere += reading.elsewhere
        whole.grouped = whole.grouped or reading.grouped
    return whole


def _resolve(actor: str, role: str, addressed: Reading, scope: Scope) -> tuple[Reading, bool]:
    """Read an actor; one that points back ("các đơn vị", "các địa phương") means the localities in Kính gửi.

    "Phối hợp với các cơ quan, đơn vị" points to nobody unless it says "nêu trên".

    "Các địa phương" means all of them only where Kính gửi names no locality; from a ministry it means provinces. The
    second value tells whether it pointed back.
    """
    if is_general(actor) and "dia phuong" not in flat(actor):
        return (addressed.copy(), True) if role == "lead" or "tren" in flat(actor).split() else (Reading(), False)
    reading = read_actor(actor, scope)
    if not reading.weak:
        return reading, False
    if addressed.units or addressed.doubts:
        return addressed.copy(), True
    return (Reading(), False) if scope.central else (reading, False)


def _narrows(own: Reading, readings: list[Reading]) -> bool:
    """Tell whether the units a text singles out are some of those its actors mean."""
    meant = [unit for reading in readings for unit in reading.units]
    return len(own.units) < len(meant) and all(unit in meant for unit in own.units)


def _collect(tasks: dict[str, UnitTask], reading: Reading, role: str) -> None:
    for unit in reading.units:
        key = f"{unit.level} {unit.code}"
        if key not in tasks:
            tasks[key] = _task(unit, role)


def _task(unit: Unit, role: str) -> UnitTask:
    return UnitTask(code=unit.code, name=unit.name, level=unit.level, role="co" if role == "co" else "lead")


def _source(actor: str, role: str, pointed: bool, letterhead: Letterhead) -> str:
    """Say where the actor stands: in Kính gửi, or in the directive itself."""
    if pointed:
        listed = "; ".join(letterhead.recipients)
        return f"{actor} = Kính gửi: {listed}"
    if any(flat(actor).strip() == flat(recipient).strip() for recipient in letterhead.recipients):
        return f"Kính gửi: {actor}" if role == "lead" else f"Phối hợp: {actor}"
    return f"{'Giao' if role == 'lead' else 'Phối hợp'}: {actor}"


def _reason(source: str, reading: Reading, scope: Scope) -> str:
    meanings = ", ".join(dict.fromkeys(reading.meanings))
    if not reading.grouped:
        meanings += f" ({scope.province.name}, ngày {scope.day.day}/{scope.day.month}/{scope.day.year})"
    note = f" ({scope.note})" if scope.note else ""
    return f"{source} → {meanings}{note}"


def _not_addressed(tasks: dict[str, UnitTask], addressed: Reading) -> list[str]:
    """List localities that are given a task though Kính gửi names others and not them."""
    if not addressed.units or addressed.doubts:
        return []
    levels = {unit.level for unit in addressed.units}
    known = {unit.code for unit in addressed.units}
    missing = [task.name for task in tasks.values() if task.level in levels and task.code not in known]
    return [f"{', '.join(missing)} không có trong Kính gửi"] if missing else []
