"""`congvan restore`: right Vietnamese from standard input or a file, the same lines; `--explain` lists the changes."""

import sys
from pathlib import Path

from models.errors import UnreadableFileError


def run_restore(file: Path | None, *, explain: bool) -> None:
    """Print the restored text of a UTF-8 file, or of standard input; with `explain`, its changes instead.

    Raises:
        UnreadableFileError: there is no such file, or what it holds is no UTF-8.
    """
    from cli.context import load_settings
    from pipeline.restoration.restore import restore_text

    try:
        text = (sys.stdin.buffer.read() if file is None else file.read_bytes()).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        detail = error.strerror or "" if isinstance(error, OSError) else "không phải mã UTF-8"
        raise UnreadableFileError(detail) from error
    restored = restore_text(text, load_settings().tones)
    if not explain:
        sys.stdout.write(restored.text)
        return
    for change in restored.changes:
        line = restored.text.count("\n", 0, change.start) + 1
        print(f"{line}\t{change.before}\t{change.after}\t{change.rule}\t{change.probability:.2f}")
