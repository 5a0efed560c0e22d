"""`congvan process`: files in, records out, on standard output and nowhere else."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from cli.context import load_office_profile, load_settings
from cli.language import message
from cli.shown import print_line
from models.errors import CongvanError, MachineTroubleError, SecretDocumentError, UsageError
from models.record import SCHEMA_VERSION, Record
from pipeline.intake.name import readable_name


def run_process(files: Sequence[Path], *, as_json: bool, as_lines: bool) -> int:
    """Process files in the order given and print each record; give the exit status.

    Raises:
        CongvanError: a single file that fails, unless `as_lines`, where its line holds the error.
    """
    if as_json and len(files) > 1:
        raise UsageError(
            message("--json nhận một tệp; dùng --jsonl cho nhiều tệp", "--json takes one file; use --jsonl")
        )
    status = 0
    for file in files:
        try:
            record = _record(file)
        except CongvanError as error:
            if len(files) == 1 and not as_lines:
                raise
            status = status or error.exit_code
            _report(file, error, as_lines=as_lines)
            continue
        _print(record, as_json=as_json or as_lines)
    return status


def _record(file: Path) -> Record:
    from flows.apart import UnforeseenError, process_apart

    settings = load_settings()
    try:
        return process_apart(file, settings, load_office_profile(settings))
    except UnforeseenError as error:
        # Where it happened helps whoever looks after the program; the other files go on.
        print(error, file=sys.stderr)
        raise CongvanError(error.kind) from error
    except (OSError, MemoryError) as error:
        detail = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        raise MachineTroubleError(detail) from error


def _report(file: Path, error: CongvanError, *, as_lines: bool) -> None:
    if not as_lines:
        print(
            f"congvan: {message('tệp', 'file')} {_shown(file, error)}: {error.tell(load_settings().language)}",
            file=sys.stderr,
        )
        return
    line: dict[str, object] = {"schema": SCHEMA_VERSION}
    if isinstance(error, SecretDocumentError):
        line["error"] = {"code": error.exit_code}
    else:
        line["source"] = {"name": readable_name(file)}
        line["error"] = {"code": error.exit_code, "message": error.tell(load_settings().language)}
    print_line(json.dumps(line, ensure_ascii=False))


def _shown(file: Path, error: CongvanError) -> str:
    # The clerk sees the name live on the terminal; nothing of a secret file goes into a log.
    return repr(readable_name(file)) if not isinstance(error, SecretDocumentError) or sys.stderr.isatty() else "…"


def _print(record: Record, *, as_json: bool) -> None:
    if as_json:
        print_line(record.to_json())
    else:
        from cli.view import show_record

        show_record(record)
