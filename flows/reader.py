"""The other side of `flows.apart`: the process that reads one file and answers.

Importing this module warms up all stations, for it is loaded once into the server from which the reading processes
are copied.
"""

import json
import os
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from flows.apart import MEMORY, RECORD, REFUSED, SYSTEM, UNFORESEEN, Read
from models.errors import CongvanError
from models.office import Office
from models.record import Record
from models.settings import Settings
from pipeline.extraction.extract import extract
from pipeline.layout.arrange import lay_out_plain
from pipeline.restoration.restore import restore_page
from pipeline.routing.route import route
from pipeline.vietnam.offices import load_office

_SAMPLE = "Thuc hien Ke hoach so 69/KH-UBND ngay 22/3/2024, đề nghị UBND các huyện báo cáo trước ngày 30/9/2024."


def answer(answers: Connection, read: Read, path: Path, settings: Settings, office: Office) -> None:
    """Read a file and send back what came of it; an empty message is a sign of life."""
    # A group of its own: the terminal's Ctrl+C is for the parent, which lets the dispatch at hand be finished.
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(answers,), daemon=True).start()
    most = settings.max_memory_megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    # A crash is the parent's to tell; the system needn't keep a picture of a dispatch's memory.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told = _told(lambda: read(path, settings, office, lambda: answers.send_bytes(b"")))
    answers.send_bytes(json.dumps(told).encode())


def _told(work: Callable[[], Record]) -> tuple[object, ...]:
    """Do the work and put what came of it into an answer; only errors of ours keep their words."""
    try:
        return RECORD, work().to_json()
    except CongvanError as error:
        return REFUSED, error.reason, error.detail
    except MemoryError:
        return (MEMORY,)
    except OSError as error:
        if error.errno is not None and not isinstance(error, TimeoutError):
            return SYSTEM, error.errno, error.strerror
        return UNFORESEEN, type(error).__name__, _frames(error)
    except Exception as error:  # told to the parent, which names it
        return UNFORESEEN, type(error).__name__, _frames(error)


def _frames(error: Exception) -> str:
    return "".join(traceback.format_tb(error.__traceback__))


def _end_with_parent(answers: Connection) -> None:
    """End at once, with Tesseract, when nobody is left to answer to."""
    try:
        answers.recv_bytes()
    except (EOFError, OSError):
        os.killpg(0, signal.SIGKILL)


def _warm_up() -> None:
    """Load word lists, models and grammars by reading one sentence."""
    office = load_office()
    found = extract([restore_page(lay_out_plain(_SAMPLE, 1))], office)
    route(found.directives, found.letterhead, office)


_warm_up()
