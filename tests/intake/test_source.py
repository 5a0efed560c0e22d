import hashlib
import io
import os
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from models.errors import CongvanError, EncryptedFileError, OverLimitError, UnreadableFileError
from models.settings import Settings
from pipeline.intake.source import take

SETTINGS = Settings(max_pages=3, max_megapixels=2, max_megabytes=1)


def pdf(pages: int = 1, size: tuple[float, float] = (300, 400), encrypt: object = None) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, encrypt=encrypt)
    for number in range(pages):
        canvas.drawString(50, 300, f"Trang {number + 1}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def picture(form: str, size: tuple[int, int] = (100, 140), frames: int = 1) -> bytes:
    target = io.BytesIO()
    images = [Image.new("L", size, 255) for _ in range(frames)]
    extra = {"save_all": True, "append_images": images[1:]} if frames > 1 else {}
    images[0].save(target, form, **extra)
    return target.getvalue()


def put(folder: Path, content: bytes, name: str = "tệp lạ.bin") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(pdf(), "application/pdf", id="pdf"),
        pytest.param(b"\x00junk from a mail gateway\r\n" * 20 + pdf(), "application/pdf", id="pdf behind junk"),
        pytest.param(picture("TIFF", frames=2), "image/tiff", id="tiff of two pages"),
        pytest.param(picture("JPEG"), "image/jpeg", id="jpeg"),
        pytest.param(picture("PNG"), "image/png", id="png"),
        pytest.param("Số: 12/UBND\fTrang sau".encode(), "text/plain", id="text with a form feed"),
        pytest.param("\ufeffSố: 12/UBND".encode(), "text/plain", id="text with a byte order mark"),
    ],
)
def test_type_is_told_by_content(tmp_path: Path, content: bytes, media_type: str) -> None:
    """The bytes tell what a file is, whatever its name; its hash is that of the bytes as they came."""
    source = take(put(tmp_path, content), SETTINGS)
    assert (source.media_type, source.sha256, source.content) == (
        media_type,
        hashlib.sha256(content).hexdigest(),
        content,
    )
    assert source.name == "tệp lạ.bin"


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        pytest.param(b"", UnreadableFileError, "rỗng", id="empty"),
        pytest.param(b" \n\t\n", UnreadableFileError, "không có chữ", id="blanks only"),
        pytest.param(b"PK\x03\x04" + bytes(50), UnreadableFileError, "Word", id="docx"),
        pytest.param(b"\xd0\xcf\x11\xe0" + bytes(50), UnreadableFileError, "Word", id="doc"),
        pytest.param(b"{\\rtf1 van ban}", UnreadableFileError, "RTF", id="rtf"),
        pytest.param(b"<!DOCTYPE html><p>x</p>", UnreadableFileError, "trang web", id="web page"),
        pytest.param("Số: 12".encode("utf-16"), UnreadableFileError, "UTF-8", id="utf-16"),
        pytest.param("Số".encode() + b"\xff\xfe", UnreadableFileError, "UTF-8", id="no utf-8"),
        pytest.param(b"abc\x00\x01def", UnreadableFileError, "nhị phân", id="binary"),
        pytest.param(pdf()[:200], UnreadableFileError, "PDF", id="torn pdf"),
        pytest.param(b"%PDF-1.7\n", UnreadableFileError, "PDF", id="pdf header alone"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(20), UnreadableFileError, "ảnh", id="png header alone"),
        pytest.param(pdf(4), OverLimitError, "3 trang", id="too many pdf pages"),
        pytest.param(picture("TIFF", frames=4), OverLimitError, "3 trang", id="too many tiff pages"),
        pytest.param(b"a\fb\fc\fd", OverLimitError, "3 trang", id="too many text pages"),
        pytest.param(pdf(size=(3000, 3000)), OverLimitError, "điểm ảnh", id="pdf page too large"),
        pytest.param(picture("PNG", (2000, 2000)), OverLimitError, "điểm ảnh", id="picture too large"),
        pytest.param(b"a" * 1_000_001, OverLimitError, "1 MB", id="too many bytes"),
        pytest.param(
            pdf(encrypt=StandardEncryption("user", "owner")), EncryptedFileError, "mật khẩu", id="user password"
        ),
    ],
)
def test_refused_with_its_own_error(tmp_path: Path, content: bytes, error: type[CongvanError], said: str) -> None:
    """What can't be read is refused, and the message says why."""
    with pytest.raises(error, match=said):
        take(put(tmp_path, content), SETTINGS)


def test_owner_password_alone_opens(tmp_path: Path) -> None:
    """A PDF that anyone may read but not change is taken."""
    source = take(put(tmp_path, pdf(encrypt=StandardEncryption("", "owner"))), SETTINGS)
    assert source.media_type == "application/pdf"


def test_only_plain_files_are_taken(tmp_path: Path) -> None:
    """Links, pipes, folders and missing files are refused without waiting or following."""
    real = put(tmp_path, pdf())
    (tmp_path / "link").symlink_to(real)
    os.mkfifo(tmp_path / "pipe")
    for name, said in (("link", "liên kết"), ("pipe", "đặc biệt"), ("", "thư mục"), ("missing", "không có tệp")):
        with pytest.raises(UnreadableFileError, match=said):
            take(tmp_path / name, SETTINGS)
