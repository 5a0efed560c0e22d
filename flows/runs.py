"""A sweep as a Prefect flow run, one task per dispatch. The work itself is the plain functions'.

Prefect gets numbers of the ledger and names of states, nothing else: no file name, text or error message of a
document reaches its parameters, results or logs. Importing this module imports Prefect.
"""

import signal
import threading
from collections.abc import Callable

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.inbox import Sweep
from flows.outcome import Outcome


def run_as_flow(sweep: Sweep) -> None:
    """Run a sweep as one flow run.

    The sweep reaches the flow as a closure, past Prefect's parameters. An error of ours ends the run quietly and is
    raised here, outside Prefect, whose log would keep its words. Any other error is Prefect's own.
    """
    errors: list[Exception] = []
    # Prefect would end the work at once on SIGTERM; ours lets the dispatch at hand be finished.
    in_main = threading.current_thread() is threading.main_thread()
    on_sigterm = signal.getsignal(signal.SIGTERM) if in_main else None

    @flow(name="inbox-sweep", persist_result=False)
    def inbox_sweep() -> dict[str, int]:
        if on_sigterm is not None:
            signal.signal(signal.SIGTERM, on_sigterm)
        try:
            sweep.run(_as_task)
        except Exception as error:  # raised again below
            errors.append(error)
        return _counts(sweep.outcomes)

    inbox_sweep()
    if errors:
        raise errors[0]


@flow(name="start-up", persist_result=False)
def start_up() -> None:
    """Do nothing, as a flow run: shows that runs work, and loads what Prefect loads with its first."""


def _as_task(file_id: int, work: Callable[[], Outcome]) -> Outcome:
    """Run the work on one file as a task that is given its number and gives its end."""
    results: list[Outcome | Exception] = []

    @task(name="dispatch", task_run_name="dispatch-{file_id}", persist_result=False, cache_policy=NO_CACHE)
    def dispatch(file_id: int) -> str:
        try:
            outcome = work()
        except Exception as error:  # raised again below
            results.append(error)
            return type(error).__name__
        results.append(outcome)
        return str(outcome.end)

    dispatch(file_id)
    if isinstance(results[0], Exception):
        raise results[0]
    return results[0]


def _counts(outcomes: list[Outcome]) -> dict[str, int]:
    ends = [str(outcome.end) for outcome in outcomes]
    return {end: ends.count(end) for end in dict.fromkeys(ends)}
