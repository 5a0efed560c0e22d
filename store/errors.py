"""What can go wrong with the store itself; nothing in a message comes from a document."""

from models.errors import CongvanError


class StoreUnavailableError(CongvanError):
    """The database can't be reached, is locked or full; the same step may succeed later."""

    reason = "store"
    message = {"vi": "Không truy cập được cơ sở dữ liệu.", "en": "The database can't be reached."}
    advice = {
        "vi": "Kiểm tra dung lượng đĩa và quyền ghi thư mục dữ liệu, rồi chạy lại.",
        "en": "Check the disk's free space and the right to write in the data folder, then run again.",
    }


class DamagedDatabaseError(StoreUnavailableError):
    """The database file is damaged or no database; files wait in the inbox meanwhile."""

    reason = "database-damaged"
    message = {"vi": "Tệp cơ sở dữ liệu hỏng.", "en": "The database file is damaged."}
    advice = {
        "vi": "Cất tệp congvan.sqlite (cả -wal, -shm) sang chỗ khác, chép bản sao lưu vào thay, rồi chạy lại.",
        "en": "Put congvan.sqlite (with -wal and -shm) aside, copy a backup in its place, then run again.",
    }


class UnsupportedDatabaseError(CongvanError):
    """The database URL names a kind of database this program doesn't work on."""

    exit_code = 2
    reason = "database"
    message = {"vi": "Chưa hỗ trợ loại cơ sở dữ liệu này.", "en": "This kind of database isn't supported."}
    advice = {
        "vi": "Bỏ CONGVAN_DATABASE_URL để dùng SQLite trong thư mục dữ liệu.",
        "en": "Unset CONGVAN_DATABASE_URL to use SQLite in the data folder.",
    }


class ClaimLostError(CongvanError):
    """Somebody else has taken the file over since; nothing was written."""

    reason = "claim-lost"
    message = {"vi": "Tệp đã được tiến trình khác xử lý.", "en": "Another process has taken the file over."}
    advice = {"vi": "Không cần làm gì thêm.", "en": "Nothing needs to be done."}
