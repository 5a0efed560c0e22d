"""The one place where the command line turns an error into words and an exit status."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from models.errors import CongvanError, Language, MachineTroubleError, UsageError


@contextmanager
def reporting_errors() -> Iterator[None]:
    """Print a foreseen error on standard error and end with its exit status; others keep their traceback."""
    try:
        yield
    except CongvanError as error:
        print(f"congvan: {error.tell(_language())}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        # The reader of our output went away (`congvan list | head`): nothing is wrong.
        sys.stderr.close()
        raise SystemExit(0) from None
    except (OSError, MemoryError) as error:
        # The machine's trouble; the system's own words name no file here.
        detail = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        print(f"congvan: {MachineTroubleError(detail).tell(_language())}", file=sys.stderr)
        raise SystemExit(MachineTroubleError.exit_code) from None


def _language() -> Language:
    from cli.context import load_settings

    try:
        return load_settings().language
    except UsageError:
        return "vi"
