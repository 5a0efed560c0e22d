"""A second door to Tesseract, for training only: the plain text of a picture read in any installed language."""

import os
import subprocess
from collections.abc import Iterable

from models.errors import MissingToolError
from pipeline.tools.tesseract import LANGUAGE

# Same reason as in `tesseract`: one thread per process is fastest.
_ENVIRONMENT = {**os.environ, "OMP_THREAD_LIMIT": "1"}


def read_text(image: bytes, dpi: int, language: str = LANGUAGE) -> str:
    """Read a picture file's bytes as one block of text, a printed line a line.

    Raises:
        subprocess.CalledProcessError: Tesseract or the language's data is missing, or the picture can't be read.
    """
    call = ["tesseract", "stdin", "stdout", "-l", language, "--oem", "1", "--psm", "6", "--dpi", str(dpi)]
    done = subprocess.run(call, input=image, capture_output=True, check=True, env=_ENVIRONMENT, timeout=120)
    return done.stdout.decode("utf-8", errors="replace")


def require_languages(languages: Iterable[str]) -> None:
    """See that Tesseract has the data of these languages.

    Raises:
        MissingToolError: Tesseract or one of them is missing; tells the Debian package that brings it.
    """
    try:
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=True, timeout=30).stdout
    except FileNotFoundError as error:
        raise MissingToolError("tesseract-ocr") from error
    if missing := sorted(set(languages) - set(listed.decode().split())):
        raise MissingToolError(", ".join(f"tesseract-ocr-{language}" for language in missing))
