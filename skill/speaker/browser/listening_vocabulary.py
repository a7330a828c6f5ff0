"""Listening vocabulary: what speech to text listens for, from the shipped interaction model."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.resources import files
from itertools import chain, cycle

import msgspec

import interaction_models
from interaction_models.model import SLOT, LanguageModel
from skill.speaker.nlu.lexicon import Lexicon, sentences
from skill.speaker.nlu.recognizer import FALLBACK, IntentRecognizer
from skill.speaker.nlu.slot_values import number_words
from speech.stt.pocketsphinx.decoder import Dictionary
from speech.stt.pocketsphinx.language_model import FreeSpeechPhrases
from speech.stt.pocketsphinx.word_network import Sentence
from speech.stt.pocketsphinx.yes_no import YesNoVocabulary
from speech.wording import Wording

PAGE = "page"
"""The group of what the page proposes to say."""

FILLINGS = 8
"""Times that a sample with a slot is counted, each time with other values."""

MOST_NAMES = 5
"""Names of each value of a slot that are listened for, the first ones of the model; the later ones
are what other recognisers have mistaken them for."""

MOST_NUMBER = 30
"""The largest number of rounds, and of minutes, that is listened for."""

EVENNESS = 0.2
"""How far intents count alike, however many samples they have; 1 is quite alike."""

PRESSING = frozenset(
    {
        "ReportPainIntent",
        "ReportEmergencyIntent",
        "AMAZON.StopIntent",
        "AMAZON.PauseIntent",
        "AMAZON.HelpIntent",
        "AMAZON.NextIntent",
        "AMAZON.RepeatIntent",
    }
)
"""Intents that people need in the middle of a movement: their short samples must not be missed."""

SHORT_TIMES = {1: 30.0, 2: 10.0, 3: 4.0}
"""How much more often those samples are counted, by their words: short ones are what people say."""

MOST_COMMANDS = 25
"""Samples of each pressing intent that are held against short sounds, the first ones."""

CORE_TIMES = 300.0
"""How often, together, the words are counted that Alexa itself knows for an intent, short ones."""

PROPOSED_TIMES = 30.0
"""How much more often what the page itself proposes is counted."""


def talk(locale: str, known: Dictionary) -> FreeSpeechPhrases:
    """Phrases that may be said at any time, in words whose sound is known.

    Raises:
        LookupError: there is no model of the locale.
    """
    groups, slots = sayings(locale, known)
    core = _core(Lexicon.for_language(locale.partition("-")[0]), known)
    fill = {kind: cycle(values) for kind, values in slots.items()}
    counted: dict[Sentence, float] = defaultdict(float)
    pressing: set[Sentence] = set()
    for intent, said in groups.items():
        for sentence in said:
            times = PROPOSED_TIMES if intent == PAGE else len(said) ** -EVENNESS
            if intent in PRESSING and len(sentence) in SHORT_TIMES:
                pressing.add(sentence)
                times *= SHORT_TIMES[len(sentence)]
                times += core.get((intent, sentence), 0.0)
            fillings = FILLINGS if _slotted(sentence) else 1
            for _ in range(fillings):
                counted[_filled(sentence, fill)] += times / fillings
    meaning = partial(_meaning, IntentRecognizer.for_locale(locale))
    return FreeSpeechPhrases(counted, frozenset(pressing), _commands(groups, core), meaning)


def _meaning(recognizer: IntentRecognizer, words: str) -> str:
    intent = recognizer.recognize(words).intent
    return "" if intent == FALLBACK else intent


def _commands(
    groups: Mapping[str, list[Sentence]], core: Mapping[tuple[str, Sentence], float]
) -> tuple[Sentence, ...]:
    """The first short samples of pressing intents, and what else is short."""
    short = {
        intent: [said for said in groups[intent] if len(said) in SHORT_TIMES and not _slotted(said)]
        for intent in PRESSING & groups.keys()
    }
    first = [said for intent in sorted(short) for said in short[intent][:MOST_COMMANDS]]
    proposed = [said for said in groups[PAGE] if not _slotted(said)]
    return tuple(dict.fromkeys([*(said for _, said in core), *first, *proposed]))


def _slotted(said: Sentence) -> bool:
    return any(word.startswith("{") for word in said)


def sayings(
    locale: str, known: Dictionary
) -> tuple[dict[str, list[Sentence]], dict[str, list[Sentence]]]:
    """Sentences of each intent, and what may stand in their slots."""
    language = locale.partition("-")[0]
    model = interaction_models.load(locale)
    words = Lexicon.for_language(language)
    slots = {kind: _known(texts, known) for kind, texts in _slots(model, words, language)}
    groups = {name: _known(texts, known) for name, texts in _samples(model, words)}
    groups[PAGE] = _known(_hints(Wording.for_language(language), words), known)
    return groups, slots


def _filled(sentence: Sentence, fill: Mapping[str, Iterator[Sentence]]) -> Sentence:
    parts = (next(fill[word[1:-1]]) if word.startswith("{") else (word,) for word in sentence)
    return tuple(chain.from_iterable(parts))


def answers(locale: str) -> YesNoVocabulary:
    """Yes-and-no vocabulary: what may be said to a safety question.

    Raises:
        LookupError: it is not known for the language of this locale.
    """
    if locale.partition("-")[0] != "en":
        raise LookupError(f"no answers to safety questions are known for locale {locale!r}")
    data = tomllib.loads(
        files("skill.speaker.browser").joinpath("yes_no_answers.toml").read_text("utf-8")
    )
    return msgspec.convert(data, YesNoVocabulary)


def _samples(model: LanguageModel, words: Lexicon) -> Iterator[tuple[str, list[str]]]:
    name = model.invocation_name
    yield "launch", [f"{verb} {name}" for verb in words.data["invocation"]["launch"]]
    for intent in model.intents:
        shipped = [_lower(intent.typed(sample)) for sample in intent.samples]
        built_in = words.data["intents"].get(intent.name, ())
        more = [text for template in built_in for text in sentences(template)]
        yield intent.name, [*shipped, *more]


def _core(words: Lexicon, known: Dictionary) -> dict[tuple[str, Sentence], float]:
    """How often more the shortest words of Alexa's own intents are counted."""
    times: dict[tuple[str, Sentence], float] = {}
    for intent, templates in words.data["intents"].items():
        texts = [text for template in templates for text in sentences(template)]
        short = [said for said in _known(texts, known) if len(said) <= 2]
        times |= {(intent, said): CORE_TIMES / len(short) for said in short}
    return times


def _lower(sample: str) -> str:
    """The sample in lower case, its slots as they are."""
    parts = [part if SLOT.fullmatch(part) else part.lower() for part in sample.split()]
    return " ".join(parts)


def _hints(wording: Wording, words: Lexicon) -> Iterator[str]:
    """What the page proposes to say."""
    for key in wording.keys:
        if key.startswith("page-say-"):
            for text in wording(key).split("|"):
                yield text.strip().lower().rstrip("?.!")
                yield words.plain(text)


def _known(texts: Iterator[str] | list[str], known: Dictionary) -> list[Sentence]:
    split = dict.fromkeys(tuple(text.split()) for text in texts)
    return [
        sentence
        for sentence in split
        if sentence and all(word.startswith("{") or word in known for word in sentence)
    ]


def _slots(
    model: LanguageModel, words: Lexicon, language: str
) -> Iterator[tuple[str, Iterator[str] | list[str]]]:
    for kind in model.types:
        names = (text for value in kind.values for text in value.words[:MOST_NAMES])
        yield kind.name, [name.lower() for name in names]
    numbers = [number_words(number, language)[-1] for number in range(1, MOST_NUMBER + 1)]
    yield "AMAZON.NUMBER", numbers
    yield "AMAZON.DURATION", _durations(words, numbers)
    yield "AMAZON.TIME", _times(words, numbers[:12])


def _durations(words: Lexicon, numbers: list[str]) -> Iterator[str]:
    for row in words.data["durations"]:
        for template in sentences(row["says"]):
            if "{n}" not in template:
                yield template
            elif row["value"] == "PT{n}M":
                yield from (template.replace("{n}", number) for number in numbers)


def _times(words: Lexicon, hours: list[str]) -> Iterator[str]:
    times = words.data["times"]
    halves = [half for text in times["half_of_day"].values() for half in sentences(text)]
    for template in times["part_of_day"].values():
        yield from sentences(template)
    for hour in hours:
        for clock in (hour, f"{hour} o'clock", f"{hour} thirty", f"half past {hour}"):
            yield clock
            yield from (f"{clock} {half}" for half in halves)
