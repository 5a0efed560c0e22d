"""`congvan drain` and `congvan watch`: take in what lies in the inbox, once or until stopped.

Progress goes to standard error. A file's name is shown before it has passed the secrecy check only to a person at a
terminal, never to a log.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from cli.context import load_office_profile, load_settings
from cli.language import message

if TYPE_CHECKING:
    from flows.dispatch import Inbox
    from flows.outcome import Outcome


def run_drain() -> int:
    """Take in what lies in the inbox; give the exit status."""
    from flows.inbox import drain

    with _inbox() as inbox:
        status = drain(inbox)
    if status:
        _say(message("Còn tệp trong inbox chưa xử lý được.", "Files are left in the inbox."))
    return status


def run_watch() -> None:
    """Take in what comes, until stopped."""
    from flows.prefect_watch import Reports, watch_with_prefect

    with _inbox() as inbox:
        _say(message(f"Đang theo dõi {inbox.settings.inbox}", f"Watching {inbox.settings.inbox}"))
        page = message("Trang theo dõi tiến độ", "Progress page")
        watch_with_prefect(inbox, Reports(server_up=lambda url: _say(f"{page}: {url}"), trouble=_say))
        _say(message("Đã dừng.", "Stopped."))


@contextmanager
def _inbox() -> "Iterator[Inbox]":
    """Put together what handling the inbox needs."""
    from cli.shown import opened_store
    from flows.apart import process_apart
    from flows.dispatch import Inbox
    from flows.inbox import make_folders
    from store.owner import new_owner

    settings = load_settings()
    read = partial(process_apart, settings=settings, office=load_office_profile(settings))
    make_folders(settings)
    with opened_store() as store:
        yield Inbox(settings, store, read, new_owner(), tell)


def tell(outcome: "Outcome") -> None:
    """Say on standard error what became of a file."""
    from flows.outcome import End

    unchecked = outcome.end in (End.STARTED, End.WITHHELD)
    if outcome.end is End.STARTED and not sys.stderr.isatty():
        return
    words = {
        End.STARTED: message("đang đọc", "reading"),
        End.DONE: message("xong", "done"),
        End.REVIEW: message("xong, có chỗ cần xem lại", "done, needs review"),
        End.SEEN_AGAIN: message("đã có, không xử lý lại", "seen before, not processed again"),
        End.QUARANTINED: message("để riêng", "quarantined"),
        End.REFUSED: message("không phải tệp thường, để riêng", "no regular file, set aside"),
        End.WITHHELD: message(
            "có dấu chỉ độ mật: để nguyên trong inbox, không lưu gì; xử lý theo quy định về bí mật nhà nước",
            "bears a secrecy mark: left in the inbox, nothing kept",
        ),
        End.FAILED: message("chưa xử lý được, để nguyên trong inbox", "couldn't be processed, left in the inbox"),
    }
    number = f"#{outcome.file_id} " if outcome.file_id else ""
    name = outcome.name if not unchecked or sys.stderr.isatty() else ""
    reason = f" ({outcome.reason})" if outcome.reason else ""
    detail = f" — {outcome.detail.splitlines()[0]}" if outcome.detail else ""
    _say(f"{number}{name}: {words.get(outcome.end, outcome.end)}{reason}{detail}")


def _say(text: str) -> None:
    import unicodedata

    # File names may hold what a terminal obeys.
    safe = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") else c for c in text)
    print(safe, file=sys.stderr, flush=True)
