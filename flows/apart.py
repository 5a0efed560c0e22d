"""Read a file in a process of its own, held to limits of memory and time.

What reads PDF files and pictures can loop, swell or die over a damaged or hostile one, and nothing inside its own
process can stop that. Here only that one process ends, and the file gets its error like any other. Nothing but JSON
comes back from it, so that a file which gets the better of the libraries can't reach further.
"""

import errno
import json
import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from flows.notes import error_for
from models.errors import OverLimitError, UnreadableFileError
from models.office import Office
from models.record import Record
from models.settings import Settings

# The kinds of answers; what follows each is in `flows.reader`.
RECORD, REFUSED, SYSTEM, MEMORY, UNFORESEEN = "record", "refused", "system", "memory", "unforeseen"

# One page may need several calls of Tesseract, each with the time of a page; who is still longer than that hangs.
CALLS_PER_PAGE = 5

# Signals by which the system or its keeper, not the file, ends a process.
_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

Read = Callable[[Path, Settings, Office, Callable[[], None]], Record]


class UnforeseenError(Exception):
    """An error nobody foresaw, from the reading process: its kind and place, without its words."""

    def __init__(self, kind: str, frames: str) -> None:
        self.kind = kind
        self.frames = frames
        super().__init__(f"{kind}\n{frames}")


def process_here(path: Path, settings: Settings, office: Office, alive: Callable[[], None]) -> Record:
    """Make the record in this process, which is to be the reading one; the parent needn't load the pipeline."""
    from pipeline.process import process

    return process(path, settings, office, alive)


def process_apart(path: Path, settings: Settings, office: Office, read: Read = process_here) -> Record:
    """Make the record of a file as `pipeline.process` does, in a process that may fail.

    Raises:
        CongvanError: as `pipeline.process` raises it; OverLimitError also for too much time or memory,
            UnreadableFileError also when the process dies over the file.
        OSError: the machine's trouble, such as a full disk.
        MemoryError: the process was ended from outside.
        UnforeseenError: anything else.
    """
    context = get_context("forkserver")
    # The server loads everything once; each file gets a copy of it in a few milliseconds.
    context.set_forkserver_preload(["flows.reader"])
    ours, theirs = context.Pipe()
    child = context.Process(target=_answer, args=(theirs, read, path.absolute(), settings, office), daemon=True)
    child.start()
    theirs.close()
    try:
        told = _await(ours, CALLS_PER_PAGE * settings.page_seconds)
        if told is None:
            child.join()
            raise _death(child.exitcode or 0)
        return _understood(told, settings)
    finally:
        if child.is_alive() and child.pid:
            _kill(child.pid)
        child.join()
        ours.close()


def _answer(answers: Connection, read: Read, path: Path, settings: Settings, office: Office) -> None:
    from flows.reader import answer

    answer(answers, read, path, settings, office)


def _await(answers: Connection, seconds: float) -> bytes | None:
    """Wait for the answer as long as signs of life come; None when the process ended without one."""
    while answers.poll(seconds):
        try:
            told = answers.recv_bytes()
        except (EOFError, ConnectionResetError):
            return None
        if told:
            return told
    raise OverLimitError(f"tệp đọc quá lâu: {seconds:.0f} giây không nhích thêm")


def _understood(told: bytes, settings: Settings) -> Record:
    """Turn the answer into the record or the error it tells of."""
    kind, *rest = json.loads(told)
    if kind == RECORD:
        return Record.model_validate_json(rest[0])
    if kind == REFUSED:
        raise error_for(*rest)
    if kind == SYSTEM:
        raise OSError(*rest)
    if kind == MEMORY:
        raise OverLimitError(f"tệp cần hơn {settings.max_memory_megabytes} MB bộ nhớ")
    raise UnforeseenError(*rest)


def _death(status: int) -> Exception:
    """Say what a process that ended without an answer died of."""
    if -status in _FROM_OUTSIDE:
        return MemoryError()
    if status >= 0:  # it never got to the file
        return OSError(errno.ECHILD, "tiến trình đọc không khởi động được")
    return UnreadableFileError("chương trình đọc dừng đột ngột vì tệp này")


def _kill(pid: int) -> None:
    """End the process and the Tesseract it may have started."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:  # not yet the head of its own group, or gone
        os.kill(pid, signal.SIGKILL)
