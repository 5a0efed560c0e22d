"""`python -m cli`: what `./congvan` runs."""

from cli.errors import reporting_errors
from cli.main import app

if __name__ == "__main__":
    with reporting_errors():
        app(prog_name="congvan")
