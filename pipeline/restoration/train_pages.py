"""Third step of training: pages set in many fonts, made bad like real scans, and what a reader makes of each line.

Every page is a function of its number, so that a broken run goes on where it stopped. The reader is handed in.
"""

import io
import json
import os
import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Reader = Callable[[bytes, int, str], str]
"""Reads a picture file at a resolution in a language: (bytes, dpi, language) → text, a printed line a line."""

# Width of the text block in millimetres: A4 with the margins of Decree 30/2020.
_BLOCK_MM = 160
_LINES = 38
_CAPITALS = 0.12


@dataclass(frozen=True)
class ReadLine:
    """One printed line: as it was set, and as it was read."""

    language: str
    truth: str
    read: str


@dataclass(frozen=True)
class Press:
    """What pages are set from: paragraphs, font files, and how bad a scan may get (0: clean, 1: barely readable)."""

    paragraphs: Sequence[str]
    fonts: Sequence[Path]
    wear: float


def sets_vietnamese(font: Path) -> bool:
    """Tell whether a font has the letters of Vietnamese; many have the accents of French only."""
    face = ImageFont.truetype(str(font), 40)
    missing = bytes(face.getmask("\uffff"))
    return all(bytes(face.getmask(letter)) != missing for letter in "ộữẵỷĐƠ")


def read_pages(press: Press, language: str, pages: int, reader: Reader, folder: Path) -> Iterator[ReadLine]:
    """Set and read `pages` pages, or take those already read from `folder`; give their lines.

    As many pages are read side by side as there are cores: the reader is another process.
    """
    folder.mkdir(parents=True, exist_ok=True)

    def read(number: int) -> list[tuple[str, str]]:
        kept = folder / f"{language}-{number:04}.json"
        if not kept.exists():
            image, dpi, lines = set_page(press, random.Random(f"{language} {number}"))
            pairs = _pair_lines(lines, reader(image, dpi, language))
            kept.write_text(json.dumps(pairs, ensure_ascii=False), encoding="utf-8")
        return [(truth, seen) for truth, seen in json.loads(kept.read_text(encoding="utf-8"))]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for pairs in pool.map(read, range(pages)):
            yield from (ReadLine(language, truth, seen) for truth, seen in pairs)


def set_page(press: Press, chance: random.Random) -> tuple[bytes, int, list[str]]:
    """Set one page and wear it down: the picture's bytes, its resolution, its printed lines."""
    dpi = chance.choice((150, 200, 200, 300))
    size = chance.uniform(11.5, 14.5) * dpi / 72
    font = ImageFont.truetype(str(chance.choice(press.fonts)), round(size))
    width = round(_BLOCK_MM / 25.4 * dpi)
    lines = _wrap(press.paragraphs, font, width, chance)
    leading = round(size * chance.uniform(1.25, 1.6))
    image = Image.new("L", (width + dpi, leading * (_LINES + 1) + dpi), 255)
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        pen.text((dpi // 2, dpi // 2 + row * leading), line, font=font, fill=chance.randint(0, 60))
    return _wear(image, dpi, press.wear, chance), dpi, lines


def _wrap(paragraphs: Sequence[str], font: ImageFont.FreeTypeFont, width: int, chance: random.Random) -> list[str]:
    lines: list[str] = []
    while len(lines) < _LINES:
        text = unicodedata.normalize("NFC", chance.choice(paragraphs))[:900]
        words = (text.upper() if chance.random() < _CAPITALS else text).split()
        line = ""
        for word in words:
            longer = f"{line} {word}".strip()
            if line and font.getlength(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines += [line] if line else []
    return lines[:_LINES]


def _wear(image: Image.Image, dpi: int, wear: float, chance: random.Random) -> bytes:
    """Turn a little, blur, add noise, threshold or compress, each by chance and stronger the larger `wear`."""
    image = image.rotate(chance.gauss(0, 0.25), resample=Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(chance.uniform(0, 0.4 + 0.9 * wear) * dpi / 200))
    grain = np.random.default_rng(chance.getrandbits(32))
    noise = grain.normal(0, chance.uniform(0, 8 + 40 * wear), (image.height, image.width))
    image = Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))
    out = io.BytesIO()
    kind = chance.random()
    if kind < 0.25:
        threshold = chance.randint(110, 190)
        image = image.point(lambda level: 255 if level > threshold else 0)
    if kind < 0.6:
        image.save(out, "JPEG", quality=chance.randint(round(70 - 50 * wear), 85), dpi=(dpi, dpi))
    else:
        image.save(out, "PNG", dpi=(dpi, dpi), compress_level=1)
    return out.getvalue()


def _pair_lines(lines: list[str], text: str) -> list[tuple[str, str]]:
    """Pair set lines with read lines in order; a page whose lines were merged or lost gives none."""
    read = [line.strip() for line in unicodedata.normalize("NFC", text).splitlines() if line.strip()]
    return list(zip(lines, read, strict=True)) if len(lines) == len(read) else []
