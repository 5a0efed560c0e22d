"""Watch the inbox until told to stop: sweep at once, then on every event and every so often without one."""

import threading
from collections.abc import Callable
from pathlib import Path

import watchfiles

from flows.dispatch import Inbox
from flows.inbox import Sweep, Sweeper
from flows.stopping import Stop
from models.errors import CongvanError

# How soon the events' thread notices that it has to end.
_EVENT_MILLISECONDS = 500

# Events that come thick are told together.
_DEBOUNCE_MILLISECONDS = 200


def watch(inbox: Inbox, stop: Stop, run: Callable[[Sweep], None], trouble: Callable[[str], None]) -> None:
    """Sweep until asked to stop; `run` carries out a sweep that has something to do.

    Trouble with the database or the folder is told, and the next sweep tries again.
    """
    sweeper = Sweeper.over(inbox, is_stopping=stop.asked.is_set)
    events = threading.Thread(target=_wake_on_events, args=(inbox.settings.inbox, stop), name="events", daemon=True)
    events.start()
    while not stop.asked.is_set():
        pause = inbox.settings.rescan_seconds
        try:
            sweep = sweeper.look()
            if not sweep.is_empty:
                run(sweep)
            pause = min(pause, sweep.next_look)
        except CongvanError as error:
            trouble(error.tell(inbox.settings.language))
        except OSError as error:
            trouble(error.strerror or type(error).__name__)
        stop.pause(pause)
    events.join()


def _wake_on_events(folder: Path, stop: Stop) -> None:
    """Wake the watcher when something comes into the folder; where events can't be had the rescan remains."""
    changes = watchfiles.watch(
        folder,
        watch_filter=_comes_or_grows,
        debounce=_DEBOUNCE_MILLISECONDS,
        rust_timeout=_EVENT_MILLISECONDS,
        stop_event=stop.asked,
        recursive=False,
    )
    try:
        for _ in changes:
            stop.wake()
    except (OSError, RuntimeError):  # no more watches to be had, or a folder that can't be watched
        return


def _comes_or_grows(change: watchfiles.Change, path: str) -> bool:
    return change is not watchfiles.Change.deleted
