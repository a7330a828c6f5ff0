"""How far the estimate of spoken length is from real speech, over every sentence of the coach.

python -m tests.bench.spoken_length          prints the error at each rate
python -m tests.bench.spoken_length --fit    prints freshly fitted coefficients as well
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import numpy as np
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor
from numpy.typing import NDArray

from skill.exercises import load_facts
from skill.exercises.message_keys import name_key
from skill.lint.messages import SEEDS
from speech.duration import COEFFICIENTS, estimate_duration, features
from speech.tts.base import TextToSpeech, seconds
from speech.tts.espeak import EspeakTextToSpeech
from speech.wording import Wording
from speech.wording.catalog import Argument, shipped_texts

Seconds = NDArray[np.float64]

RATES = (0.85, 1.0, 1.12)
COEFFICIENT_NAMES = (
    "TEXT",
    "WORD",
    "SYLLABLE",
    "LETTER",
    "COMMA",
    "COLON",
    "SENTENCE_END",
    "QUOTE",
)
WORST = 12
FOLDS = 5

EXERCISES = [Wording.for_language("en")(name_key(key)) for key in load_facts()[0].ids]
NUMBERS = (2, 5, 10)
WORDS: dict[str, Sequence[Argument]] = {
    "side": ("left", "right"),
    "other": ("right", "left"),
    "posture": ("on your back", "on hands and knees", "on a chair"),
    "exercises": (EXERCISES[:2], EXERCISES, EXERCISES[-1:]),
    "postures": (["on your back", "on hands and knees", "on a chair"],),
}
"""What a variable may stand for, by its name; a number if it selects or is said as one;
otherwise an exercise."""


def sentences(language: str) -> list[str]:
    """All that the coach says in a language: each message whole, and each of its sentences."""
    texts = shipped_texts(language)
    wording = Wording(texts, language)
    said: dict[str, None] = {}
    for key, pattern in _patterns(texts.values()):
        for arguments in _Blanks(pattern).fillings():
            for seed in SEEDS:
                said.setdefault(wording(key, seed, **arguments))
    whole = list(said)
    return list(dict.fromkeys([*whole, *(part for text in whole for part in _split(text))]))


def _patterns(texts: Iterable[str]) -> Iterator[tuple[str, ast.Pattern]]:
    for entry in (entry for text in texts for entry in FluentParser().parse(text).body):
        # Names are only said within other messages.
        if not isinstance(entry, ast.Message) or entry.id.name.endswith("-name"):
            continue
        if entry.value:
            yield entry.id.name, entry.value
        for attribute in entry.attributes:
            yield f"{entry.id.name}.{attribute.id.name}", attribute.value


def _split(text: str) -> list[str]:
    words = text.split()
    ends = [i for i, word in enumerate(words, 1) if word.rstrip('”")')[-1] in ".!?"]
    starts = [0, *ends]
    return [" ".join(words[a:b]) for a, b in zip(starts, [*ends, len(words)], strict=True) if a < b]


class _Blanks(Visitor):
    """The variables of a pattern and what they may stand for."""

    def __init__(self, pattern: ast.Pattern) -> None:
        self._free: dict[str, Sequence[Argument]] = {}
        self._choosing: dict[str, Sequence[Argument]] = {}
        self.visit(pattern)

    def fillings(self) -> Iterator[dict[str, Argument]]:
        """Every branch of the selectors, with the other variables changing along."""
        free = {k: v for k, v in self._free.items() if k not in self._choosing}
        branches = list(product(*self._choosing.values()))
        for i in range(max(len(branches), *map(len, free.values()), 1)):
            chosen = zip(self._choosing, branches[i % len(branches)], strict=True)
            yield {**{k: v[i % len(v)] for k, v in free.items()}, **dict(chosen)}

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self._free.setdefault(node.id.name, WORDS.get(node.id.name, EXERCISES))

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802
        for argument in node.arguments.positional:
            if isinstance(argument, ast.VariableReference):
                self._free[argument.id.name] = NUMBERS

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802
        if isinstance(node.selector, ast.VariableReference):
            name = node.selector.id.name
            self._choosing[name] = _choices(name, [variant.key for variant in node.variants])
        self.generic_visit(node)


def _choices(name: str, keys: Sequence[ast.Identifier | ast.NumberLiteral]) -> list[Argument]:
    numbers: list[Argument] = [int(k.value) for k in keys if isinstance(k, ast.NumberLiteral)]
    if numbers:
        return [*numbers, max(NUMBERS)]
    names = [k.name for k in keys if isinstance(k, ast.Identifier) and k.name != "other"]
    return [*names, *WORDS.get(name, ())]


def spoken(voice: TextToSpeech, texts: Sequence[str], rate: float) -> Seconds:
    """The length of each text in real speech, in seconds."""
    return np.array([seconds(voice.synthesize(text, rate), voice.sample_rate) for text in texts])


def fit(counts: Seconds, real: Seconds) -> Seconds:
    """Least squares, each text weighed by the inverse of its length: errors add up at random."""
    weight = 1 / np.sqrt(real)
    solution = np.linalg.lstsq(counts * weight[:, None], real * weight, rcond=None)[0]
    return np.asarray(solution, dtype=np.float64)


def cross_validated(counts: Seconds, real: Seconds) -> Seconds:
    """What each text is estimated at by a fit that has not seen it."""
    fold = np.random.default_rng(1).integers(FOLDS, size=len(real))
    estimate = np.empty_like(real)
    for i in range(FOLDS):
        estimate[fold == i] = counts[fold == i] @ fit(counts[fold != i], real[fold != i])
    return estimate


def report(title: str, estimate: Seconds, real: Seconds) -> None:
    """Print the errors of an estimate."""
    error = estimate - real
    size = np.abs(error)
    share = size / real
    p90, p95 = np.percentile(size, [90, 95])
    print(
        f"{title:14} mean {error.mean():+.3f} s   absolute: mean {size.mean():.3f} s "
        f"({share.mean():.1%}), 90% {p90:.3f} s, 95% {p95:.3f} s, worst {size.max():.3f} s   "
        f"within 25% or 0.35 s: {np.mean((share <= 0.25) | (size <= 0.35)):.1%}   "
        f"total {error.sum() / real.sum():+.2%}"
    )


def main() -> None:
    """Measure, and fit if asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fit", action="store_true", help="print fresh coefficients")
    options.add_argument("--language", default="en")
    given = options.parse_args()
    texts = sentences(given.language)
    counts = np.array([features(text) for text in texts], dtype=np.float64)
    with EspeakTextToSpeech() as voice:
        real = {rate: spoken(voice, texts, rate) for rate in RATES}
    normal = real[1.0]
    pace = 60 * counts[:, COEFFICIENT_NAMES.index("WORD")].sum() / normal.sum()
    print(f"{len(texts)} texts, {normal.sum():.0f} s, {pace:.1f} words a minute at rate 1.0")
    for rate in RATES:
        estimate = np.array([estimate_duration(text, rate) for text in texts])
        report(f"rate {rate}", estimate, real[rate])
    _print_worst(texts, normal)
    if given.fit:
        print("\nfitted:")
        for name, old, new in zip(
            COEFFICIENT_NAMES, COEFFICIENTS, fit(counts, normal), strict=True
        ):
            print(f"SECONDS_PER_{name} = {new:.4f}  # now {old:.4f}")
        report("fitted", counts @ fit(counts, normal), normal)
        report("unseen", cross_validated(counts, normal), normal)


def _print_worst(texts: Sequence[str], real: Seconds) -> None:
    estimate = np.array([estimate_duration(text) for text in texts])
    print(f"\nworst of rate 1.0, as a share of at least a second:\n{'real':>6} {'estimate':>8}")
    for i in np.argsort(-np.abs(estimate - real) / np.maximum(real, 1))[:WORST]:
        print(f"{real[i]:6.2f} {estimate[i]:8.2f}  {texts[i]}")


if __name__ == "__main__":
    main()
