"""The door to spaCy: a blank Vietnamese pipeline with a tokenizer made for official text.

spaCy's own Vietnamese tokenizer asks for pyvi and changes with it; ours needs nothing. It parts at white space,
splits punctuation off, and keeps document numbers ("69/KH-UBND"), dates ("22/3/2024"), amounts and abbreviations
("TM.", "V/v") whole. It changes no character: the Doc's text is the text it was given.
"""

import re

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

TOKEN = re.compile(
    r"""
      [ \t]+ | \n+ | \s                                       # white space beyond one blank stays a token
    | https?://\S+ | (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+  # web and e-mail addresses; leader dots begin none
    | \d+(?:[./-]\d+)*[A-Za-zĐđ]?(?:[/-][\w&.]*\w)+          # 69/KH-UBND, 12a/2024/QĐ-UBND, 22/3/2024
    | \d+(?:[.,:]\d+)*%?                                     # 1.250.000 · 3,5% · 16:30
    | (?:TM|KT|TL|TUQ|Q|TP|TX|TT|ThS|TS|BS|PGS|GS)\.         # abbreviations that own their full stop
    | [Vv]\s?/\s?[Vv]                                        # V/v
    | [^\W\d_]+(?:[&'’-][^\W_]+)*\d* | \w+                   # words, KH&ĐT, SNNPTNT-NTM
    | \./\.                                                  # the end of a dispatch
    | .
    """,
    re.VERBOSE,
)


class DispatchTokenizer:
    """Cut official text into tokens without changing a character.

    >>> nlp = blank_vietnamese()
    >>> [token.text for token in nlp("Kế hoạch số 69/KH-UBND, ngày 22/3/2024./.")]
    ['Kế', 'hoạch', 'số', '69/KH-UBND', ',', 'ngày', '22/3/2024', './.']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Give the Doc of a text."""
        words: list[str] = []
        spaces: list[bool] = []
        for match in TOKEN.finditer(text):
            token = match.group()
            if words and not spaces[-1] and token.startswith(" ") and not words[-1].isspace():
                spaces[-1] = True
                token = token[1:]
            if token:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: object) -> bytes:
        """Give nothing to store: the rules are in the code."""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> "DispatchTokenizer":
        """Take nothing from storage."""
        return self

    def to_disk(self, *_: object, **__: object) -> None:
        """Store nothing: the rules are in the code."""

    def from_disk(self, *_: object, **__: object) -> "DispatchTokenizer":
        """Take nothing from storage."""
        return self


def blank_vietnamese() -> Language:
    """Give an empty Vietnamese pipeline with our tokenizer, whether pyvi is installed or not."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.tokenizer = DispatchTokenizer(nlp.vocab)
    nlp.max_length = 10_000_000
    return nlp
