"""`congvan doctor`: what this machine has, what it lacks, and what to install."""

import platform
import shutil
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path

from cli.context import load_settings
from cli.language import message

OLDEST_PYTHON = (3, 11)
OLDEST_TESSERACT = 5
LEAST_GIGABYTES = 2.0
"""Free room under which an archive of scans soon stops."""

MISSING_TOOL = 7


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is right, what was found, and what to do where it isn't."""

    name: str
    found: str
    right: bool
    advice: str = ""


def run_doctor() -> int:
    """Print what was found, one line each; give 7 where something needed is missing, else 0."""
    findings = examine()
    for finding in findings:
        print(f"{'✔' if finding.right else '✘'} {finding.name}: {finding.found}")
        if not finding.right:
            print(f"    → {finding.advice}")
    if all(finding.right for finding in findings):
        print(message("Máy đã sẵn sàng.", "This machine is ready."))
        return 0
    return MISSING_TOOL


def examine() -> list[Finding]:
    """Look at everything processing needs; changes nothing."""
    return [_python(), _tesseract(), *_language_data(), *_libraries(), _search(), _room()]


def _python() -> Finding:
    return Finding(
        "Python",
        platform.python_version(),
        sys.version_info[:2] >= OLDEST_PYTHON,
        message("Cần Python 3.11 trở lên: apt install python3", "Needs Python 3.11 or newer: apt install python3"),
    )


def _tesseract() -> Finding:
    from pipeline.tools.tesseract import installed_version

    version = installed_version()
    return Finding(
        "Tesseract",
        version or message("chưa cài", "not installed"),
        version is not None and int(version.split(".")[0]) >= OLDEST_TESSERACT,
        message("Cài bản 5 trở lên: apt install tesseract-ocr", "Install version 5: apt install tesseract-ocr"),
    )


def _language_data() -> list[Finding]:
    from pipeline.tools.tesseract import installed_languages

    installed = installed_languages()
    wanted = {
        "vie": (message("dữ liệu tiếng Việt", "Vietnamese data"), "apt install tesseract-ocr-vie"),
        "osd": (message("dữ liệu hướng trang", "page orientation data"), "apt install tesseract-ocr-osd"),
    }
    return [
        Finding(
            f"Tesseract, {name}",
            message("có", "present") if code in installed else message("thiếu", "missing"),
            code in installed,
            advice,
        )
        for code, (name, advice) in wanted.items()
    ]


def _libraries() -> list[Finding]:
    from importlib.metadata import version

    names = ("pdfplumber", "pypdfium2", "pytesseract", "opencv-python-headless", "spacy", "prefect")
    return [Finding(name, version(name), right=True) for name in names]


def _search() -> Finding:
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    return Finding(
        f"SQLite {sqlite3.sqlite_version}, FTS5",
        message("có", "present") if "ENABLE_FTS5" in options else message("thiếu", "missing"),
        "ENABLE_FTS5" in options,
        message("Cần SQLite có FTS5; dùng Python của Debian/Ubuntu.", "Needs SQLite with FTS5; use Debian's Python."),
    )


def _room() -> Finding:
    folder = load_settings().data.absolute()
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    gigabytes = shutil.disk_usage(Path(existing)).free / 1e9
    return Finding(
        message("Chỗ trống trên đĩa", "Free room on disk"),
        f"{gigabytes:.1f} GB",
        gigabytes >= LEAST_GIGABYTES,
        message("Dọn bớt đĩa chứa thư mục dữ liệu.", "Free some room on the disk of the data folder."),
    )
