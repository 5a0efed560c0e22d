"""The door to Tesseract: words with boxes, the turn of a page, and what is installed.

Pictures travel as uncompressed PGM files: writing them costs a few milliseconds, where PNG costs as much as half the
reading. Each call is one process of one thread, so that pages can be read side by side.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import MissingToolError

LANGUAGE = "vie"

# More than one thread per process makes Tesseract slower; the variable must be set before a process starts.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


class TesseractTimeoutError(Exception):
    """Tesseract did not end within the time given to it."""


class TesseractFailedError(Exception):
    """Tesseract broke off over a picture, or answered with something that isn't its table of words."""


@dataclass(frozen=True, slots=True)
class TesseractWord:
    """One word: box in pixels `(x0, y0, x1, y1)`, confidence 0 to 1, the line it stands in and that line's height."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    line: tuple[int, int, int]
    line_height: int


def read_words(grey: NDArray[np.uint8], dpi: float, seconds: float, layout: int = 3) -> list[TesseractWord]:
    """Read a grey picture; `layout` is Tesseract's page segmentation mode.

    Raises:
        TesseractTimeoutError: it took longer than `seconds`.
        TesseractFailedError: it broke off.
        MissingToolError: Tesseract or its Vietnamese data isn't installed.
    """
    import pytesseract  # type: ignore[import-untyped]

    try:
        rows = _call(
            grey,
            lambda path: pytesseract.image_to_data(
                path,
                lang=LANGUAGE,
                config=f"--oem 1 --psm {layout} --dpi {round(dpi)}",
                timeout=seconds,
                output_type=pytesseract.Output.DICT,
            ),
        )
    except pytesseract.TesseractError as error:
        raise TesseractFailedError from error
    return _words(rows)


def read_turn(grey: NDArray[np.uint8], dpi: float, seconds: float) -> tuple[int, float]:
    """Tell by how many degrees clockwise the picture must be turned to stand upright, and how sure that is.

    A picture with too little text to tell gives `(0, 0.0)`.
    """
    import pytesseract

    try:
        found = _call(
            grey,
            lambda path: pytesseract.image_to_osd(
                path, config=f"--psm 0 --dpi {round(dpi)}", timeout=seconds, output_type=pytesseract.Output.DICT
            ),
        )
    except pytesseract.TesseractError as error:
        if "Too few characters" in str(error) or "Invalid resolution" in str(error):
            return 0, 0.0
        raise TesseractFailedError from error
    if not {"rotate", "orientation_conf"} <= found.keys():
        raise TesseractFailedError
    return int(found["rotate"]), float(found["orientation_conf"])


def installed_version() -> str | None:
    """Give Tesseract's version, or None when it isn't installed."""
    import pytesseract

    try:
        return str(pytesseract.get_tesseract_version()).split()[0]
    except pytesseract.TesseractNotFoundError:
        return None


def installed_languages() -> tuple[str, ...]:
    """Give the names of the installed language data, () when Tesseract isn't installed."""
    import pytesseract

    try:
        return tuple(sorted(pytesseract.get_languages()))
    except pytesseract.TesseractNotFoundError:
        return ()


def _call(grey: NDArray[np.uint8], ask: Any) -> dict[str, Any]:
    import pytesseract

    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        path = Path(folder) / "page.pgm"
        height, width = grey.shape
        path.write_bytes(b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(grey).tobytes())
        try:
            answer: dict[str, Any] = ask(str(path))
        except pytesseract.TesseractNotFoundError as error:
            raise MissingToolError("tesseract-ocr") from error
        except pytesseract.TesseractError as error:
            if "Error opening data file" in str(error) or "Failed loading language" in str(error):
                raise MissingToolError("tesseract-ocr-vie, tesseract-ocr-osd") from error
            raise
        except (UnicodeDecodeError, FileNotFoundError) as error:  # its answer is garbled or missing
            raise TesseractFailedError from error
        except RuntimeError as error:  # pytesseract's way of saying that the time is up
            if "timeout" in str(error):
                raise TesseractTimeoutError from error
            raise
    return answer


def _words(rows: dict[str, Any]) -> list[TesseractWord]:
    if not rows:
        raise TesseractFailedError
    heights: dict[tuple[int, int, int], int] = {}
    words = []
    for level, block, paragraph, line, left, top, width, height, confidence, text in zip(
        *(
            rows[key]
            for key in (
                "level",
                "block_num",
                "par_num",
                "line_num",
                "left",
                "top",
                "width",
                "height",
                "conf",
                "text",
            )
        ),
        strict=True,
    ):
        place = (block, paragraph, line)
        if level == 4:
            heights[place] = height
        elif level == 5 and str(text).strip():
            box = (left, top, left + width, top + height)
            words.append(
                TesseractWord(str(text).strip(), box, max(0.0, float(confidence)) / 100, place, heights[place])
            )
    return words
