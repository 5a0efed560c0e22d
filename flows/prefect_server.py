"""Prefect's local server for all watchers of this machine: started in the background, never waited for.

Prefect is an executor that may come and go; the ledger is the truth. Nothing here imports Prefect: its settings are
read when it is imported, so the environment is set first.
"""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

# Fixed, so that every watcher finds the one server; away from Prefect's own port and from the desk's range.
PORT = 4278

URL = f"http://127.0.0.1:{PORT}"

# A server that ended by itself isn't started again at once.
_RETRY_SECONDS = 300.0

_HEALTH_SECONDS = 1.0

# A server that is still starting hears SIGTERM late; what it holds may be lost.
_STOP_SECONDS = 5.0


def environment(data: Path) -> dict[str, str]:
    """Give Prefect's settings: home in the data folder, the local server, nothing sent anywhere else."""
    home = data.absolute() / "prefect"
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"{URL}/api",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        # Its troubles are told by us in a line; its log would put tracebacks before the clerk's eyes.
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        # Runs are of use for days; the ledger keeps the history.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_CLIENT_MAX_RETRIES": "1",
    }


def prepare(data: Path) -> None:
    """Set Prefect's environment for this process and its children; settings of another Prefect don't reach in."""
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    os.environ.update(environment(data))
    Path(os.environ["PREFECT_HOME"]).mkdir(mode=0o700, parents=True, exist_ok=True)


@dataclass
class Server:
    """The local server as one watcher sees it: perhaps its own, perhaps another's."""

    data: Path
    _process: subprocess.Popen[bytes] | None = None
    _started: float = float("-inf")

    def is_up(self) -> bool:
        """Tell whether a Prefect server answers."""
        try:
            with urllib.request.urlopen(f"{URL}/api/health", timeout=_HEALTH_SECONDS) as answer:
                return bool(answer.read(16).strip() == b"true")
        except (urllib.error.URLError, OSError, ValueError):
            return False

    def ensure(self) -> bool:
        """Tell whether the server is up; when it isn't, start it in the background."""
        if self.is_up():
            return True
        running = self._process is not None and self._process.poll() is None
        if not running and time.monotonic() - self._started > _RETRY_SECONDS:
            self._started = time.monotonic()
            self._process = self._start()
        return False

    def stop(self) -> None:
        """End the server if it is ours."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(PORT)]
        home = Path(environment(self.data)["PREFECT_HOME"])
        with (home / "server.log").open("ab") as log:
            # A session of its own: Ctrl+C at the terminal ends the watcher first, which then ends its server.
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=home,
                env=os.environ | environment(self.data),
                start_new_session=True,
            )
