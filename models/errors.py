"""What can go wrong with a file or a machine: each error has an exit status, the user's words and the next step."""


class CongvanError(Exception):
    """Stand under every error the program foresees.

    Attributes:
        exit_code: the exit status of the command line, as `docs/contract.md` lists them.
        reason: a short fixed name, used for quarantine folders and the ledger; never text of a document.
        message: what is wrong, in the user's words (Vietnamese).
        advice: the next step to take.
    """

    exit_code = 1
    reason = "error"
    message = "Có lỗi ngoài dự kiến."
    advice = "Chạy lại; nếu vẫn lỗi, gửi nhật ký cho người quản trị."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(detail or self.message)

    def __str__(self) -> str:
        return " ".join(part for part in (self.message, self.detail and f"({self.detail})", self.advice) if part)


class UsageError(CongvanError):
    """The command was called in a way it doesn't understand."""

    exit_code = 2
    reason = "usage"
    message = "Lệnh chưa đúng."
    advice = "Xem: congvan --help."


class UnreadableFileError(CongvanError):
    """The file is damaged or is no document."""

    exit_code = 3
    reason = "unreadable"
    message = "Không đọc được tệp: tệp hỏng hoặc không phải văn bản."
    advice = "Quét hoặc tải lại tệp dạng PDF, TIFF, JPEG, PNG hoặc TXT (UTF-8)."


class EncryptedFileError(CongvanError):
    """The file asks for a password."""

    exit_code = 4
    reason = "encrypted"
    message = "Tệp có mật khẩu, không mở được."
    advice = "Bỏ mật khẩu rồi thả lại tệp."


class SecretDocumentError(CongvanError):
    """A page bears a secrecy mark: nothing of it is kept, printed or logged."""

    exit_code = 5
    reason = "withheld"
    message = "Văn bản có dấu chỉ độ mật."
    advice = "Không xử lý trên máy nối mạng; đăng ký vào sổ văn bản mật theo quy định."

    def __init__(self) -> None:
        super().__init__("")


class OverLimitError(CongvanError):
    """The file has too many pages, pixels or bytes, or took too long."""

    exit_code = 6
    reason = "over-limit"
    message = "Tệp vượt giới hạn."
    advice = "Tách tệp, quét ở độ phân giải thấp hơn, hoặc nâng giới hạn trong cấu hình."


class MissingToolError(CongvanError):
    """Something this program needs isn't installed."""

    exit_code = 7
    reason = "missing-tool"
    message = "Thiếu chương trình cần thiết."
    advice = "Chạy ./congvan doctor để biết cần cài gì."


class NotFoundError(CongvanError):
    """The store holds nothing under that name."""

    exit_code = 2
    reason = "not-found"
    message = "Không tìm thấy."
    advice = "Xem: congvan list."
