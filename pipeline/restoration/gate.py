"""Do no harm: how a text is explained, and how sure the decoder must be before a word is changed.

The better a page was read, the stronger the belief that a syllable which exists was printed as it was read.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from pipeline.restoration import misread, stripped
from pipeline.restoration.lattice import Choice, Source
from pipeline.restoration.regimes import Regime
from pipeline.restoration.rewriting import Edit
from pipeline.restoration.slots import Noise
from pipeline.vietnam.syllables import TextQuality, same_but_tone_placement

# Share of words that are no syllables on the pages the Vietnamese channel was learned from.
_USUAL_ERRORS = 0.03
_MOST_BELIEF = 4.0


@dataclass(frozen=True)
class Treatment:
    """What is done to a text: the signs that may be letters, the options of a word, and the least sure change."""

    noise: Noise
    source: Source
    least: float
    rule: str
    names: bool = False
    """Place names are spelt as the gazetteer has them."""

    def decide(self, choice: Choice) -> Edit | None:
        """Give the edit a choice asks for, or none when the word stays as it was read.

        Tone placement is no reason for a change, and case only inside a word ("vỀ").
        """
        slot, option, probability = choice
        if probability < self.least or _reads_alike(slot.text, option.text):
            return None
        return Edit(slot.start, slot.end, option.text, self.rule, probability)


@lru_cache(maxsize=50_000)
def _reads_alike(read: str, written: str) -> bool:
    if read == written:
        return True
    usual = read.islower() or read.istitle() or read.isupper()
    return same_but_tone_placement(read.lower(), written.lower()) if usual else same_but_tone_placement(read, written)


def treatment(regime: Regime, quality: TextQuality) -> Treatment | None:
    """Choose the treatment of a text; none for one that is right."""
    match regime:
        case Regime.STRIPPED:
            # Some mark must be chosen; leaving a word bare is a choice too, and mostly the wrong one.
            return Treatment(Noise.NONE, stripped.options, 0.0, "marks restored", names=True)
        case Regime.GARBLED:
            return Treatment(Noise.QUOTES, misread.source("latin"), 0.0, "misread word")
        case Regime.MISREAD:
            errors = 1 - quality.valid
            belief = min(max(math.log(_USUAL_ERRORS / (errors + 0.001)), 0.0), _MOST_BELIEF)
            # In halves, so that what was found for a word serves the next page too.
            belief = round(2 * belief) / 2
            # In text that is nearly right a change must be as good as certain.
            return Treatment(Noise.SIGNS, misread.source("vietnamese", belief), 0.9, "misread word")
        case Regime.RIGHT:
            return None
