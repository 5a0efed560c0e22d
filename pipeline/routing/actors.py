"""Read one actor: which localities it addresses, which bodies merely stand in one, and what stays open.

A locality is addressed through its UBND, Chủ tịch, HĐND, Party committee, Ban Chỉ huy or Ban Chỉ đạo, through its rooms
when they are addressed from outside, or by its name. Vertical services, schools and associations give none.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.routing.groups import Group, expand, show
from pipeline.routing.places import Place, first_place, match_name
from pipeline.routing.scope import Scope, party_as_place
from pipeline.routing.segments import Segment, cut, flat, leading_name
from pipeline.routing.words import words
from pipeline.vietnam.units import Ambiguous, Province, Unit, find_province, find_unit

Body = Literal["locality", "room", "elsewhere", "complete", "unknown"]

_PLURAL = re.compile(r"\b(cac|nhung|tat ca|toan bo|moi|\d+)\b")
_COUNT = re.compile(r"(\d{1,3})(?:/\d{1,3})?\s*(?:đơn vị )?$")
_OTHER_PROVINCE = re.compile(r"\btỉnh (?=\S)")


@dataclass
class Reading:
    """What an actor came to: units, in words how, doubts that left something out, remarks that didn't."""

    units: list[Unit] = field(default_factory=list)
    meanings: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    grouped: bool = False
    weak: bool = False
    actor: str = ""

    def copy(self) -> "Reading":
        """Give a reading of its own with the same findings."""
        return replace(
            self,
            units=list(self.units),
            meanings=list(self.meanings),
            doubts=list(self.doubts),
            remarks=list(self.remarks),
            elsewhere=list(self.elsewhere),
        )


def is_general(actor: str) -> bool:
    """Tell whether an actor only points back to those addressed: "các đơn vị", "các cơ quan, đơn vị, địa phương"."""
    segments, _ = cut(actor)
    return bool(segments) and all(words().addressees.match(segment.folded) for segment in segments)


def read_actor(actor: str, scope: Scope) -> Reading:
    """Read an actor's name as printed; several names in one string are read one by one.

    A province named in it ("huyện X, tỉnh Y") takes the place of the issuer's.
    """
    text = party_as_place(actor)
    other = _OTHER_PROVINCE.search(text)
    province = _named_province(text[other.end() :], scope) if other else None
    if province and province.name != scope.province.name:
        scope = replace(scope, province=province, home=None, note="")
    segments, exceptions = cut(text)
    reader = _Reader(scope)
    for segment in segments:
        reader.take(segment)
    reading = reader.finish()
    if exceptions:
        _except(reading, exceptions, scope)
    return reading


def _named_province(text: str, scope: Scope) -> Province | None:
    words = leading_name(text).rstrip(".,;:)").split()
    names = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((found for name in names if (found := find_province(f"tỉnh {name}", scope.day))), None)


def _except(reading: Reading, exceptions: str, scope: Scope) -> None:
    """Take the excepted units out; an exception that can't be read, or that wasn't in, leaves it to a person."""
    left_out = read_actor(exceptions, scope)
    wrong = [unit.name for unit in left_out.units if unit not in reading.units]
    if left_out.doubts or not left_out.units or wrong:
        reading.doubts.append(f"không rõ trừ “{exceptions}” là trừ những đơn vị nào")
        reading.units.clear()
        return
    reading.units[:] = [unit for unit in reading.units if unit not in left_out.units]
    reading.meanings.append(f"trừ {', '.join(unit.name for unit in left_out.units)}")


class _Reader:
    """Walk over the pieces of an actor; `bodies` are those that wait for, or have got, their place."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.reading = Reading()
        self.bodies: list[Body] = []
        self.placed: str | None = None  # level of the place the bodies have got
        self.addressed = True  # whether that place is addressed through them
        self.group: Group | None = None
        self.kind: str | None = None  # type that a bare name in a list has
        self.listing = False  # after "các huyện:"
        self.namesakes: tuple[Unit, ...] = ()  # communes of one name, until a district tells which

    def finish(self) -> Reading:
        """Give what was read, after the last piece."""
        self._leave_namesakes()
        self.close_group()
        return self.reading

    def take(self, segment: Segment) -> None:
        """Read the next piece."""
        place = first_place(segment.text, self.scope)
        if self.namesakes and place and self._choose_namesake(place, segment):
            return
        self._leave_namesakes()
        if place is None:
            self._without_place(segment)
            return
        before = segment.text[: place.start].strip()
        self._address(before, segment, place)
        if place.level == "province":
            self.close_group()
            self.kind = None
        elif place.units or place.unknown:
            self._named(segment, place)
        else:
            self._grouped(segment, place, before)

    def _without_place(self, segment: Segment) -> None:
        """Read a bare name of a list, else the name of a body that may still get its place."""
        listed = self._listed_name(segment)
        if listed:
            return
        body = _body(segment.text)
        if body == "unknown" and not self.placed and self.bodies:
            return  # the rest of a name with "và" in it: "Giáo dục | Đào tạo"
        self.close_group()
        self.kind = None
        self._add_body(body or "unknown", segment)

    def _listed_name(self, segment: Segment) -> bool:
        if self.kind is None:
            return False
        kind = None if self.listing and self.group and len(self.group.kinds) > 1 else self.kind
        matched = match_name(segment.text, kind, self.scope)
        rest = flat(segment.text[matched[1] :]).strip() if matched else ""
        if matched and (not rest or words().verb.match(rest)):
            self._drop_listed_group()
            self._add(matched[0], segment.text)
            return True
        if leading_name(segment.text) == segment.text and _body(segment.text) == "unknown":
            self._drop_listed_group()
            self._doubt(f"không nhận ra “{segment.text}” trong {self.scope.province.name} ngày {show(self.scope)}")
            return True
        return False

    def _address(self, before: str, segment: Segment, place: Place) -> None:
        """Settle whether the place is addressed, by the bodies named before it."""
        body = _body(before) if before else None
        if body is None:
            self.addressed = self._bare_is_addressed(segment.sign, place)
        elif body == "unknown" and self.bodies and not self.placed:
            self.addressed = self._reaches()
        else:
            self._add_body(body, segment)
            self.addressed = self._reaches()
        self.placed = place.level

    def _bare_is_addressed(self, sign: str, place: Place) -> bool:
        """A place without a body shares the one before it, except after bodies that are complete in themselves."""
        if not self.bodies or self.bodies[-1] == "complete":
            return True
        if self.placed is None:
            return self._reaches()
        if self.placed == place.level or self.addressed:
            return self.addressed
        if sign != ";":
            self.reading.doubts.append("không rõ địa phương được giao riêng hay đi với cơ quan đứng trước")
        return sign == ";"

    def _add_body(self, body: Body, segment: Segment) -> None:
        if self.placed:
            self.bodies, self.placed = [], None
        room = body == "room" and words().room_alone.match(flat(segment.text[:60]))
        self.bodies.append("locality" if room else body)

    def _reaches(self) -> bool:
        """A room counts right before its place; across other bodies only a locality's body does."""
        return "locality" in self.bodies or self.bodies[-1] == "room"

    def _named(self, segment: Segment, place: Place) -> None:
        after = segment.text[place.end :].strip()
        if place.unknown:
            self.close_group()
            self._unknown(place.unknown)
            return
        if self._qualifies(place, segment):
            return
        units = self._narrow(place.units, after or segment.bracket)
        self._drop_listed_group() if segment.sign == ":" else self.close_group()
        self.kind = units[0].kind
        self._add(units, segment.text)

    def _qualifies(self, place: Place, segment: Segment) -> bool:
        """Read "huyện Trà Bồng" after "xã Trà Tân," as telling where the commune lies."""
        last = self.reading.units[-1] if self.reading.units else None
        bare = not segment.text[: place.start].strip() and segment.sign == ","
        return bool(bare and last and last.level == "commune" and last.parent in {unit.code for unit in place.units})

    def _choose_namesake(self, place: Place, segment: Segment) -> bool:
        """Read "thị xã Bỉm Sơn" after "phường Phú Sơn," as telling which of the namesakes is meant."""
        codes = {unit.code for unit in place.units}
        chosen = tuple(unit for unit in self.namesakes if unit.parent in codes)
        if len(chosen) != 1 or segment.sign != "," or segment.text[: place.start].strip():
            return False
        self.namesakes = ()
        self._add(chosen, segment.text)
        return True

    def _leave_namesakes(self) -> None:
        if self.namesakes:
            names = f"{self.namesakes[0].name}: có {len(self.namesakes)} đơn vị cùng tên"
            self.namesakes = ()
            self._doubt(names)

    def _narrow(self, units: tuple[Unit, ...], after: str) -> tuple[Unit, ...]:
        where = first_place(after, self.scope) if after and len(units) > 1 else None
        codes = {unit.code for unit in where.units} if where else set()
        return tuple(unit for unit in units if unit.parent in codes) or units

    def _unknown(self, name: str) -> None:
        if not self.addressed:
            self.reading.elsewhere.append(name)
            return
        found = find_unit(name, self.scope.province.name, self.scope.day)
        reason = found.reason if isinstance(found, Ambiguous) else f"không nhận ra “{name}”"
        self._doubt(reason)

    def _add(self, units: tuple[Unit, ...], text: str) -> None:
        if not self.addressed:
            self.reading.elsewhere.append(text)
            return
        if len(units) > 1:
            self.namesakes = units
            return
        unit = units[0]
        if unit == self.scope.home:
            return
        self.reading.units.append(unit)
        self.reading.meanings.append(unit.name)

    def _doubt(self, reason: str) -> None:
        if self.addressed:
            self.reading.doubts.append(reason)

    def _grouped(self, segment: Segment, place: Place, before: str) -> None:
        count = _COUNT.search(before)
        printed = segment.text[place.start : place.end]
        tail = segment.text[place.end :].strip()
        group = Group(
            text=printed,
            level=place.level,
            kinds=place.kinds,
            plural=bool(place.whole_level or _PLURAL.search(flat(before)) or "/" in printed),
            count=int(count[1]) if count else None,
            tail=tail,
            listed=bool(words().listed.search(flat(f"{tail} {segment.bracket}"))),
            whole_level=place.whole_level,
            weak=place.weak,
        )
        if self.group and self._continues(self.group, group, segment.sign):
            self.group = self.group.join(group, segment.sign)
        else:
            self.close_group()
            self.group = group
        self.kind = sorted(place.kinds)[0] if not place.whole_level else None
        self.listing = True

    @staticmethod
    def _continues(run: Group, group: Group, sign: str) -> bool:
        """Tell whether a type goes on with the run before it: "các huyện" + "thị xã"."""
        return not run.tail and not run.weak and sign in (",", "và", "/") and run.level == group.level

    def _drop_listed_group(self) -> None:
        """Forget the group word that the names spell out: "các huyện: Ba Tơ, Minh Long"."""
        if self.group:
            self.group = None

    def close_group(self) -> None:
        """Spell out the group word read last."""
        group, self.group, self.listing = self.group, None, False
        if group is None:
            return
        if not self.addressed:
            self.reading.elsewhere.append(group.text)
            return
        expansion = expand(group, self.scope)
        self.reading.grouped = self.reading.grouped or group.plural
        self.reading.weak = self.reading.weak or group.weak
        self.reading.units.extend(unit for unit in expansion.units if unit != self.scope.home)
        if expansion.meaning:
            self.reading.meanings.append(expansion.meaning)
        if expansion.doubt:
            self._doubt(expansion.doubt)
        if expansion.remark:
            self.reading.remarks.append(expansion.remark)


def _body(text: str) -> Body | None:
    """Tell what kind of body words name; None when they name none ("các", "Đối với")."""
    known = words()
    folded = " ".join(flat(text).split())
    if known.fillers.match(folded):
        return None
    folded = known.leading_fillers.sub("", folded)
    elsewhere, locality = known.elsewhere.search(folded), known.locality.search(folded)
    if elsewhere and (not locality or elsewhere.start() <= locality.start()):
        return "elsewhere"
    if locality:
        return "locality"
    if known.room.search(folded) and not re.search(r"\bso\b", folded):
        return "room"
    return "complete" if known.complete.search(folded) else "unknown"
