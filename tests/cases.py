"""Case tables: sentences with what they should give, kept as data in `fixtures/cases`."""

import tomllib
from pathlib import Path
from typing import Any

CASES = Path(__file__).parents[1] / "fixtures" / "cases"


def load_cases(stage: str, *names: str) -> list[Any]:
    """Give the cases of a stage's files as pytest parameters, each named by its label."""
    import pytest

    files = [CASES / stage / f"{name}.toml" for name in names] or sorted((CASES / stage).glob("*.toml"))
    return [
        pytest.param(case, id=case["label"])
        for file in files
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    ]
