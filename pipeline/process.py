"""The recipe of a dispatch: a file in, its record out. No database, no Prefect, nothing written.

A page marked secret ends it at once; nothing of the file is kept, printed or logged.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from models.errors import SecretDocumentError
from models.office import Office
from models.page import TextPage
from models.record import Record
from models.settings import Settings
from pipeline.extraction.extract import extract
from pipeline.extraction.secrecy import bears_secrecy_mark
from pipeline.intake.source import take
from pipeline.reading import read_pages
from pipeline.recording import write_record
from pipeline.restoration.restore import restore_page
from pipeline.routing.route import route


def process(path: Path, settings: Settings, office: Office, alive: Callable[[], None] = lambda: None) -> Record:
    """Make the record of a file; `alive` is called at every step, as a sign that it goes on.

    Raises:
        UnreadableFileError, EncryptedFileError, OverLimitError: intake refuses it.
        SecretDocumentError: a page bears a secrecy mark.
        MissingToolError: Tesseract or its Vietnamese data isn't there.
    """
    source = take(path, settings)
    read, problems = read_pages(source, settings, alive)
    refuse_secret(read)
    pages = [restore_page(page, settings.tones) for page in read]
    alive()
    # A mark that was misread may be legible once restored.
    refuse_secret(pages)
    found = extract(pages, office)
    routed = route(found.directives, found.letterhead, office)
    return write_record(source, pages, found, routed, problems)


def refuse_secret(pages: Sequence[TextPage]) -> None:
    """Stop at a secrecy mark on any page."""
    if bears_secrecy_mark(pages):
        raise SecretDocumentError
