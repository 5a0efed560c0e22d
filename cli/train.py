"""`congvan train`: rebuild restoration's trained data from a folder of corpora."""

import sys
from pathlib import Path


def run_train(corpora: Path, *, fonts: Path = Path("/usr/share/fonts"), work: Path) -> None:
    """Train from `corpora` and print the manifest; what is done is kept in `work`, so that a run can go on.

    Raises:
        MissingToolError: a language pack that only training needs isn't installed.
    """
    import json

    from pipeline.restoration.train import languages, train
    from pipeline.tools.tesseract_text import read_text, require_languages

    require_languages(languages())

    manifest = train(corpora, fonts, work, read_text, lambda step: print(f"train: {step}", file=sys.stderr, flush=True))
    print(json.dumps(manifest, ensure_ascii=False, indent=1))
