"""Laws, codes and ordinances cited by name: "Luật Đất đai năm 2024", "Luật Dược số 105/2016/QH13".

First step of finding references. A known name bounds the title; an unknown one is read up to the next stop. Laws
named within the title of a law that amends them are part of that title.
"""

import re

from pipeline.extraction.references.citation import Head
from pipeline.extraction.references.flat import Phrase, starting_at
from pipeline.extraction.references.wording import law_names
from pipeline.vietnam.kinds import kind_of_name
from pipeline.vietnam.syllables import is_syllable

_FORM = re.compile(r"(?<![a-z])(?P<form>bo luat|luat|phap lenh|hien phap)(?=\s)")
# "pháp luật", "kỷ luật", "quy luật", "dự thảo Luật": no law is cited.
_NOT_BEFORE = re.compile(
    r"(?:phap|ky|quy|bo|du thao|du an|trat|hoc|nganh|cu nhan|dieu|van phong|cong ty|truong|khoa|vien|tap chi)\s+$"
)
_AMENDS = re.compile(r"\s+(?:ve\s+)?(?:viec\s+)?(?:sua\s+doi|bo\s+sung)\b[\s\S]{0,60}?\b(?:cua|trong|dieu)\s+")
_STOP = re.compile(
    r"""
      [;:.()"“”\[\]\n]?\s*$ | [;:()“”"\[\]] | \.(?=\s|$) | \n\s*\n | \n\s*[-+]
    | \s+(?:so\s*:?\s*\d|ngay\s*\d|nam\s*\d|\d)
    | \s+(?P<word>duoc|co\s+hieu|quy\s+dinh|ve\s+viec|thi\b|da\b|tai\b|do\b|gom\b|nay\b
        |va\s+(?:cac|nghi|quyet|thong|quy|dieu|phap|van|huong|chi|cong|ke)\b|hien\s+hanh)
    | ,\s*(?:so\b|ngay\b|nam\b|cac\b|nghi\s+dinh|thong\s+tu|quyet\s+dinh|luat\b|bo\s+luat|phap\s+lenh|ubnd
        |uy\s+ban|de\s+nghi|yeu\s+cau|duoc)
    """,
    re.VERBOSE,
)
_STOP_NAME = re.compile(rf"{_STOP.pattern} | , | \s+va\s+(?:luat|bo\s+luat)\b", re.VERBOSE)
_YEAR = re.compile(r"\s*,?\s*(?:\(\s*)?(?:nam\s+)?(?P<year>(?:19[4-9]|20[0-4])\d)(?![\d/.-])(?:\s*\))?")
# Signs that no title holds.
_SPECKS = re.compile(r'\s?[:;.!?|‹›_^ˆ*•~\'"]+(?=\s|$)')
_LONGEST = 260
_LONGEST_NAME = 90


def find_laws(text: str, flat: str, known: list[Phrase]) -> list[Head]:
    """Find every law, code or ordinance cited by its name."""
    heads: list[Head] = []
    for match in _FORM.finditer(flat):
        if heads and match.start() < heads[-1].end:
            continue
        if _NOT_BEFORE.search(flat, max(0, match.start() - 12), match.start()):
            continue
        end = _title_end(text, flat, match, known)
        if end is None:
            continue
        year = _YEAR.match(flat, end)
        end = year.end("year") if year else end
        title = _SPECKS.sub("", " ".join(text[match.start() : end].split()))
        kind = kind_of_name(match["form"])
        heads.append(Head(match.start(), end, kind, title=title[0].upper() + title[1:], named=True))
    return heads


def _title_end(text: str, flat: str, form: re.Match[str], known: list[Phrase]) -> int | None:
    capital = text[form.start()].isupper()
    if form["form"] == "hien phap":
        return _constitution(flat, form.end())
    amends = _AMENDS.match(flat, form.end(), form.end() + 120)
    if amends and capital:
        return _stop(_STOP, text, flat, amends.end(), _LONGEST)
    phrase = starting_at(known, flat, form.start())
    if phrase and _is_named(text[form.end() : phrase.end].strip(), phrase, capital=capital):
        return phrase.end
    name = form.end() + 1
    if capital and name < len(text) and text[name].isupper():
        return _unknown(text, flat, name)
    return None


def _is_named(printed: str, phrase: Phrase, *, capital: bool) -> bool:
    """Tell a law's name from words that only fold to it: "Luật Giá", not "Luật gia"."""
    if printed[0].isupper() or " " in printed:
        return capital or printed[0].isupper()
    return capital and printed.lower() == law_names()[phrase.key].lower()


def _constitution(flat: str, place: int) -> int | None:
    nation = re.compile(r"\s+nuoc cong hoa xa hoi chu nghia viet nam").match(flat, place)
    if nation:
        return nation.end()
    return place if _YEAR.match(flat, place) else None


def _unknown(text: str, flat: str, name: int) -> int | None:
    """Read a name that is in no list up to the next stop.

    A known name cut short, misread words, capitals and names of persons or places ("Luật Hà Nội") are none.
    """
    end = _stop(_STOP_NAME, text, flat, name, _LONGEST_NAME)
    words = text[name:end].split()
    clean = all(is_syllable(word.strip(",-").lower()) and not word.isupper() for word in words)
    person = all(word[0].isupper() for word in words)
    cut = any(known.startswith(f"luat {flat[name:end]}") for known in law_names())
    return end if 2 <= len(words) <= 14 and clean and not cut and not person else None


def _stop(stop: re.Pattern[str], text: str, flat: str, place: int, longest: int) -> int:
    end = limit = min(len(flat), place + longest)
    for found in stop.finditer(flat, place, limit):
        # "Tài nguyên nước", "Thi hành án dân sự": words of a name, told from "tại", "thì" by their capital.
        if found["word"] is None or text[found.start("word")].islower():
            end = found.start()
            break
    return place + len(flat[place:end].rstrip(" \n,"))
