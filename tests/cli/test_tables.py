"""Tables on a terminal show the words of documents as they are."""

import pytest

from cli.shown import print_table
from cli.view import show_record
from models.record import Letterhead, Record, Source

HOSTILE = "[/] [bold]x[/bold] :smile: \x1b[31m\u202e \\"
SHOWN = "[/] [bold]x[/bold] :smile:  [31m  \\"


def test_words_of_documents_are_no_markup(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Markup, emoji names, escapes and direction marks in a document or its name change nothing on the screen."""
    monkeypatch.setenv("COLUMNS", "200")
    print_table(HOSTILE, ("Tệp",), [(HOSTILE,)], "")
    source = Source(name=HOSTILE, sha256="0" * 64, media_type="text/plain", pages=1)
    show_record(Record(source=source, letterhead=Letterhead(subject=HOSTILE)))
    out = capsys.readouterr().out
    assert out.count(SHOWN) == 4
    assert "\x1b" not in out
