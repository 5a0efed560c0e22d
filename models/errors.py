"""What can go wrong with a file or a machine: each error has an exit status, the user's words and the next step."""

from typing import Literal

Language = Literal["vi", "en"]


class CongvanError(Exception):
    """Stand under every error the program foresees.

    Attributes:
        exit_code: the exit status of the command line, as `docs/contract.md` lists them.
        reason: a short fixed name, used for quarantine folders and the ledger; never text of a document.
        message: what is wrong, by language.
        advice: the next step to take, by language.
        detail: what the message can't know, such as the page or the limit.
    """

    exit_code = 1
    reason = "error"
    message: dict[Language, str] = {"vi": "Có lỗi ngoài dự kiến.", "en": "Something unforeseen went wrong."}
    advice: dict[Language, str] = {
        "vi": "Chạy lại; nếu vẫn lỗi, gửi nhật ký cho người quản trị.",
        "en": "Run it again; if it fails again, send the log to whoever looks after this machine.",
    }

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(detail or self.message["vi"])

    def tell(self, language: Language) -> str:
        """Say what is wrong and what to do next."""
        detail = f"({self.detail})" if self.detail else ""
        return " ".join(part for part in (self.message[language], detail, self.advice[language]) if part)

    def __str__(self) -> str:
        return self.tell("vi")


class UsageError(CongvanError):
    """The command was called in a way it doesn't understand."""

    exit_code = 2
    reason = "usage"
    message = {"vi": "Lệnh hoặc cấu hình chưa đúng.", "en": "The command or a setting is wrong."}
    advice = {"vi": "Xem: congvan --help và docs/settings.md.", "en": "See: congvan --help and docs/settings.md."}


class NotFoundError(CongvanError):
    """The store holds nothing under that name, or a file named isn't there."""

    exit_code = 2
    reason = "not-found"
    message = {"vi": "Không tìm thấy.", "en": "Not found."}
    advice = {"vi": "Xem những gì đã có: congvan list.", "en": "See what there is: congvan list."}


class UnreadableFileError(CongvanError):
    """The file is damaged or is no document."""

    exit_code = 3
    reason = "unreadable"
    message = {
        "vi": "Không đọc được tệp: tệp hỏng hoặc không phải văn bản.",
        "en": "The file can't be read: it is damaged or no document.",
    }
    advice = {
        "vi": "Quét hoặc tải lại tệp dạng PDF, TIFF, JPEG, PNG hoặc TXT (UTF-8).",
        "en": "Scan or fetch it again as PDF, TIFF, JPEG, PNG or UTF-8 text.",
    }


class EncryptedFileError(CongvanError):
    """The file asks for a password."""

    exit_code = 4
    reason = "encrypted"
    message = {"vi": "Tệp có mật khẩu, không mở được.", "en": "The file asks for a password."}
    advice = {"vi": "Bỏ mật khẩu rồi thả lại tệp.", "en": "Take the password off and drop the file again."}


class SecretDocumentError(CongvanError):
    """A page bears a secrecy mark: nothing of it is kept, printed or logged."""

    exit_code = 5
    reason = "withheld"
    message = {
        "vi": "Văn bản có dấu chỉ độ mật; không lưu gì.",
        "en": "The document is marked secret; nothing is kept.",
    }
    advice = {
        "vi": "Không xử lý trên máy nối mạng; đăng ký vào sổ văn bản mật theo quy định.",
        "en": "Keep it off networked computers; register it by the rules for secret documents.",
    }

    def __init__(self) -> None:
        super().__init__("")


class OverLimitError(CongvanError):
    """The file has too many pages, pixels or bytes, or took too long."""

    exit_code = 6
    reason = "over-limit"
    message = {"vi": "Tệp vượt giới hạn.", "en": "The file is over a limit."}
    advice = {
        "vi": "Tách tệp, quét ở độ phân giải thấp hơn, hoặc nâng giới hạn trong cấu hình.",
        "en": "Split it, scan at a lower resolution, or raise the limit in the settings.",
    }


class MissingToolError(CongvanError):
    """Something this program needs isn't installed."""

    exit_code = 7
    reason = "missing-tool"
    message = {"vi": "Thiếu chương trình cần thiết.", "en": "Something this program needs is missing."}
    advice = {"vi": "Chạy ./congvan doctor để biết cần cài gì.", "en": "Run ./congvan doctor to see what to install."}


class MachineTroubleError(CongvanError):
    """The disk is full, a folder can't be written, or memory has run out: nothing is wrong with the file."""

    reason = "machine"
    message = {"vi": "Máy không làm được việc này.", "en": "The machine couldn't do this."}
    advice = {
        "vi": "Kiểm tra dung lượng đĩa, bộ nhớ và quyền của thư mục dữ liệu, rồi chạy lại.",
        "en": "Check free disk space, memory and the rights of the data folder, then run again.",
    }
