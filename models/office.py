"""The office profile: where this copy of Congvan works, read from a TOML file."""

from models.base import Frozen


class Office(Frozen):
    """The office that receives the dispatches.

    `province` is a name ("Quảng Ngãi"); it serves routing only where the issuer has none or it can't be read.
    """

    name: str
    province: str
    level: str = "province"
