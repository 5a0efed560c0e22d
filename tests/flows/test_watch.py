import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.inbox import Sweep
from flows.outcome import End
from flows.prefect_server import environment, prepare
from flows.prefect_watch import Reports, Runner
from flows.stopping import Stop, stopped_by_signals
from flows.watch import watch
from models.record import Record
from store.errors import StoreUnavailableError
from store.listing import show_file
from tests.flows.conftest import Office, read


@pytest.fixture
def watching(office: Office) -> Iterator[Callable[..., Stop]]:
    """Start watchers in the background; they end with the test."""
    running: list[tuple[Stop, threading.Thread]] = []

    def start(run: Callable[[Sweep], None] = Sweep.run, trouble: Callable[[str], None] = print) -> Stop:
        stop = Stop()
        thread = threading.Thread(target=watch, args=(office.inbox(), stop, run, trouble))
        thread.start()
        running.append((stop, thread))
        return stop

    yield start
    for stop, thread in running:
        stop.ask()
        thread.join(10)
        assert not thread.is_alive()


def wait_until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something another thread does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def test_files_there_at_the_start_and_later_ones_are_taken(office: Office, watching: Callable[..., Stop]) -> None:
    """What lay there, what is dropped, what is renamed in: all of it, without being told."""
    office.drop("a.txt", "một")
    watching()
    wait_until(lambda: office.states() == ["done"])
    office.drop("b.txt", "hai")
    office.drop("c.txt.part", "ba").rename(office.settings.inbox / "c.txt")
    wait_until(lambda: office.states() == ["done"] * 3)
    wait_until(lambda: office.names() == [])
    assert office.names("done") == ["a.txt", "b.txt", "c.txt"]


def test_the_rescan_finds_what_events_missed(
    office: Office, watching: Callable[..., Stop], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network folder sends no events; the file is found all the same."""
    monkeypatch.setattr("flows.watch._wake_on_events", lambda *_: None)
    watching()
    time.sleep(0.1)
    office.drop("a.txt")
    wait_until(lambda: office.states() == ["done"])


def test_an_event_wakes_the_watcher_before_the_rescan(office: Office, watching: Callable[..., Stop]) -> None:
    """With a long rescan the drop itself is what starts the work."""
    object.__setattr__(office, "settings", office.settings.model_copy(update={"rescan_seconds": 600.0}))
    watching()
    time.sleep(1)
    office.drop("a.txt")
    wait_until(lambda: office.states() == ["done"])


def test_two_watchers_read_nothing_twice(office: Office, watching: Callable[..., Stop]) -> None:
    """Two watchers over one folder share the files."""
    for i in range(20):
        office.drop(f"{i}.txt", f"văn bản {i}")
    watching()
    watching()
    wait_until(lambda: len(office.names("done")) == 20)
    wait_until(lambda: office.names() == [])
    for number in range(1, 21):
        assert [event.what for event in show_file(office.store, number).history] == ["received", "done"]


def test_trouble_passes(office: Office, watching: Callable[..., Stop]) -> None:
    """A sweep that fails is told, and the next one does the work."""
    told: list[str] = []
    office.drop("a.txt")

    def run(sweep: Sweep) -> None:
        if not told:
            raise StoreUnavailableError
        sweep.run()

    watching(run, told.append)
    wait_until(lambda: office.states() == ["done"])
    assert "cơ sở dữ liệu" in told[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_watch_between_files(office: Office, number: signal.Signals) -> None:
    """The file at hand is finished, the next one isn't begun."""
    office.drop("a.txt", "một")
    office.drop("b.txt", "hai")

    def process(path: Path) -> Record:
        os.kill(os.getpid(), number)
        return read(path)

    before = signal.getsignal(number)
    with stopped_by_signals() as stop:
        watch(office.inbox(process), stop, Sweep.run, print)
    assert sorted(office.states()) == ["done"]
    assert office.names() == ["b.txt"]
    assert signal.getsignal(number) is before


def test_the_grace_time_ends(office: Office) -> None:
    """A file that takes too long after the signal is given back, and read by a later sweep."""

    def process(path: Path) -> Record:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(20)
        return read(path)

    office.drop("a.txt")
    began = time.monotonic()
    with stopped_by_signals(grace=0.2) as stop:
        watch(office.inbox(process), stop, Sweep.run, print)
    assert time.monotonic() - began < 5
    assert office.states() == ["received"]
    assert office.sweep() == [End.DONE]


class NoServer:
    """A server that never comes up."""

    def ensure(self) -> bool:
        """Say no."""
        return False


def test_sweeps_are_plain_until_the_server_is_up(office: Office) -> None:
    """Nothing waits for Prefect."""
    from flows.inbox import Sweeper

    office.drop("a.txt")
    sweeper = Sweeper.over(office.inbox())
    sweeper.stillness.seconds = 0
    runner = Runner(NoServer(), Reports(print, print), Stop())  # type: ignore[arg-type]
    runner.run(sweeper.look())
    assert office.states() == ["done"]


def test_prefects_settings_stay_in_the_data_folder(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Home in the data folder, loopback only, nothing sent out, no port of the desk's range, no outside settings."""
    with monkeypatch.context() as patch:
        patch.setenv("PREFECT_API_URL", "https://example.vn/api")
        patch.setenv("PREFECT_API_KEY", "khóa")
        for name in environment(office.settings.data):
            patch.setenv(name, "")
        prepare(office.settings.data)
        assert os.environ["PREFECT_HOME"] == str(office.settings.data / "prefect")
        assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
        assert "PREFECT_API_KEY" not in os.environ
        address, port = os.environ["PREFECT_API_URL"].removesuffix("/api").rsplit(":", 1)
        assert address == "http://127.0.0.1"
        assert not 8000 <= int(port) <= 8999
    assert (office.settings.data / "prefect").stat().st_mode & 0o777 == 0o700
