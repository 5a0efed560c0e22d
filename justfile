# Bare `just` runs every check.
default: check

# style, layers, types, then the tests
check:
    ./congvan test

# only the quick checks
lint:
    .venv/bin/ruff format --check .
    .venv/bin/ruff check .
    .venv/bin/lint-imports
    .venv/bin/mypy

# the tests alone, or some: just test -k search
test *arguments:
    .venv/bin/python -m pytest -q {{arguments}}

# put the code into its style
format:
    .venv/bin/ruff format .
    .venv/bin/ruff check --fix .

# precision and recall on the fixtures, with what was gained and lost
score:
    ./congvan score fixtures/dispatches --inputs fixtures/dispatches

# typeset and scan the fixture dispatches again; read the diff
fixtures *names:
    .venv/bin/python -m fixtures.generate {{names}}

# the main job on the fixtures
demo:
    ./congvan demo

# resolve the dependencies anew
lock:
    uv pip compile pyproject.toml --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 -o requirements.lock
    uv pip compile pyproject.toml --group dev --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 -o requirements-dev.lock

# write down anew what the made dispatches don't get right yet; read the diff
bless:
    CONGVAN_BLESS=1 .venv/bin/python -m pytest -q tests/pipeline/test_dispatches.py
