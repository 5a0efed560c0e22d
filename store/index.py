"""The full-text index on SQLite: FTS5 with the exact words, their folded forms and the keys of document numbers.

SQLite's own folding knows no đ, so both forms are cut into words here and stored beside each other. Nothing typed by
a person reaches the index's query language: expressions are built from words of letters and digits alone.
"""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import column, table, text
from sqlalchemy.orm import Session

from pipeline.vietnam.fold import fold
from pipeline.vietnam.numbers import find_numbers, search_key

SEARCH_INDEX = table("search_index", column("rowid"), column("exact"), column("folded"), column("numbers"))

_INSERT = text("INSERT INTO search_index (rowid, exact, folded, numbers) VALUES (:id, :exact, :folded, :numbers)")

_WORD = re.compile(r"[^\W_]+")


def exact_words(value: str) -> list[str]:
    """Cut a text into lower-case words as written: "Đường 69/KH" gives đường, 69, kh."""
    return _WORD.findall(value.lower())


def folded_words(value: str) -> list[str]:
    """Cut a text into words without marks: "Đường 69/KH" gives duong, 69, kh."""
    return _WORD.findall(fold(value))


def number_words(value: str) -> list[str]:
    """Give one index word for each document number in a text, the same for every spelling of it."""
    return [number_word(span.number.text) for span in find_numbers(value)]


def number_word(number: str) -> str:
    """Give the index word of one document number: one word of letters and digits, which the index keeps whole."""
    return "k" + search_key(number).replace(" ", "").replace(".", "p")


def add_passages(session: Session, passages: Iterable[tuple[int, str, Iterable[str]]]) -> None:
    """Index passages `(id, text, numbers)`; `numbers` are document numbers known beside those the text shows."""
    rows = [
        {
            "id": passage_id,
            "exact": " ".join(exact_words(value)),
            "folded": " ".join(folded_words(value)),
            "numbers": " ".join(dict.fromkeys([*number_words(value), *map(number_word, numbers)])),
        }
        for passage_id, value, numbers in passages
    ]
    if rows:
        session.execute(_INSERT, rows)


def phrase(name: str, words: Sequence[str]) -> str:
    """Match the words one after the other in one column."""
    return f'{name} : "{" ".join(words)}"'


def all_of(name: str, words: Sequence[str]) -> str:
    """Match every word, in any order, in one column."""
    return " AND ".join(phrase(name, [word]) for word in dict.fromkeys(words))
