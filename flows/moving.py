"""Move inbox files to their last place: nothing is overwritten, and a move cut short is finished by the next one.

A file is linked under its new name first and only then leaves the inbox. What was replaced since it was read stays.
A folder on another file system gets a copy, which counts once it is whole.
"""

import errno
import os
import shutil
import stat
import zlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from flows.arrivals import Arrival, mark_of
from store.archive import ChangedMeanwhileError, copy_whole, flush_folder, hash_of

# The longest name file systems take, in bytes.
_LONGEST_NAME = 255

# What follows the last dot is part of the name itself when it is longer than this.
_LONGEST_ENDING = 10

_NOTE = ".reason.txt"


def move(arrival: Arrival, folder: Path, note: str | None = None) -> Path:
    """Move a file into a folder under its own name, or the next free one, with a note beside it if there is one.

    Raises:
        ChangedMeanwhileError: the inbox holds something else under that name by now; it stays.
        OSError: the folder can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not arrival.is_unchanged:
        raise ChangedMeanwhileError
    for place in _places(folder, arrival.path.name):
        beside = note_place(place)
        if (note is not None and beside.exists() and not _is_same(arrival, place)) or not _link(arrival, place):
            continue
        if mark_of(place) != arrival.mark and not _is_copy(arrival, place):
            place.unlink()
            raise ChangedMeanwhileError
        if note is not None:
            beside.write_text(note, encoding="utf-8")
        arrival.path.unlink(missing_ok=True)
        flush_folder(folder)
        flush_folder(arrival.path.parent)
        return place
    raise AssertionError("there is always a free name")


def note_place(place: Path) -> Path:
    """Name the note beside a file: its name with `.reason.txt` behind.

    A name too long for that is shortened, with a mark of the whole name so that neighbours' notes stay apart.
    """
    name = place.name + _NOTE
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = _fitting(place.name, f"~{zlib.crc32(os.fsencode(place.name)):08x}{_NOTE}")
    return place.with_name(name)


def _link(arrival: Arrival, place: Path) -> bool:
    """Give the file its new name beside the old one; False when the name is another file's."""
    try:
        os.link(arrival.path, place, follow_symlinks=False)
    except FileExistsError:
        return _is_same(arrival, place)  # an earlier move was cut short right here
    except FileNotFoundError as error:
        raise ChangedMeanwhileError from error
    except OSError:
        # No links on this file system, or none to files of others: hold the name with an empty file, then rename.
        return _rename(arrival.path, place)
    return True


def _rename(path: Path, place: Path) -> bool:
    try:
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    try:
        path.replace(place)
    except FileNotFoundError as error:
        place.unlink()
        raise ChangedMeanwhileError from error
    except OSError as error:
        if error.errno != errno.EXDEV or not stat.S_ISREG(path.lstat().st_mode):
            place.unlink()
            raise
        _copy_over(path, place)
    return True


def _copy_over(path: Path, place: Path) -> None:
    """Copy a file to another file system, whole or not at all."""
    part = place.with_name(f".{zlib.crc32(os.fsencode(place.name)):08x}.{os.getpid()}.part")
    try:
        copy_whole(path, part, None)
        shutil.copystat(path, part, follow_symlinks=False)
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        place.unlink()
        raise


def _is_copy(arrival: Arrival, place: Path) -> bool:
    """Tell whether a file on another file system is a copy of the one that was read."""
    there = mark_of(place)
    if there is None or there.device == arrival.mark.device or there.size != arrival.mark.size:
        return False
    return hash_of(place) == hash_of(arrival.path) and arrival.is_unchanged


def _is_same(arrival: Arrival, place: Path) -> bool:
    there = mark_of(place)
    return there is not None and (there.device, there.inode) == (arrival.mark.device, arrival.mark.inode)


def _places(folder: Path, name: str) -> Iterator[Path]:
    stem, dot, end = name.rpartition(".")
    if not stem or len(end) > _LONGEST_ENDING:
        stem, dot, end = name, "", ""
    yield folder / name
    for number in count(2):
        yield folder / _fitting(stem, f" ({number}){dot}{end}")


def _fitting(stem: str, end: str) -> str:
    """Join the parts of a name, the stem shortened by whole characters until the file system takes it."""
    while len(os.fsencode(stem + end)) > _LONGEST_NAME:
        stem = stem[:-1]
    return stem + end
