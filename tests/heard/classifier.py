"""A plain text classifier in place of Amazon's recogniser, which learns from samples as well.

It sees what the shipped model gives Alexa: the samples, with values in their slots, and the words
that Alexa's built-in intents know by themselves. It has no notion of what is none of its business.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline, make_union  # type: ignore[import-untyped]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

import interaction_models
from interaction_models.model import SLOT
from skill.speaker.nlu.lexicon import Lexicon, sentences

FILLINGS = 4
"""How often a sample with slots is shown, each time with other values."""
AMAZONS = {
    "AMAZON.NUMBER": ("three", "five", "ten", "twenty"),
    "AMAZON.DURATION": ("five minutes", "ten minutes", "half an hour", "two minutes"),
    "AMAZON.TIME": ("eight", "seven in the morning", "half past six", "six p m"),
}


def examples(locale: str) -> Iterator[tuple[str, str]]:
    """Yield every text that Alexa learns from, with its intent."""
    model = interaction_models.load(locale)
    values: dict[str, Sequence[str]] = {
        kind.name: [text for value in kind.values for text in value.words] for kind in model.types
    }
    values |= AMAZONS
    turn = count()
    for intent, sample in model.samples():
        choices = {name: values[kind] for name, kind in intent.slot_types.items()}
        for _ in range(FILLINGS if SLOT.search(sample) else 1):
            yield _filled(sample, choices, turn), intent.name
    for name, templates in Lexicon.for_language(locale[:2]).data["intents"].items():
        yield from ((text, name) for template in templates for text in sentences(template))


def _filled(sample: str, choices: Mapping[str, Sequence[str]], turn: Iterator[int]) -> str:
    # A stride that shares no factor with their number goes through all of them.
    return SLOT.sub(
        lambda slot: choices[slot[1]][next(turn) * 7919 % len(choices[slot[1]])], sample
    )


def classified(texts: Iterable[str], locale: str = "en-US") -> list[str]:
    """Return the intent of each text, as learnt from the samples alone."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+")
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    pipeline = make_pipeline(
        make_union(words, letters), LinearSVC(class_weight="balanced", C=0.5, random_state=0)
    )
    seen, intents = zip(*examples(locale), strict=True)
    pipeline.fit(seen, intents)
    return list(map(str, pipeline.predict(list(texts))))
