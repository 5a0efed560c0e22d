"""`congvan score`: process the inputs of gold files, compare, and keep the score for the next time."""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from cli.context import load_office_profile, load_settings
from cli.view import clean
from models.errors import CongvanError, NotFoundError
from pipeline.process import process
from pipeline.scoring.gold import GoldRecord, load_gold
from pipeline.scoring.score import OUTCOMES, Finding, Score, score_record

LAST_SCORE = "score.json"


def run_score(gold: Path, inputs: Sequence[Path], *, show: bool, as_json: bool) -> None:
    """Print counts and ratios per field and kind, then what was gained and lost against the last score.

    Raises:
        NotFoundError: no gold file, or an input is missing.
    """
    records = load_gold(gold)
    if not records:
        raise NotFoundError(f"{gold}: *.gold.json")
    score = Score([finding for wanted in records for finding in _score_one(wanted, inputs)])
    gained, lost = _compare_with_last(score)
    if as_json:
        print(json.dumps(_summary(score, gained, lost), ensure_ascii=False, indent=1))
        return
    console = Console(emoji=False)
    console.print(_table(score))
    _print_changes(console, "Được thêm", gained)
    _print_changes(console, "Mất đi", lost)
    if show:
        for finding in score.findings:
            if finding.outcome not in ("right", "open"):
                console.print(f"{finding.outcome:9} {clean(finding.key)}: {clean(finding.detail)}", soft_wrap=True)


def _score_one(gold: GoldRecord, inputs: Sequence[Path]) -> Iterable[Finding]:
    path = _input_of(gold.id, inputs)
    print(f"… {path.stem}", file=sys.stderr)
    settings = load_settings()
    try:
        record = process(path, settings, load_office_profile(settings))
    except CongvanError as error:
        return [Finding(gold.id, "file", error.reason, "missing", str(error))]
    return score_record(record, gold)


def _input_of(name: str, inputs: Sequence[Path]) -> Path:
    for folder in inputs:
        for path in sorted(folder.rglob(f"{_escaped(name)}.*")):
            if not path.name.endswith((".gold.json", ".toml")):
                return path
    raise NotFoundError(f"{name}.*")


def _escaped(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _compare_with_last(score: Score) -> tuple[list[str], list[str]]:
    """Give the findings gained and lost among the documents of both scores, and keep this one."""
    settings = load_settings()
    file = settings.data / LAST_SCORE
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    last = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"documents": [], "right": [], "bad": []}
    documents = {finding.document for finding in score.findings}
    both = documents & set(last["documents"])
    now, before = (
        {key for key in keys if key.split("|", 1)[0] in both} for keys in (score.right_keys(), set(last["right"]))
    )
    bad, bad_before = ({k for k in keys if k.split("|", 1)[0] in both} for keys in (score.bad_keys(), set(last["bad"])))
    kept = {"documents": sorted(documents), "right": sorted(score.right_keys()), "bad": sorted(score.bad_keys())}
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    gained = [*sorted(now - before), *(f"{key} (hết thừa/sai)" for key in sorted(bad_before - bad))]
    lost = [*sorted(before - now), *(f"{key} (thừa/sai)" for key in sorted(bad - bad_before))]
    return gained, lost


def _summary(score: Score, gained: list[str], lost: list[str]) -> dict[str, object]:
    kinds = {
        kind: {outcome: score.count(kind, outcome) for outcome in OUTCOMES}
        | {name: round(getattr(score, name)(kind), 4) for name in ("precision", "recall", "f1")}
        for kind in score.kinds()
    }
    return {"kinds": kinds, "gained": gained, "lost": lost}


def _table(score: Score) -> Table:
    table = Table("Trường", "Đúng", "Sai", "Thiếu", "Thừa", "Để mở", "P", "R", "F1")
    for kind in score.kinds():
        counts = (str(score.count(kind, outcome)) for outcome in OUTCOMES)
        ratios = (f"{value:.3f}" for value in (score.precision(kind), score.recall(kind), score.f1(kind)))
        table.add_row(kind, *counts, *ratios)
    return table


def _print_changes(console: Console, title: str, keys: list[str]) -> None:
    if keys:
        console.print(f"{title} ({len(keys)}):")
        for key in keys:
            console.print(f"  {clean(key)}", soft_wrap=True)
