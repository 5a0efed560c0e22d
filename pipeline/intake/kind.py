"""What kind of file some bytes are, told from the bytes alone."""

from models.errors import UnreadableFileError

PDF = "application/pdf"
TIFF = "image/tiff"
JPEG = "image/jpeg"
PNG = "image/png"
TEXT = "text/plain"

_PICTURES = {
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
    b"II+\x00": TIFF,  # BigTIFF
    b"MM\x00+": TIFF,
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
}

# What offices drop by mistake, and what to do about it.
_REFUSED = {
    b"PK\x03\x04": "đây là tệp Word, Excel hoặc tệp nén; hãy lưu thành PDF",
    b"\xd0\xcf\x11\xe0": "đây là tệp Word hoặc Excel đời cũ; hãy lưu thành PDF",
    b"{\\rtf": "đây là tệp RTF; hãy lưu thành PDF",
    b"\xff\xfe": "văn bản mã UTF-16; hãy lưu lại mã UTF-8",
    b"\xfe\xff": "văn bản mã UTF-16; hãy lưu lại mã UTF-8",
    b"Rar!": "đây là tệp nén; hãy giải nén trước",
    b"7z\xbc\xaf": "đây là tệp nén; hãy giải nén trước",
    b"%!PS": "đây là tệp PostScript; hãy lưu thành PDF",
    b"AT&T": "đây là tệp DjVu; hãy lưu thành PDF",
}

# Readers of PDF accept junk in front of the header up to here (ISO 32000-1, annex H.3.4.1).
_HEADER_REACH = 1024

_LAYOUT_CONTROLS = frozenset("\t\n\r\f\v")


def sniff(content: bytes) -> str:
    """Give the media type.

    Raises:
        UnreadableFileError: the bytes are none of the kinds taken; the detail says what they seem to be.
    """
    for magic, media_type in _PICTURES.items():
        if content.startswith(magic):
            return media_type
    if b"%PDF-" in content[:_HEADER_REACH]:
        return PDF
    for magic, advice in _REFUSED.items():
        if content.startswith(magic):
            raise UnreadableFileError(advice)
    _check_text(content)
    return TEXT


def _check_text(content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError("không phải PDF, TIFF, JPEG, PNG hay văn bản mã UTF-8") from error
    if not text.strip():
        raise UnreadableFileError("tệp không có chữ nào")
    if any(character < " " and character not in _LAYOUT_CONTROLS for character in text):
        raise UnreadableFileError("tệp nhị phân, không phải văn bản")
    if text.lstrip()[:9].lower().startswith(("<!doctype", "<html", "<?xml", "<svg")):
        raise UnreadableFileError("đây là trang web hoặc XML; hãy lưu thành PDF")
