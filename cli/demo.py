"""`congvan demo`: the main job on the made dispatches, from the inbox to a search hit, in a data folder of its own."""

import os
import shutil
from pathlib import Path

from rich.console import Console

from cli.language import message
from models.record import Record

DISPATCHES = Path(__file__).resolve().parent.parent / "fixtures" / "dispatches"
# What lies beside a made dispatch and isn't dropped into the inbox.
BESIDE = (".toml", ".gold.json")
QUERY = "bao cao"


def run_demo() -> None:
    """Drop the made dispatches into an inbox, process them, and print what was found and how to search it."""
    data = fresh_folder()
    # The settings are read once, by whoever asks first: from here on everything works in the demo's folder.
    os.environ["CONGVAN_DATA"] = str(data)
    os.environ["CONGVAN_SETTLE_SECONDS"] = "0.1"
    from cli.inbox import run_drain
    from cli.work import run_units

    drop_dispatches(data / "inbox")
    run_drain()
    show_dispatches()
    run_units(None, as_json=False)
    show_search(data)


def fresh_folder() -> Path:
    """Make the demo's data folder anew, inside the office's own."""
    folder = Path(os.environ.get("CONGVAN_DATA", "data")) / "demo"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, mode=0o700)
    return folder


def drop_dispatches(inbox: Path) -> None:
    """Copy the files of the made dispatches, good ones and bad ones, as a clerk would drop them."""
    inbox.mkdir(mode=0o700)
    for file in sorted(DISPATCHES.glob("*/*")):
        if file.is_file() and not file.name.endswith(BESIDE):
            shutil.copy(file, inbox)


def show_dispatches() -> None:
    """Print a table for each dispatch, then the files without a record."""
    from cli.listing import run_list
    from cli.shown import opened_store
    from cli.view import summary_table
    from store.listing import list_files, show_file

    console = Console(emoji=False)
    with opened_store() as store:
        shown = [show_file(store, listed.id) for listed in list_files(store)]
    for file in shown:
        if file.record is not None:
            console.print(summary_table(Record.model_validate(file.record)))
    run_list(as_json=False)


def show_search(data: Path) -> None:
    """Run one search, and say how to run others."""
    from cli.search import run_search

    run_search(QUERY, unit=None, issuer=None, kind=None, due_before=None, cites=None, limit=3, as_json=False)
    ask = f"CONGVAN_DATA={shell_word(str(data))} ./congvan"
    print(message("Tìm tiếp, có dấu hay không dấu, hoặc theo số văn bản:", "Search on, with or without accents:"))
    for command in (f'search "{QUERY}"', 'search "69/KH-UBND"', 'units "huyện Ba Tơ"', "references", "show 1"):
        print(f"  {ask} {command}")


def shell_word(text: str) -> str:
    """Quote a path for the shell, where it needs quotes."""
    import shlex

    return shlex.quote(text)
