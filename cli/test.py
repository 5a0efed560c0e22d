"""`congvan test`: every check of the project, the quick ones first."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("lint-imports",),
    ("mypy",),
)


def run_tests(arguments: Sequence[str]) -> int:
    """Run style, layers, types and then pytest with the given arguments; give the first failing status.

    With arguments only pytest runs, so that `congvan test -k search` is quick.
    """
    binaries = Path(sys.executable).parent
    for name, *options in () if arguments else CHECKS:
        print(f"== {name} {' '.join(options)}", flush=True)
        status = subprocess.run([str(binaries / name), *options], cwd=ROOT, check=False).returncode
        if status:
            return status
    pytest = [sys.executable, "-m", "pytest", "-q", *(arguments or ("-n", "2", "--dist", "loadfile"))]
    return subprocess.run(pytest, cwd=ROOT, check=False).returncode
