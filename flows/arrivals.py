"""What lies in the inbox: which files are for us, and which have stopped growing.

First station of the inbox flow. It opens nothing but PDF tails; names are taken as the folder gives them.
"""

import mmap
import os
import stat
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.intake.name import readable_name

# What systems, browsers, sync tools and office programs leave beside real files.
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})
_IGNORED_STARTS = (".", "~$", "~")
_IGNORED_ENDS = (
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".filepart",
    ".tmp",
    ".temp",
    ".swp",
    ".opdownload",
    "~",
)

# A PDF without its end mark is probably still on its way: it gets this many times the usual wait.
_PATIENCE_FOR_UNFINISHED = 5


@dataclass(frozen=True)
class Mark:
    """What tells one file, in one state, from any other: device, inode, size, time of change."""

    device: int
    inode: int
    size: int
    changed: int


@dataclass(frozen=True)
class Arrival:
    """A file in the inbox as it was when it was looked at."""

    path: Path
    mark: Mark

    @property
    def name(self) -> str:
        """The name as people read it: NFC, bytes that are no UTF-8 replaced."""
        return readable_name(self.path)

    @property
    def is_unchanged(self) -> bool:
        """Whether the same file in the same state is still there."""
        return mark_of(self.path) == self.mark


@dataclass(frozen=True)
class Look:
    """The inbox at one moment: files, oldest first, and things that are no files (links, pipes, sockets)."""

    files: tuple[Arrival, ...]
    others: tuple[Arrival, ...]


def mark_of(path: Path) -> Mark | None:
    """Give the mark of what lies at a path, links not followed; None when nothing does."""
    try:
        return _mark(path.lstat())
    except FileNotFoundError:
        return None


def look_into(inbox: Path) -> Look:
    """List the inbox itself; folders in it are not entered."""
    files: list[Arrival] = []
    others: list[Arrival] = []
    with os.scandir(inbox) as entries:
        for entry in entries:
            if is_ignored(entry.name):
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            arrival = Arrival(Path(entry.path), _mark(status))
            if stat.S_ISREG(status.st_mode):
                files.append(arrival)
            elif not stat.S_ISDIR(status.st_mode):
                others.append(arrival)
    return Look(*(tuple(sorted(found, key=_by_age)) for found in (files, others)))


def is_ignored(name: str) -> bool:
    """Tell whether a name is a system's or an unfinished download's.

    >>> [is_ignored(n) for n in (".DS_Store", "~$vb.docx", "a.pdf.part", "Thumbs.db", "công văn.pdf")]
    [True, True, True, True, False]
    """
    low = name.lower()
    return low in _IGNORED_NAMES or low.startswith(_IGNORED_STARTS) or low.endswith(_IGNORED_ENDS)


@dataclass
class Stillness:
    """Remembers since when each file has been as it is. A file is ready once that is long enough.

    It watches with its own eyes: times a copying program may set, or another machine's clock, prove nothing.
    """

    seconds: float
    clock: Callable[[], float] = time.monotonic
    next_ready: float | None = None
    """Seconds until the next file is ready, as of the last question."""
    _seen: dict[Path, tuple[Mark, float]] = field(default_factory=dict)

    def ready(self, files: Iterable[Arrival]) -> list[Arrival]:
        """Give the files that have stopped changing; the others are waited for."""
        now = self.clock()
        present = {arrival.path: arrival for arrival in files}
        kept = {path: seen for path, seen in self._seen.items() if path in present and seen[0] == present[path].mark}
        self._seen = {path: kept.get(path, (arrival.mark, now)) for path, arrival in present.items()}
        missing = {path: self._missing(path, now) for path in present}
        self.next_ready = min((seconds for seconds in missing.values() if seconds > 0), default=None)
        return [arrival for path, arrival in present.items() if missing[path] <= 0]

    def _missing(self, path: Path, now: float) -> float:
        """Give the seconds until a file is ready if it stays as it is."""
        waited = now - self._seen[path][1]
        patience = _PATIENCE_FOR_UNFINISHED * self.seconds
        # Only a file that would pass is worth a look inside.
        if self.seconds <= waited < patience and _is_unfinished_pdf(path):
            return patience - waited
        return self.seconds - waited


def _is_unfinished_pdf(path: Path) -> bool:
    """Tell whether a PDF has no end mark anywhere; what follows a mark makes no PDF unfinished."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    with os.fdopen(handle, "rb") as file:
        if not file.read(5).startswith(b"%PDF-"):
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.rfind(b"%%EOF") < 0


def _mark(status: os.stat_result) -> Mark:
    return Mark(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _by_age(arrival: Arrival) -> tuple[int, str]:
    return arrival.mark.changed, arrival.path.name
