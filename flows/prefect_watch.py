"""Watch with Prefect: sweeps are flow runs while its local server answers, and plain ones while it doesn't."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from flows.dispatch import Inbox
from flows.inbox import Sweep
from flows.prefect_server import URL, Server, prepare
from flows.stopping import Stop, stopped_by_signals
from flows.watch import watch
from models.errors import CongvanError

# How often the background looks whether the server has come up.
_POLL_SECONDS = 1.0


@dataclass(frozen=True)
class Reports:
    """What the watcher says beside what becomes of files."""

    server_up: Callable[[str], None]
    trouble: Callable[[str], None]


def watch_with_prefect(inbox: Inbox, reports: Reports) -> None:
    """Watch until SIGTERM or SIGINT; the server starts in the background and ends with its watcher."""
    prepare(inbox.settings.data)
    server = Server(inbox.settings.data)
    try:
        with stopped_by_signals() as stop:
            runner = Runner(server, reports, stop)
            runner.warm_up()
            watch(inbox, stop, runner.run, reports.trouble)
    finally:
        server.stop()


@dataclass
class Runner:
    """Chooses how a sweep is run. Prefect is loaded in the background, once its server is there."""

    server: Server
    reports: Reports
    stop: Stop
    _loaded: threading.Event = field(default_factory=threading.Event)

    def warm_up(self) -> None:
        """Start the server and load Prefect beside the watcher's own work."""
        threading.Thread(target=self._warm_up, name="prefect", daemon=True).start()

    def run(self, sweep: Sweep) -> None:
        """Run a sweep as a flow run when that can be had now; what trouble with Prefect leaves is run plainly."""
        if not (self._loaded.is_set() and self.server.ensure()):
            sweep.run()
            return
        from flows.runs import run_as_flow

        try:
            run_as_flow(sweep)
        except (CongvanError, OSError):
            raise
        except Exception as error:  # Prefect's own trouble never holds up a dispatch
            self.reports.trouble(f"Prefect: {type(error).__name__}")
            sweep.run()

    def _warm_up(self) -> None:
        while not self.server.ensure():
            if self.stop.asked.wait(_POLL_SECONDS):
                return
        from flows.runs import start_up

        try:
            start_up()
        except Exception as error:  # dispatches go their way without Prefect
            self.reports.trouble(f"Prefect: {type(error).__name__}")
            return
        self._loaded.set()
        self.reports.server_up(URL)
