"""How commands show what the store holds: one JSON value, or a table. Words of documents can't steer the terminal."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cli.context import load_settings
from models.base import Frozen

if TYPE_CHECKING:
    from store.opening import Store

# JSON leaves these as they are, but a terminal may obey them: C1 controls, direction and line marks.
_STEERING = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

# A column of sentences wants this width at least.
_SENTENCE = 20


@contextmanager
def opened_store() -> "Iterator[Store]":
    """Open the store that the settings name, for one command."""
    from store.opening import open_store

    store = open_store(load_settings().url)
    try:
        yield store
    finally:
        store.close()


def print_json(value: Frozen | Sequence[Frozen]) -> None:
    """Print one JSON value: an object, or an array of objects."""
    plain = value.model_dump(mode="json") if isinstance(value, Frozen) else [v.model_dump(mode="json") for v in value]
    print_line(json.dumps(plain, ensure_ascii=False))


def print_line(text: str) -> None:
    """Print JSON text on one line; what a terminal may obey is escaped, which JSON reads as the same."""
    print(_STEERING.sub(lambda match: f"\\u{ord(match.group()):04x}", text), flush=True)


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], empty: str) -> None:
    """Print a table; without rows say so, in words."""
    from rich.console import Console
    from rich.table import Table

    from cli.view import clean

    console = Console(emoji=False)
    if not rows:
        console.print(clean(empty))
        return
    table = Table(title=clean(title), title_justify="left")
    cells = [[clean(shown(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    whole = _kept_whole(widths, console.width)
    for place, name in enumerate(columns):
        table.add_column(name, overflow="fold", no_wrap=place in whole, min_width=min(widths[place], _SENTENCE // 2))
    for row in cells:
        table.add_row(*row)
    console.print(table)


def _kept_whole(widths: Sequence[int], width: int) -> set[int]:
    """Choose the columns whose cells aren't broken: the shortest first, as long as sentences keep their room."""
    borders = 3 * len(widths) + 1
    room = width - borders - _SENTENCE * sum(cell > _SENTENCE for cell in widths)
    whole: set[int] = set()
    for cell, place in sorted((cell, place) for place, cell in enumerate(widths)):
        if cell > room:
            break
        whole.add(place)
        room -= cell
    return whole


def shown(value: object) -> str:
    """Say a value the way it is written in Vietnam; nothing is a dash.

    >>> shown(dt.date(2024, 9, 30)), shown(None)
    ('30/09/2024', '—')
    """
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return "—" if value is None or value == "" else str(value)


def states() -> Callable[[str], str]:
    """Give the words for the states of files, in the language of the settings."""
    from cli.language import message

    words = {
        "received": message("đã nhận", "received"),
        "claimed": message("đang xử lý", "being read"),
        "done": message("xong", "done"),
        "review": message("cần xem lại", "needs review"),
        "quarantined": message("để riêng", "quarantined"),
        "withheld": message("giữ lại (dấu mật)", "withheld (secrecy mark)"),
        "seen again": message("gặp lại", "seen again"),
        "proposed": message("đề xuất", "proposed"),
        "lead": message("chủ trì", "lead"),
        "co": message("phối hợp", "co-operating"),
    }
    return lambda name: words.get(name, name)
