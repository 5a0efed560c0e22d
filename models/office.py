"""The office profile: where this copy of Congvan works, read from a TOML file."""

import datetime as dt

from models.base import Frozen


class LocalityGroup(Frozen):
    """Localities that a province means by some words ("các huyện miền núi"), from `since` to `until`, both included."""

    words: tuple[str, ...]
    province: str
    units: tuple[str, ...]
    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Tell whether the list was in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Office(Frozen):
    """The office that receives the dispatches.

    `province` is a name ("Quảng Ngãi"); it serves routing only where the issuer has none or it can't be read.
    `group` spells out what a province means by words such as "miền núi".
    """

    name: str
    province: str
    level: str = "province"
    group: tuple[LocalityGroup, ...] = ()
