import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.context import load_settings
from cli.main import app
from models.errors import NotFoundError, SecretDocumentError, UsageError
from models.record import Record
from store.search import Hit
from tests.store.dispatches import roads

HOSTILE = "Đường \x1b[31mđỏ\x9b2J \u202engược [bold]đậm[/bold]"


def fake_process(path: Path, settings: object, office: object) -> Record:
    """Stand in for the pipeline: any file is the roads letter, with hostile words where the file asks for them."""
    content = path.read_bytes()
    if b"MAT" in content:
        raise SecretDocumentError
    made = roads()
    if b"HOSTILE" in content:
        directives = tuple(d.model_copy(update={"text": HOSTILE}) for d in made.directives)
        made = made.model_copy(update={"directives": directives})
    source = made.source.model_copy(update={"sha256": hashlib.sha256(content).hexdigest()})
    return made.model_copy(update={"source": source})


@pytest.fixture
def congvan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """Run commands on a fresh data folder, with a stand-in for the pipeline."""
    monkeypatch.setenv("CONGVAN_DATA", str(tmp_path / "dữ liệu"))
    monkeypatch.setenv("CONGVAN_SETTLE_SECONDS", "0.05")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("flows.apart.process_apart", fake_process)
    load_settings.cache_clear()
    (tmp_path / "dữ liệu" / "inbox").mkdir(parents=True)

    def run(*arguments: str, drop: str | None = None, name: str = "cv.txt") -> Result:
        if drop is not None:
            (tmp_path / "dữ liệu" / "inbox" / name).write_text(drop)
        return CliRunner().invoke(app, arguments)

    yield run
    load_settings.cache_clear()


def shown(result: Result) -> Any:
    """Read what a command printed as JSON."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_drained_file_is_found(congvan: Callable[..., Result]) -> None:
    """Drop, drain, search: the hits are what the contract says, one JSON array and nothing else."""
    result = congvan("drain", drop="một")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "#1 cv.txt: xong" in result.stderr
    hits = shown(congvan("search", "đường", "--json"))
    assert hits[0] == {
        "dispatch": 1,
        "directive": 0,
        "label": "1",
        "page": 1,
        "number": "412/SGTVT-QLKC",
        "text": "Rà soát các tuyến đường xuống cấp, báo cáo trước ngày 30/9/2024.",
        "units": [
            {"code": "525", "name": "huyện Trà Bồng", "level": "district", "role": "lead"},
            {"code": "529", "name": "huyện Sơn Hà", "level": "district", "role": "lead"},
        ],
        "due": "2024-09-30",
        "boxes": [[72.0, 100.0, 300.0, 114.0]],
        "score": hits[0]["score"],
    }
    assert set(hits[0]) == set(Hit.model_fields)


def test_every_view_prints_json(congvan: Callable[..., Result]) -> None:
    """Lists are arrays, one dispatch is an object."""
    congvan("drain", drop="một")
    assert shown(congvan("list", "--json"))[0]["state"] == "done"
    assert shown(congvan("show", "1", "--json"))["record"]["schema"] == 1
    assert shown(congvan("references", "--json"))[0]["cited_by"][0]["dispatch"] == 1
    assert shown(congvan("deadlines", "--json"))[0]["due"] == "2024-09-30"
    assert shown(congvan("units", "--json"))[0]["name"] == "huyện Trà Bồng"
    assert shown(congvan("units", "Đức Phổ", "--json"))[0]["state"] == "proposed"
    assert shown(congvan("search", "đường", "--unit", "duc pho", "--json"))[0]["directive"] == 1
    assert shown(congvan("search", "", "--due-before", "1/10/2024", "--json"))[0]["directive"] == 0


@pytest.mark.parametrize("command", ["list", "references", "deadlines", "units", "search duong"])
def test_an_empty_store_says_what_to_do(congvan: Callable[..., Result], command: str) -> None:
    """Nothing there is an empty array for programs and a sentence for people."""
    assert shown(congvan(*command.split(), "--json")) == []
    assert congvan(*command.split()).stdout.strip().endswith((".", "drain"))


@pytest.mark.parametrize("command", ["list", "show 1", "references", "deadlines", "units", "units Sơn", "search duong"])
def test_words_of_documents_cannot_steer_the_terminal(congvan: Callable[..., Result], command: str) -> None:
    """Control characters, direction marks and markup of text and file names reach the terminal as plain text."""
    drained = congvan("drain", drop="HOSTILE", name="\x1b[2J\u202e[red]a.txt")
    name, _, argument = command.partition(" ")
    arguments = [name, argument.replace("Sơn", "son ha")] if argument else [name]
    plain = congvan(*arguments)
    as_json = congvan(*arguments, "--json")
    assert plain.exit_code == as_json.exit_code == 0
    for printed in (drained.stderr, plain.stdout, as_json.stdout):
        assert not {"\x1b", "\x9b", "\u202e"} & set(printed)
    json.loads(as_json.stdout)
    if name in ("deadlines", "search"):
        assert "[bold]đậm[/bold]" in plain.stdout


def test_json_keeps_what_it_spells_out(congvan: Callable[..., Result]) -> None:
    """Characters that steer are escaped, so a program reads the very text."""
    congvan("drain", drop="HOSTILE")
    assert shown(congvan("search", "đường", "--json"))[0]["text"] == HOSTILE


def test_a_log_never_learns_of_a_secret_file(congvan: Callable[..., Result]) -> None:
    """Where nobody sits at a terminal the name isn't printed, neither before nor after the check."""
    result = congvan("drain", drop="MAT", name="tên kín.txt")
    assert result.exit_code == 0
    assert "độ mật" in result.stderr
    assert "tên kín" not in result.output


def test_wrong_use_is_told(congvan: Callable[..., Result]) -> None:
    """A day that is none, a number and a unit that aren't there."""
    assert isinstance(congvan("search", "x", "--due-before", "30/13/2024").exception, UsageError)
    assert isinstance(congvan("show", "7").exception, NotFoundError)
    assert isinstance(congvan("units", "Sơn Hà").exception, NotFoundError)
    assert congvan("show", "x").exit_code == 2


def test_watch_runs_until_it_is_told_to_stop(tmp_path: Path) -> None:
    """The real program takes what lies there and what is dropped; SIGTERM ends it with 0, and nobody stays behind."""
    data = tmp_path / "dữ liệu"
    (data / "inbox").mkdir(parents=True)
    (data / "inbox" / "a.txt").write_text("Sở Giao thông vận tải rà soát các tuyến đường.")
    settings = {"CONGVAN_DATA": str(data), "CONGVAN_SETTLE_SECONDS": "0.1", "CONGVAN_RESCAN_SECONDS": "5"}
    with (tmp_path / "log").open("w") as log:
        watcher = subprocess.Popen(
            [sys.executable, "-m", "cli", "watch"], env=os.environ | settings, stderr=log, cwd=Path(__file__).parents[2]
        )
    try:
        _wait_for(data / "inbox" / "done" / "a.txt", tmp_path / "log")
        (data / "inbox" / "b.txt").write_text("Sở Y tế đề nghị các trung tâm báo cáo.")
        _wait_for(data / "inbox" / "done" / "b.txt", tmp_path / "log")
    finally:
        watcher.send_signal(signal.SIGTERM)
        status = watcher.wait(60)
    assert status == 0, (tmp_path / "log").read_text()
    assert "Đã dừng." in (tmp_path / "log").read_text()
    end = time.monotonic() + 10
    while _processes_of(data) and time.monotonic() < end:  # the reading process's server ends a moment after
        time.sleep(0.1)
    assert not _processes_of(data)


def _processes_of(data: Path) -> int:
    environments = [p.read_bytes() for p in Path("/proc").glob("[0-9]*/environ") if _is_readable(p)]
    return sum(str(data).encode() in environment for environment in environments)


def _wait_for(file: Path, log: Path) -> None:
    end = time.monotonic() + 90
    while not file.exists():
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.1)


def _is_readable(file: Path) -> bool:
    try:
        file.read_bytes()
    except OSError:
        return False
    return True
