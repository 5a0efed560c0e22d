"""The Prefect flow for real: its server starts once for the whole session."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.inbox import Sweeper
from flows.outcome import End
from flows.prefect_server import prepare
from flows.prefect_watch import Reports, Runner
from flows.stopping import Stop
from store.errors import StoreUnavailableError
from tests.flows.conftest import Office, read


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """Run Prefect's own test server, with our settings in force before Prefect is imported."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as home:
        prepare(Path(home))
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            yield
    os.environ.clear()
    os.environ.update(before)


class Up:
    """A server that answers."""

    def ensure(self) -> bool:
        """Say yes."""
        return True


@pytest.fixture
def runner(prefect: None) -> Runner:
    """A runner whose server is up and whose Prefect is loaded."""
    up: list[str] = []
    made = Runner(Up(), Reports(up.append, print), Stop())  # type: ignore[arg-type]
    made._warm_up()
    assert len(up) == 1
    return made


def run(office: Office, runner: Runner, process: object = read) -> list[End]:
    """Run one sweep as a flow run and give the ends."""
    sweeper = Sweeper.over(office.inbox(process))  # type: ignore[arg-type]
    sweeper.stillness.seconds = 0
    sweep = sweeper.look()
    runner.run(sweep)
    return [outcome.end for outcome in sweep.outcomes]


def test_a_sweep_is_one_flow_run_with_a_task_per_dispatch(office: Office, runner: Runner) -> None:
    """Prefect shows numbers and ends; names, words and errors of documents don't reach it."""
    office.drop("tên tệp kín.txt", "lời văn riêng")
    office.drop("hai.txt", "HONG lời khác")
    office.drop("ba.txt", "MAT lời mật")
    assert sorted(run(office, runner)) == [End.DONE, End.QUARANTINED, End.WITHHELD]
    flow_runs, task_runs, logs = asyncio.run(_everything_prefect_knows())
    assert {r.state_name for r in flow_runs} == {"Completed"}
    assert all(r.parameters == {} for r in flow_runs)
    assert len({r.flow_id for r in flow_runs}) == 2  # the start-up, and one run for the sweep of three files
    assert len(flow_runs) == 2
    assert sorted(r.name for r in task_runs) == ["dispatch-1", "dispatch-2", "dispatch-3"]
    kept = "".join(item.model_dump_json() for item in (*flow_runs, *task_runs, *logs))
    for words in ("tên tệp", "lời", "hai.txt", "ba.txt", "inbox/", str(office.settings.data)):
        assert words not in kept


async def _everything_prefect_knows() -> tuple[list, list, list]:  # type: ignore[type-arg]
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort, LogSort, TaskRunSort
    from prefect.logging.handlers import APILogHandler

    await APILogHandler.aflush()
    async with get_client() as client:
        for _ in range(100):  # task runs are told to the server in the background
            task_runs = await client.read_task_runs(limit=200, sort=TaskRunSort.NAME_ASC)
            if len(task_runs) == 3 and all(r.state_name == "Completed" for r in task_runs):
                break
            await asyncio.sleep(0.1)
        flow_runs = await client.read_flow_runs(limit=200, sort=FlowRunSort.NAME_ASC)
        return flow_runs, task_runs, await client.read_logs(limit=200, offset=0, sort=LogSort.TIMESTAMP_ASC)


def test_an_error_of_ours_is_raised_outside_prefect(
    office: Office, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is gone is ours to tell: Prefect's run just ends, and the watcher hears of it."""

    def gone(*_: object) -> None:
        raise StoreUnavailableError("lời")

    monkeypatch.setattr("flows.inbox.register", gone)
    office.drop("a.txt")
    with pytest.raises(StoreUnavailableError):
        run(office, runner)


def test_trouble_with_prefect_holds_up_nothing(office: Office, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """When Prefect fails in the middle, the sweep is run plainly."""
    import flows.runs

    def broken(sweep: object) -> None:
        raise RuntimeError("no server")

    monkeypatch.setattr(flows.runs, "run_as_flow", broken)
    office.drop("a.txt")
    assert run(office, runner) == [End.DONE]
    assert office.states() == ["done"]


def test_prefects_server_can_be_imported() -> None:
    """The pinned Prefect and FastAPI go together: other releases of FastAPI break this import."""
    import prefect.server.api.server

    assert prefect.server.api.server.create_app
