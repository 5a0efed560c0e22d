"""The intake station: what is this file? Takes documents; refuses what can't be read, is encrypted or over a limit.

The type is told by the content, never by the name. Nothing is changed and nothing written.
"""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from models.errors import OverLimitError, UnreadableFileError
from models.settings import Settings
from pipeline.intake.kind import sniff
from pipeline.intake.limits import check_limits
from pipeline.intake.name import readable_name


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was taken: its bytes, what they are, and their SHA-256."""

    path: Path
    name: str
    sha256: str
    media_type: str
    content: bytes


def take(path: Path, settings: Settings) -> SourceFile:
    """Take a file.

    Raises:
        UnreadableFileError: no plain file, empty, damaged, or no document.
        EncryptedFileError: a PDF that asks for a password.
        OverLimitError: too many bytes, pages, or pixels on a page.
    """
    content = _read(path, settings.max_megabytes)
    media_type = sniff(content)
    check_limits(content, media_type, settings)
    return SourceFile(path, readable_name(path), hashlib.sha256(content).hexdigest(), media_type, content)


def _read(path: Path, most_megabytes: int) -> bytes:
    """Read a plain file; a link could lead out of the folder, a pipe would never end."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise UnreadableFileError(_why_not(path, error)) from error
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        os.close(descriptor)
        raise UnreadableFileError("đây là thư mục hoặc tệp đặc biệt, không phải tệp thường")
    with os.fdopen(descriptor, "rb") as file:
        if not facts.st_size:
            raise UnreadableFileError("tệp rỗng")
        most = most_megabytes * 1_000_000
        content = file.read(most + 1)
    if len(content) > most:
        raise OverLimitError(f"tệp lớn hơn {most_megabytes} MB")
    return content


def _why_not(path: Path, error: OSError) -> str:
    if path.is_symlink():
        return "đây là liên kết; hãy đưa chính tệp"
    if isinstance(error, FileNotFoundError):
        return "không có tệp này"
    if isinstance(error, PermissionError):
        return "không có quyền đọc tệp"
    return "hệ điều hành không mở được tệp"
