"""The archive: originals under the name of their content, readable by the owner alone, never changed.

A copy counts only once it is whole: written beside, checked against the hash, flushed, then renamed into place.
"""

import hashlib
import os
from pathlib import Path

_CHUNK = 1 << 20


class ChangedMeanwhileError(Exception):
    """The file no longer has the content that was read; the next sweep takes it anew."""


def archived(archive: Path, sha256: str) -> Path:
    """Name the place of a content."""
    return archive / sha256[:2] / sha256


def keep(archive: Path, source: Path, sha256: str) -> Path:
    """Copy an original into the archive, unless it is there already.

    Raises:
        ChangedMeanwhileError: the source's content isn't the expected one any more.
        OSError: the disk is full, the source is gone, and the like.
    """
    place = archived(archive, sha256)
    if place.is_file() and hash_of(place) == sha256:
        return place
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = place.with_name(f".{sha256}.{os.getpid()}.part")
    try:
        copy_whole(source, part, sha256)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    flush_folder(place.parent)
    flush_folder(archive)
    return place


def hash_of(file: Path) -> str:
    """Give the SHA-256 of a regular file's content; a link is not followed."""
    return copy_whole(file, None, None)


def flush_folder(folder: Path) -> None:
    """Make renames inside a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_whole(source: Path, target: Path | None, expected: str | None) -> str:
    """Copy a regular file, flushed, and give its hash; without a target only the hash.

    Raises:
        ChangedMeanwhileError: the content isn't the expected one.
    """
    digest = hashlib.sha256()
    # O_NONBLOCK: a FIFO put in the file's place must not hang the reader.
    reader = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    writer = None if target is None else os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        while chunk := os.read(reader, _CHUNK):
            digest.update(chunk)
            if writer is not None:
                _write_all(writer, chunk)
        if expected is not None and digest.hexdigest() != expected:
            raise ChangedMeanwhileError
        if writer is not None:
            os.fsync(writer)
    finally:
        os.close(reader)
        if writer is not None:
            os.close(writer)
    return digest.hexdigest()


def _write_all(handle: int, chunk: bytes) -> None:
    while chunk:
        chunk = chunk[os.write(handle, chunk) :]
