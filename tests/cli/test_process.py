"""`congvan process` keeps to the contract: one JSON value, the exit statuses, several files."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DISPATCHES = ROOT / "fixtures" / "dispatches"


def dispatch(name: str) -> Path:
    return next(path for path in (DISPATCHES / name).iterdir() if not path.name.endswith((".toml", ".gold.json")))


def congvan(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli", *map(str, arguments)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_json_is_one_object_and_nothing_else(tmp_path: Path) -> None:
    """Standard output is the record; a text file gives one without boxes, and nothing is stored."""
    ran = congvan("process", dispatch("ocr-text"), "--json", CONGVAN_DATA=str(tmp_path / "data"))
    record = json.loads(ran.stdout)

    assert ran.returncode == 0
    assert record["schema"] == 1
    assert record["source"]["media_type"] == "text/plain"
    assert all(mention["boxes"] == [] for reference in record["references"] for mention in reference["mentions"])
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        pytest.param("damaged", 3, id="a damaged file"),
        pytest.param("encrypted", 4, id="a file with a password"),
        pytest.param("secret-mark", 5, id="a page marked secret"),
    ],
)
def test_a_refused_file_ends_with_its_own_status(name: str, status: int) -> None:
    """The message says what to do; standard output stays empty."""
    ran = congvan("process", dispatch(name), "--json")

    assert ran.returncode == status
    assert ran.stdout == ""
    assert ran.stderr.startswith("congvan: ")
    assert "Traceback" not in ran.stderr


def test_nothing_of_a_secret_file_is_printed() -> None:
    """Neither its name nor a word of it reaches standard output or a log."""
    file = dispatch("secret-mark")
    ran = congvan("process", file, "--jsonl")

    assert json.loads(ran.stdout) == {"schema": 1, "error": {"code": 5}}
    assert file.name not in ran.stdout + ran.stderr


def test_jsonl_prints_a_line_per_file_and_goes_on_after_a_failure() -> None:
    """The order is kept, the failed one has its error, and the status is the first failure's."""
    ran = congvan("process", dispatch("encrypted"), dispatch("ocr-text"), dispatch("damaged"), "--jsonl")
    lines: list[dict[str, Any]] = [json.loads(line) for line in ran.stdout.splitlines()]

    assert ran.returncode == 4
    assert [line.get("error", {}).get("code") for line in lines] == [4, None, 3]
    assert lines[0]["source"]["name"] == "encrypted.pdf"
    assert lines[1]["letterhead"]["kind"] == "công văn"


def test_json_takes_one_file() -> None:
    """Two files with --json are wrong usage."""
    ran = congvan("process", dispatch("ocr-text"), dispatch("ocr-text"), "--json")

    assert ran.returncode == 2
    assert ran.stdout == ""


def test_a_wrong_setting_is_named() -> None:
    """A setting that doesn't fit ends the command and says which it is."""
    ran = congvan("process", dispatch("ocr-text"), CONGVAN_MAX_PAGES="many")

    assert ran.returncode == 2
    assert "CONGVAN_MAX_PAGES" in ran.stderr


def test_messages_are_english_where_the_office_wants_it() -> None:
    """The language setting changes what is said, not what is recorded."""
    ran = congvan("process", dispatch("encrypted"), CONGVAN_LANGUAGE="en")

    assert "password" in ran.stderr


def test_the_readable_view_is_vietnamese_and_names_what_was_not_read() -> None:
    """A handwritten number shows as not read, with its reason."""
    ran = congvan("process", dispatch("handwritten-number"), COLUMNS="160")

    assert ran.returncode == 0
    assert "Cần người xem lại" in ran.stdout
    assert "letterhead.number" in ran.stdout


def test_help_is_quick() -> None:
    """Heavy libraries are loaded by the commands that need them, not by --help."""
    ran = congvan("--help")

    assert ran.returncode == 0
    assert "process" in ran.stdout
    loaded = congvan_modules()
    assert not {"spacy", "cv2", "prefect", "sqlalchemy", "pdfplumber", "pydantic"} & loaded


def congvan_modules() -> set[str]:
    code = "import sys, cli.main; print(*{name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_the_schema_fits_what_process_prints() -> None:
    """`congvan schema` prints a JSON Schema whose required parts are in a record."""
    schema = json.loads(congvan("schema").stdout)
    record = json.loads(congvan("process", dispatch("ocr-text"), "--json").stdout)

    assert set(schema["required"]) <= set(record)
    assert set(record) <= set(schema["properties"])


def test_a_name_of_any_bytes_is_told_and_steers_no_terminal(tmp_path: Path) -> None:
    """A name that is no UTF-8, or holds what a terminal obeys, is readable JSON; nothing of it is obeyed."""
    for name in (b"\xff\xfe.txt", "công văn\u202efdp\x9b.txt".encode()):
        place = os.fsencode(tmp_path) + b"/" + name
        Path(os.fsdecode(place)).write_bytes(dispatch("ocr-text").read_bytes())
        ran = congvan("process", Path(os.fsdecode(place)), "--json")

        assert ran.returncode == 0
        assert json.loads(ran.stdout)["source"]["name"] == name.decode("utf-8", "replace")
        assert "\u202e" not in ran.stdout
        assert "\x9b" not in ran.stdout


def test_a_missing_tesseract_is_named(tmp_path: Path) -> None:
    """A scan needs Tesseract; without it the status is 7 and the message says where to look."""
    ran = congvan("process", dispatch("photo"), PATH=str(tmp_path))

    assert ran.returncode == 7
    assert "tesseract" in ran.stderr
    assert "congvan doctor" in ran.stderr


def test_missing_vietnamese_data_is_named(tmp_path: Path) -> None:
    """The same without Tesseract's Vietnamese data."""
    ran = congvan("process", dispatch("photo"), TESSDATA_PREFIX=str(tmp_path))

    assert ran.returncode == 7
    assert "tesseract-ocr-vie" in ran.stderr


def test_output_is_utf8_in_every_locale() -> None:
    """A machine whose locale has no Vietnamese letters gets the same bytes."""
    ran = subprocess.run(
        [sys.executable, "-m", "cli", "process", str(dispatch("ocr-text")), "--json"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )

    assert ran.returncode == 0
    assert "ộ" in ran.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("CONFIG", "/nowhere/congvan.toml"), ("RENDER_DPI", "100000"), ("SETTLE_SECONDS", "inf"), ("WORKERS", "100000")],
)
def test_a_setting_that_cant_be_is_named(setting: str, value: str) -> None:
    """A settings file that isn't there and values no machine can take end the command."""
    ran = congvan("process", dispatch("ocr-text"), **{f"CONGVAN_{setting}": value})

    assert ran.returncode == 2
    assert f"CONGVAN_{setting}" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(["show", "9" * 30], 2, id="an ID beyond every database"),
        pytest.param(["search", "x", "--limit", "9" * 30], 2, id="a limit beyond every database"),
        pytest.param(["restore", "/nowhere/vb.txt"], 3, id="a text that isn't there"),
    ],
)
def test_wrong_arguments_leave_no_traceback(tmp_path: Path, arguments: list[str], status: int) -> None:
    """They end with the status of the contract and a message."""
    ran = congvan(*arguments, CONGVAN_DATA=str(tmp_path))

    assert ran.returncode == status
    assert "Traceback" not in ran.stderr


def test_restoring_something_else_than_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 aren't replaced and called restored."""
    (tmp_path / "vb.bin").write_bytes(b"\xff\xfe\x00")
    ran = congvan("restore", tmp_path / "vb.bin")

    assert (ran.returncode, ran.stdout) == (3, "")
