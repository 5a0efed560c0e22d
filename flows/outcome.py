"""What became of one inbox file in one sweep, for the progress line and the exit status."""

from dataclasses import dataclass
from enum import StrEnum


class End(StrEnum):
    """Where a file stands after a sweep looked at it."""

    STARTED = "started"
    DONE = "done"
    REVIEW = "review"
    SEEN_AGAIN = "seen again"
    QUARANTINED = "quarantined"
    REFUSED = "refused"  # a link or a pipe: moved away unread
    WITHHELD = "withheld"
    CHANGED = "changed"  # changed or gone since it was looked at: the next sweep sees
    BUSY = "busy"  # in another process's hands
    FAILED = "failed"  # this machine couldn't; the file waits where it is


# A file that ended so still waits in the inbox for a later sweep.
UNFINISHED = frozenset({End.CHANGED, End.BUSY, End.FAILED})


@dataclass(frozen=True)
class Outcome:
    """The end of one file. `file_id` is its number in the ledger; `detail` is for people, never a document's text."""

    end: End
    name: str
    file_id: int | None = None
    reason: str | None = None
    detail: str = ""
    exit_code: int = 0
