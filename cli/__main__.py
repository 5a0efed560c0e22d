"""`python -m cli`: what `./congvan` runs."""

import io
import sys

from cli.errors import reporting_errors
from cli.main import app

if __name__ == "__main__":
    # UTF-8 whatever the machine's locale says: the contract promises it, and others have no room for Vietnamese.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with reporting_errors():
        app(prog_name="congvan")
