"""One inbox file's way into the store. Read it from top to bottom: the order is what keeps dispatches from being lost.

    claim → read and check for secrecy → archive → commit → move

A crash at any point leaves the file in the inbox or its end in the ledger; the next sweep goes on from there.
"""

import datetime as dt
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flows.apart import UnforeseenError
from flows.arrivals import Arrival
from flows.lease import kept_alive
from flows.moving import move
from flows.notes import note_for, note_of_reason
from flows.outcome import End, Outcome
from models.errors import CongvanError, MissingToolError, SecretDocumentError
from models.record import Record
from models.settings import Settings
from store.archive import ChangedMeanwhileError, keep
from store.errors import ClaimLostError, StoreUnavailableError
from store.filing import file_record
from store.ledger import (
    FINISHED,
    Claim,
    FileState,
    claim,
    look_up,
    quarantine,
    release,
    see_again,
    settle,
    withhold,
)
from store.opening import Store

# A claim lives so long after its owner's last sign of life.
LEASE = dt.timedelta(minutes=2)

# A file over which the program died this often in a row is set aside instead of stopping the inbox for good.
MOST_CRASHES = 5


@dataclass(frozen=True)
class Inbox:
    """What handling a file needs: settings, store, the function that reads a file, and who is asking."""

    settings: Settings
    store: Store
    process: Callable[[Path], Record]
    owner: str
    tell: Callable[[Outcome], None]


def take_in(inbox: Inbox, arrival: Arrival, file_id: int) -> Outcome:
    """Bring one file to its end; whatever is wrong with it or this machine comes back as an outcome."""
    state = look_up(inbox.store, file_id)
    if _awaits_move(state, arrival):
        return _move(inbox, arrival, state.id, state.state, state.reason)
    held = claim(inbox.store, file_id, inbox.owner, LEASE)
    if held is None:
        return _known(inbox, arrival, look_up(inbox.store, file_id))
    inbox.tell(Outcome(End.STARTED, arrival.name, file_id))
    try:
        with kept_alive(inbox.store, held, LEASE):
            return _read(inbox, arrival, held)
    except ClaimLostError:
        return Outcome(End.BUSY, arrival.name, file_id)


def _read(inbox: Inbox, arrival: Arrival, held: Claim) -> Outcome:
    """Read the claimed file and commit what came of it. The one place where a file's errors are caught."""
    try:
        if held.crashes >= MOST_CRASHES:
            raise CongvanError(f"chương trình dừng giữa chừng {held.crashes} lần")
        record = inbox.process(arrival.path)
        if record.source.sha256 != held.sha256 or not arrival.is_unchanged:
            raise ChangedMeanwhileError
        keep(inbox.settings.archive, arrival.path, held.sha256)
        state = file_record(inbox.store, held, record, arrival.name)
    except ClaimLostError:
        raise
    except Exception as error:  # any fault of a file must end in a named state
        return _failed(inbox, arrival, held, error)
    except BaseException:  # the program is being stopped: leave the file to whoever comes next
        release(inbox.store, held)
        raise
    return _move(inbox, arrival, held.file_id, state)


def _failed(inbox: Inbox, arrival: Arrival, held: Claim, error: Exception) -> Outcome:
    """Decide what an error means: the file is another by now, is secret, is bad, or this machine is in trouble."""
    if isinstance(error, ChangedMeanwhileError) or not arrival.is_unchanged:
        release(inbox.store, held)
        return Outcome(End.CHANGED, arrival.name, held.file_id)
    if isinstance(error, SecretDocumentError):
        withhold(inbox.store, held)
        return Outcome(End.WITHHELD, arrival.name, held.file_id)
    if _is_the_machines(error):
        release(inbox.store, held, crashed=isinstance(error, MemoryError))
        return _not_now(arrival, error, held.file_id)
    known = error if isinstance(error, CongvanError) else CongvanError(_kind(error))
    detail = "" if isinstance(error, CongvanError) else f"{_kind(error)}\n{_frames(error)}"
    quarantine(inbox.store, held, arrival.name, known.reason)
    return _move(inbox, arrival, held.file_id, "quarantined", known.reason, note_for(known, detail), detail)


def _known(inbox: Inbox, arrival: Arrival, state: FileState) -> Outcome:
    """Handle content that needs no reading: filed before, withheld, or being read elsewhere."""
    if state.state == "withheld":
        return Outcome(End.WITHHELD, arrival.name, state.id)
    if state.state not in FINISHED:
        return Outcome(End.BUSY, arrival.name, state.id)
    if _awaits_move(state, arrival):
        return _move(inbox, arrival, state.id, state.state)
    if not arrival.is_unchanged:  # another process has just filed this very file
        return Outcome(End.CHANGED, arrival.name, state.id)
    mark = arrival.mark
    see_again(inbox.store, state.id, arrival.name, f"{mark.device}.{mark.inode}.{mark.changed}")
    moved = _move(inbox, arrival, state.id, state.state)
    return moved if moved.end is End.FAILED else Outcome(End.SEEN_AGAIN, arrival.name, state.id)


def _awaits_move(state: FileState, arrival: Arrival) -> bool:
    """Tell whether this is the file whose end was committed when the program stopped."""
    return state.state in (*FINISHED, "quarantined") and not state.settled and state.name == arrival.name


def _move(
    inbox: Inbox,
    arrival: Arrival,
    file_id: int,
    state: str,
    reason: str | None = None,
    note: str | None = None,
    detail: str = "",
) -> Outcome:
    """Move the file to where its committed end belongs, and note that it has arrived there."""
    folder = inbox.settings.inbox / "done"
    if state == "quarantined":
        folder = inbox.settings.inbox / "quarantine" / (reason or CongvanError.reason)
        note = note or note_of_reason(reason or CongvanError.reason)
    try:
        move(arrival, folder, note)
    except ChangedMeanwhileError:
        return Outcome(End.CHANGED, arrival.name, file_id)
    except OSError as error:
        return _not_now(arrival, error, file_id)
    settle(inbox.store, file_id)
    return Outcome(End(state), arrival.name, file_id, reason, detail)


def _is_the_machines(error: Exception) -> bool:
    """Tell a fault of this machine, which may pass, from one of the file.

    The system's own errors carry a number; libraries that read images raise bare ones for a damaged file.
    """
    if isinstance(error, OSError):
        return error.errno is not None and not isinstance(error, TimeoutError)
    return isinstance(error, MissingToolError | StoreUnavailableError | MemoryError)


def _not_now(arrival: Arrival, error: Exception, file_id: int | None) -> Outcome:
    detail = str(error) if isinstance(error, CongvanError) else f"{type(error).__name__}: {_what_failed(error)}"
    code = error.exit_code if isinstance(error, CongvanError) else CongvanError.exit_code
    return Outcome(End.FAILED, arrival.name, file_id, detail=detail, exit_code=code)


def _what_failed(error: Exception) -> str:
    # Without the file names that the system puts into its messages.
    return (error.strerror or "") if isinstance(error, OSError) else ""


def _kind(error: Exception) -> str:
    return error.kind if isinstance(error, UnforeseenError) else type(error).__name__


def _frames(error: Exception) -> str:
    """Tell where an unforeseen error happened; its message may hold words of the document and is left out."""
    return error.frames if isinstance(error, UnforeseenError) else "".join(traceback.format_tb(error.__traceback__))
