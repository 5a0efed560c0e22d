"""`congvan list` and `congvan show`: what the ledger knows, and one dispatch with its history."""

from cli.language import message
from cli.shown import opened_store, print_json, print_table, shown, states


def run_list(*, as_json: bool) -> None:
    """Print every file the ledger knows."""
    from cli.view import shorten
    from store.listing import list_files

    with opened_store() as store:
        files = list_files(store)
    if as_json:
        print_json(files)
        return
    word = states()
    print_table(
        message(f"{len(files)} tệp", f"{len(files)} files"),
        (
            "ID",
            message("Trạng thái", "State"),
            message("Số, ký hiệu", "Number"),
            message("Ngày", "Date"),
            message("Cơ quan ban hành, trích yếu", "Issuer, subject"),
            message("Tệp", "File"),
        ),
        [
            (
                f.id,
                f"{word(f.state)} ({f.reason})" if f.reason else word(f.state),
                f.number,
                f.issued_on,
                shorten("; ".join(filter(None, (f.issuer, f.subject)))),
                f.name,
            )
            for f in files
        ],
        message("Chưa có tệp nào. Thả tệp vào thư mục inbox rồi chạy: congvan drain", "No files yet."),
    )


def run_show(number: int, *, as_json: bool) -> None:
    """Print one file: record, state, history."""
    from store.listing import show_file

    with opened_store() as store:
        file = show_file(store, number)
    if as_json:
        print_json(file)
        return
    if file.record is not None:
        from cli.view import show_record
        from models.record import Record

        show_record(Record.model_validate(file.record))
    word = states()
    print_table(
        f"#{file.id} {word(file.state)}{f' ({file.reason})' if file.reason else ''}",
        (message("Lúc", "When"), message("Ai", "Who"), message("Việc", "What"), message("Chi tiết", "Detail")),
        [(shown(event.at), event.who, word(event.what), event.detail) for event in file.history],
        message(f"#{file.id}: {word(file.state)}", f"#{file.id}: {word(file.state)}"),
    )
