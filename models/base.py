"""The base of every record: frozen, strict about its fields, cheap to copy with changes."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Stand under every record: nobody edits one in place, an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
