"""`congvan restore`: right Vietnamese from standard input or a file, the same lines; `--explain` lists the changes."""

import sys
from pathlib import Path


def run_restore(file: Path | None, *, explain: bool) -> None:
    """Print the restored text of a UTF-8 file, or of standard input; with `explain`, its changes instead."""
    from pipeline.restoration.restore import restore_text

    content = sys.stdin.buffer.read() if file is None else file.read_bytes()
    restored = restore_text(content.decode("utf-8", errors="replace"))
    if not explain:
        sys.stdout.write(restored.text)
        return
    for change in restored.changes:
        line = restored.text.count("\n", 0, change.start) + 1
        print(f"{line}\t{change.before}\t{change.after}\t{change.rule}\t{change.probability:.2f}")
