"""The note beside a quarantined file: what is wrong and what to do next, in Vietnamese, for the clerk."""

from collections.abc import Iterator

from models.errors import CongvanError

# What the folders of things that are no files at all are called.
NOT_A_FILE = "not-a-file"

_NOT_A_FILE_NOTE = """\
Đây không phải tệp thường (liên kết hoặc ống dẫn) nên không được đọc.
Việc cần làm: chép chính tệp văn bản vào thư mục inbox.
"""


def note_for(error: CongvanError, trace: str = "") -> str:
    """Write the note about an error; `trace` tells the administrator where an unforeseen one happened."""
    detail = f" ({error.detail})" if error.detail else ""
    lines = (
        f"{error.message['vi']}{detail}",
        f"Việc cần làm: {error.advice['vi']}",
        f"Mã lý do: {error.reason}",
        "Thả lại tệp vào thư mục inbox để thử lại.",
        trace,
    )
    return "\n".join(line for line in lines if line) + "\n"


def note_of_reason(reason: str) -> str:
    """Write the note when only the reason is known: the program stopped between the commit and the move."""
    return _NOT_A_FILE_NOTE if reason == NOT_A_FILE else note_for(error_for(reason))


def error_for(reason: str, detail: str = "") -> CongvanError:
    """Make the error of a reason, as it is kept in the ledger or comes from another process."""
    kinds = {kind.reason: kind for kind in _kinds(CongvanError)}
    kind = kinds.get(reason, CongvanError)
    return kind(detail) if detail else kind()


def _kinds(kind: type[CongvanError]) -> Iterator[type[CongvanError]]:
    for child in kind.__subclasses__():
        yield from _kinds(child)
    yield kind
