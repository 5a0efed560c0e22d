"""The wish to stop: signals become a wish, and the work at hand is finished if it can be finished soon."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Once asked to stop, a file being read gets so long to end before it is given back.
GRACE_SECONDS = 10.0


class Stop:
    """The wish to stop, and the wish to look again; both end a pause."""

    def __init__(self) -> None:
        self._wake = threading.Event()
        self.asked = threading.Event()

    def ask(self) -> None:
        """Ask the watcher to end."""
        self.asked.set()
        self._wake.set()

    def wake(self) -> None:
        """End the present pause."""
        self._wake.set()

    def pause(self, seconds: float) -> None:
        """Wait until woken, at most so long."""
        self._wake.wait(seconds)
        self._wake.clear()


@contextmanager
def stopped_by_signals(grace: float = GRACE_SECONDS) -> Iterator[Stop]:
    """Turn SIGTERM and SIGINT into a wish to stop.

    A second one, or the end of the grace time, interrupts the work; the claim at hand is then given back. Only the
    main thread may ask for this.
    """
    stop = Stop()

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.asked.is_set():
            raise KeyboardInterrupt
        signal.setitimer(signal.ITIMER_REAL, grace)
        stop.ask()

    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)
    before = {number: signal.signal(number, ask) for number in numbers}
    try:
        yield stop
    except KeyboardInterrupt:
        stop.ask()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
