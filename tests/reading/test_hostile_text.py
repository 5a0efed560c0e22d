"""What a file's text may hold to mislead reader and terminal, and text that costs more than it says."""

import time
import unicodedata
from pathlib import Path

import pytest

from models.errors import OverLimitError
from models.settings import Settings
from pipeline.intake.source import take
from pipeline.pages.printable import printable
from pipeline.reading import read_pages
from pipeline.tools.language import blank_vietnamese
from tests.reading.test_damage import pdf

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("Số: 12\u202e/UBND", "Số: 12/UBND", id="text turned round"),
        pytest.param("a\x00b\x1b[31mc\x9b2J", "ab[31mc2J", id="terminal escapes"),
        pytest.param("Điều 1\u2028Điều 2\x85Điều 3", "Điều 1\nĐiều 2\nĐiều 3", id="line ends of other systems"),
        pytest.param("công\ufeff\u200b văn\ud800", "công văn", id="nothing to see"),
        pytest.param("a" + "\u0323\u0302" * 40, "a\u0323\u0302\u0323", id="a heap of accents"),
        pytest.param("Quyết định\tsố 5\xa0\u2013 \xad", "Quyết định\tsố 5\xa0\u2013 \xad", id="plain text"),
        pytest.param(unicodedata.normalize("NFD", "Ủy ban Ộ"), unicodedata.normalize("NFD", "Ủy ban Ộ"), id="NFD"),
    ],
)
def test_only_what_can_be_printed_is_read(text: str, printed: str) -> None:
    """Controls, direction marks and heaps of accents go; letters, blanks and hyphens stay."""
    assert printable(text) == printed


def test_a_text_file_is_cleaned(tmp_path: Path) -> None:
    """A direction mark in a text file doesn't reach the record."""
    (tmp_path / "vb.txt").write_text("Số: 12\u202e/UBND\x85ngày\x9b 5/9/2024", encoding="utf-8")
    pages, _ = read_pages(take(tmp_path / "vb.txt", SETTINGS), SETTINGS)
    assert [page.text for page in pages] == ["Số: 12/UBND\nngày 5/9/2024"]


def test_a_text_layer_is_cleaned(tmp_path: Path) -> None:
    """A font that maps its glyphs to controls can't bring them into the record."""
    mapped = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        b"1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar\n<6F> <001B>\n<76> <202E>\nendbfchar "
        b"endcmap end end"
    )
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(mapped), mapped)
    content = pdf(b"/MediaBox[0 0 595 842]")
    content = content.replace(b"/BaseFont/Helvetica>>", b"/BaseFont/Helvetica/ToUnicode 9 0 R>>")
    content = (
        content.replace(b"startxref", b"9 0 obj\n" + stream + b"\nendobj\nstartxrex") + b"trailer<</Root 1 0 R>>\n"
    )
    (tmp_path / "vb.pdf").write_bytes(content)
    pages, _ = read_pages(take(tmp_path / "vb.pdf", SETTINGS), SETTINGS)
    assert [page.text for page in pages] == ["Cng an s 412/SNV-TCCC"]


def test_endless_text_is_over_the_limit(tmp_path: Path) -> None:
    """Text without form feeds has pages as well: as many as its letters would fill."""
    (tmp_path / "vb.txt").write_text("Sửa đường làng. " * 5000)
    assert take(tmp_path / "vb.txt", SETTINGS).media_type == "text/plain"
    with pytest.raises(OverLimitError):
        take(tmp_path / "vb.txt", Settings(max_pages=3))


def test_leader_dots_cost_no_more_than_their_length() -> None:
    """A page of dots is cut into tokens at once; e-mail addresses are still found whole."""
    nlp = blank_vietnamese()
    started = time.perf_counter()
    assert len(nlp.make_doc("Số: " + "." * 60_000)) > 60_000
    assert time.perf_counter() - started < 5
    assert "vanthu.snv@example.vn" in [token.text for token in nlp.make_doc("Hộp thư: vanthu.snv@example.vn, ...")]
