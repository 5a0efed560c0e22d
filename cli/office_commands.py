"""The commands over the data folder: take in the inbox, search, list, show. Each loads its work when it runs."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="In JSON theo docs/contract.md.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for name, command in (
        ("drain", drain),
        ("watch", watch),
        ("search", search),
        ("list", list_files),
        ("show", show),
        ("references", references),
        ("deadlines", deadlines),
        ("units", units),
    ):
        app.command(name)(command)


def drain() -> None:
    """Xử lý mọi tệp đang có trong inbox một lượt rồi kết thúc; 0 khi không còn gì phải làm."""
    from cli.inbox import run_drain

    raise typer.Exit(run_drain())


def watch() -> None:
    """Theo dõi inbox: xử lý ngay khi có tệp, cho đến khi được dừng (Ctrl+C hoặc SIGTERM)."""
    from cli.inbox import run_watch

    run_watch()


def search(
    query: Annotated[str, typer.Argument(help="Từ cần tìm (có dấu hoặc không), hoặc số, ký hiệu văn bản.")],
    unit: Annotated[str | None, typer.Option("--unit", help="Chỉ nội dung giao cho đơn vị này (tên hoặc mã).")] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="Chỉ văn bản của cơ quan này.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Chỉ loại văn bản này (công văn, kế hoạch…).")] = None,
    due_before: Annotated[
        str | None, typer.Option("--due-before", help="Chỉ nội dung có hạn trước ngày này (30/9/2024 hoặc 2024-09-30).")
    ] = None,
    cites: Annotated[str | None, typer.Option("--cites", help="Chỉ văn bản viện dẫn số hoặc luật này.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="Nhiều nhất bao nhiêu kết quả.")] = 100,
    as_json: Json = False,
) -> None:
    """Tìm trong nội dung giao và toàn văn; gõ đúng dấu thì kết quả đúng dấu đứng trước."""
    from cli.search import read_day, run_search

    before = read_day(due_before) if due_before else None
    run_search(
        query,
        unit=unit,
        issuer=issuer,
        kind=kind,
        due_before=before,
        cites=cites,
        limit=limit,
        as_json=as_json,
    )


def list_files(as_json: Json = False) -> None:
    """Liệt kê mọi tệp đã nhận, ở bất kỳ trạng thái nào."""
    from cli.listing import run_list

    run_list(as_json=as_json)


def show(
    number: Annotated[int, typer.Argument(metavar="ID", help="Số của tệp, như congvan list cho biết.")],
    as_json: Json = False,
) -> None:
    """Xem một văn bản: bản ghi, trạng thái, lịch sử."""
    from cli.listing import run_show

    run_show(number, as_json=as_json)


def references(as_json: Json = False) -> None:
    """Sổ văn bản được viện dẫn: văn bản nào, ai viện dẫn, quan hệ gì, đã có trong kho chưa."""
    from cli.work import run_references

    run_references(as_json=as_json)


def deadlines(as_json: Json = False) -> None:
    """Các thời hạn, gần nhất trước."""
    from cli.work import run_deadlines

    run_deadlines(as_json=as_json)


def units(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Tên hoặc mã đơn vị.")] = None,
    as_json: Json = False,
) -> None:
    """Việc của từng đơn vị; nêu tên thì liệt kê từng việc của đơn vị đó."""
    from cli.work import run_units

    run_units(name, as_json=as_json)
