"""Sweep the inbox: every file that has stopped growing goes its way into the store, one after the other.

`sweep` and `drain` are plain functions; `flows.runs` wraps a sweep into a Prefect flow run, one task per dispatch.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from flows.arrivals import Arrival, Mark, Stillness, look_into
from flows.dispatch import Inbox, take_in
from flows.moving import move
from flows.notes import NOT_A_FILE, note_of_reason
from flows.outcome import UNFINISHED, End, Outcome
from models.settings import Settings
from store.archive import ChangedMeanwhileError, hash_of
from store.ledger import register, settle, unsettled

# Runs the work on one file, given its number in the ledger: at once, or as a task of a flow.
Each = Callable[[int, Callable[[], Outcome]], Outcome]

# `drain` waits so long for files that still grow or are in other hands, as long as nothing moves.
_PATIENCE_SECONDS = 60.0

_SHORTEST_PAUSE = 0.02


@dataclass
class Sweeper:
    """An inbox with what one process remembers between sweeps: what has been still since when, what to leave alone."""

    inbox: Inbox
    stillness: Stillness
    retries: bool
    is_stopping: Callable[[], bool]
    _left: set[Mark] = field(default_factory=set)

    @classmethod
    def over(cls, inbox: Inbox, *, retries: bool = True, is_stopping: Callable[[], bool] = lambda: False) -> "Sweeper":
        """Begin with nothing remembered, and the folders made; without `retries` a failed file is left alone."""
        make_folders(inbox.settings)
        return cls(inbox, Stillness(inbox.settings.settle_seconds), retries, is_stopping)

    def look(self) -> "Sweep":
        """Look into the inbox and choose what is ready."""
        found = look_into(self.inbox.settings.inbox)
        names = {arrival.name for arrival in found.files}
        for state in unsettled(self.inbox.store):
            if state.name not in names:  # moved, but the program stopped before it could say so
                settle(self.inbox.store, state.id)
        files = [arrival for arrival in found.files if arrival.mark not in self._left]
        ready = self.stillness.ready(files)
        return Sweep(self, ready, list(found.others), growing=len(files) - len(ready))

    def handle(self, arrival: Arrival, each: Each) -> Outcome:
        """Bring one file to its end and tell of it."""
        outcome = self._handle(arrival, each)
        if outcome.end is End.WITHHELD or (outcome.end is End.FAILED and not self.retries):
            self._left.add(arrival.mark)
        if outcome.end not in (End.BUSY, End.CHANGED):
            self.inbox.tell(outcome)
        return outcome

    def _handle(self, arrival: Arrival, each: Each) -> Outcome:
        try:
            sha256 = hash_of(arrival.path)
        except FileNotFoundError:
            return Outcome(End.CHANGED, arrival.name)
        except OSError as error:
            return Outcome(End.FAILED, arrival.name, detail=error.strerror or "", exit_code=1)
        if not arrival.is_unchanged:
            return Outcome(End.CHANGED, arrival.name)
        file_id = register(self.inbox.store, sha256).id
        return each(file_id, lambda: take_in(self.inbox, arrival, file_id))

    def refuse(self, arrival: Arrival) -> Outcome:
        """Move something that is no file out of the way, unread."""
        try:
            move(arrival, self.inbox.settings.inbox / "quarantine" / NOT_A_FILE, note_of_reason(NOT_A_FILE))
        except ChangedMeanwhileError:
            outcome = Outcome(End.CHANGED, arrival.name)
        except OSError as error:
            outcome = Outcome(End.FAILED, arrival.name, detail=error.strerror or "", exit_code=1)
        else:
            outcome = Outcome(End.REFUSED, arrival.name, reason=NOT_A_FILE)
        self.inbox.tell(outcome)
        return outcome


@dataclass
class Sweep:
    """One sweep: what was ready when it began, and what became of it."""

    sweeper: Sweeper
    ready: list[Arrival]
    others: list[Arrival]
    growing: int
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do right now."""
        return not self.ready and not self.others

    @property
    def is_waiting(self) -> bool:
        """Whether files are still being written, or in other hands."""
        return self.growing > 0 or any(outcome.end in (End.BUSY, End.CHANGED) for outcome in self.outcomes)

    @property
    def next_look(self) -> float:
        """Seconds after which it is worth looking again; infinite when only new files can bring work."""
        busy = any(outcome.end in (End.BUSY, End.CHANGED) for outcome in self.outcomes)
        settings = self.sweeper.inbox.settings
        soonest = self.sweeper.stillness.next_ready
        return min(settings.settle_seconds if busy else math.inf, math.inf if soonest is None else soonest)

    def run(self, each: Each = lambda _, work: work()) -> None:
        """Handle everything that is ready, until asked to stop."""
        self.outcomes += [self.sweeper.refuse(other) for other in self.others]
        for arrival in self.ready:
            if self.sweeper.is_stopping():
                break
            self.outcomes.append(self.sweeper.handle(arrival, each))


def drain(inbox: Inbox, sleep: Callable[[float], None] = time.sleep) -> int:
    """Handle what lies in the inbox, then end. Give 0 when nothing is left to do, else the first failure's exit status.

    Files still being written or read by another process are waited for while that goes on, not for ever.
    """
    sweeper = Sweeper.over(inbox, retries=False)
    patience = max(_PATIENCE_SECONDS, 10 * inbox.settings.settle_seconds)
    failures: list[int] = []
    waited = 0.0
    while waited < patience:
        sweep = sweeper.look()
        sweep.run()
        failures += [outcome.exit_code for outcome in sweep.outcomes if outcome.end is End.FAILED]
        if not sweep.is_waiting:
            return failures[0] if failures else 0
        pause = max(sweep.next_look, _SHORTEST_PAUSE)
        waited = 0.0 if any(outcome.end not in UNFINISHED for outcome in sweep.outcomes) else waited + pause
        sleep(pause)
    return failures[0] if failures else 1


def make_folders(settings: Settings) -> None:
    """Make the data folder and the inbox; what is private is readable by its owner alone."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.archive.mkdir(mode=0o700, exist_ok=True)
    settings.inbox.mkdir(exist_ok=True)
