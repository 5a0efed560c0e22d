"""One page of a file as the pages station hands it on: its text layer if it has one, and its picture when asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from models.page import ReadPage, ReadWord
from pipeline.tools.images import PageImage


@dataclass(frozen=True, slots=True)
class PageInput:
    """A page, upright as its file says, sizes in points.

    `text` is plain text input, which has no more than that. `layer` holds the words of a text layer; they are to be
    used as they stand only where `trusted`. `scanned` means that the layer was made by an OCR program over a picture.
    `overlay` holds words that annotations show over the page (number and date typed in at signing); they are in
    `layer` too, but not in the picture that `image` draws. A page that isn't `drawn` shows nothing to read.
    `fault` says why a damaged page can't be read at all.
    """

    number: int
    width: float
    height: float
    text: str | None = None
    layer: ReadPage | None = None
    trusted: bool = False
    scanned: bool = False
    drawn: bool = True
    overlay: tuple[ReadWord, ...] = ()
    signatures: tuple[str, ...] = ()
    image: Callable[[], PageImage] | None = None
    fault: str | None = None
