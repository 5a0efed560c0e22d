"""The commands of `congvan`. Each imports what it needs when it runs, so that `--help` stays quick."""

from pathlib import Path
from typing import Annotated

import typer

from cli import office_commands

app = typer.Typer(
    name="congvan",
    help="Đọc công văn quét: khôi phục chữ Việt, rút văn bản viện dẫn, thời hạn, nội dung giao và nơi thực hiện.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Json = Annotated[bool, typer.Option("--json", help="In JSON theo docs/contract.md.")]


@app.command()
def process(
    files: Annotated[list[Path], typer.Argument(help="PDF, TIFF, JPEG, PNG hoặc TXT (UTF-8).")],
    as_json: Annotated[bool, typer.Option("--json", help="In một đối tượng JSON (một tệp).")] = False,
    as_lines: Annotated[bool, typer.Option("--jsonl", help="In mỗi tệp một dòng JSON.")] = False,
) -> None:
    """Đọc tệp và in bản ghi; không lưu gì."""
    from cli.process import run_process

    raise typer.Exit(run_process(files, as_json=as_json, as_lines=as_lines))


@app.command()
def schema() -> None:
    """In JSON Schema của bản ghi."""
    import json

    from models.record import Record

    print(json.dumps(Record.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="Thư mục chứa các tệp *.gold.json.")],
    inputs: Annotated[list[Path], typer.Option("--inputs", help="Thư mục chứa tệp gốc (dùng được nhiều lần).")],
    show: Annotated[bool, typer.Option("--show", help="In cả chữ của văn bản.")] = False,
    as_json: Json = False,
) -> None:
    """Chấm bản ghi so với tệp vàng: đúng, sai, thiếu, thừa; được và mất so với lần trước."""
    from cli.score import run_score

    run_score(gold, inputs, show=show, as_json=as_json)


@app.command()
def restore(
    file: Annotated[Path | None, typer.Argument(help="Tệp UTF-8; không nêu thì đọc từ đầu vào chuẩn.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Liệt kê từng chỗ đã sửa thay vì in văn bản.")] = False,
) -> None:
    """Khôi phục chữ Việt của một văn bản thô, giữ nguyên từng dòng."""
    from cli.restore import run_restore

    run_restore(file, explain=explain)


@app.command()
def train(
    corpora: Annotated[Path, typer.Argument(help="Thư mục các tệp *.txt.xz, mỗi dòng một đoạn văn.")],
    work: Annotated[Path, typer.Option("--work", help="Nơi giữ các bước đã xong, để chạy tiếp được.")] = Path(
        "data/train"
    ),
) -> None:
    """Huấn luyện lại dữ liệu khôi phục chữ Việt từ một thư mục văn bản."""
    from cli.train import run_train

    run_train(corpora, work=work)


@app.command()
def doctor() -> None:
    """Cho biết máy này có gì, thiếu gì, và cách cài."""
    from cli.doctor import run_doctor

    raise typer.Exit(run_doctor())


office_commands.register(app)


@app.command()
def demo() -> None:
    """Chạy thử việc chính trên các văn bản mẫu, trong thư mục dữ liệu mới."""
    from cli.demo import run_demo

    run_demo()


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context) -> None:
    """Chạy toàn bộ kiểm thử."""
    from cli.test import run_tests

    raise typer.Exit(run_tests(context.args))
