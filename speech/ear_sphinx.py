"""An ear of pocketsphinx: a language model for free talk, a small net for safety questions.

Pocketsphinx forces whatever it hears onto some words. So every utterance is heard twice: as words,
and as a free run of phones. Words that are much less likely than the phones were not said. To a
safety question the words stand among near words (everything one sound away from "no"), are heard
with two settings that must agree, and the guarded words must be as short as they are.
"""

from __future__ import annotations

import importlib
import math
import random
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from msgspec import Struct

from speech.ear import SAMPLE_RATE, EarUnavailable, Hearing, spoken_part
from speech.ear_grammar import Network, Sentence, network

Phones = tuple[str, ...]

DITHER = 24
"""Size of the noise that is added: perfect silence confuses the recogniser."""

LEAST_LIKENESS = -22.0
"""For free talk: log likelihood a frame, in 1/10,000 nats, of the words against free phones."""

GUARDED_SECONDS = (0.12, 0.75)
"""How long a guarded answer of one syllable may sound."""

_VOWELS = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())


class Answers(Struct, frozen=True):
    """What may be said to a safety question."""

    guarded: tuple[str, ...]
    """Single words that must be beyond doubt."""
    free: tuple[str, ...]
    """All the others."""


class Dictionary:
    """How words sound."""

    def __init__(self, path: str) -> None:
        """Reads a pronouncing dictionary; OSError if there is none."""
        self.sounds: dict[str, list[Phones]] = {}
        for line in Path(path).read_text("utf-8").splitlines():
            written, *phones = line.split()
            self.sounds.setdefault(written.partition("(")[0], []).append(tuple(phones))

    def __contains__(self, word: object) -> bool:
        return word in self.sounds

    def one_each(self, wanted: Callable[[Phones], bool]) -> dict[Phones, str]:
        """A word for each sound that is wanted."""
        found: dict[Phones, str] = {}
        for word, ways in self.sounds.items():
            if wanted(ways[0]):
                found.setdefault(ways[0], word)
        return found

    def lines(self, words: Iterable[str]) -> Iterator[str]:
        """The dictionary of some words, in the format of the whole."""
        for word in words:
            for number, phones in enumerate(self.sounds[word]):
                written = f"{word}({number + 1})" if number else word
                yield f"{written} {' '.join(phones)}"


def is_one_sound_away(one: Phones, other: Phones) -> bool:
    """Whether one sound changed, added or left out makes the one into the other."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == len(longer):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return len(longer) - len(shorter) == 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


class SphinxEar:
    """Hears American English. One utterance at a time; a second one waits for the first."""

    def __init__(self, sentences: Sequence[str], answers: Answers) -> None:
        """Learns the sentences that people may say, which takes some seconds.

        Raises EarUnavailable if there is no recogniser.
        """
        self._sphinx = _load()
        self._lock = Lock()
        self._dictionary = Dictionary(self._sphinx.get_model_path("en-us/cmudict-en-us.dict"))
        self._answers = answers
        self._decoys = frozenset(self._near(answers.guarded))
        small = _answer_network(answers, self._decoys)
        self._phones = self._decoder(
            allphone=self._sphinx.get_model_path("en-us/en-us-phone.lm.bin")
        )
        self._talk = self._talk_decoder(sentences)
        self._question = [self._net_decoder(small, lw=lw) for lw in (6.5, 2.0)]

    def __contains__(self, word: object) -> bool:
        """Whether a word can be heard at all."""
        return word in self._dictionary

    def listen(self, *, to_a_question: bool) -> TalkListening | AnswerListening:
        """Begin to hear an utterance."""
        if to_a_question:
            return AnswerListening(self._lock, self._question, self._phones, self._answers)
        return TalkListening(self._lock, self._talk, self._phones)

    def _decoder(self, **options: Any) -> Any:
        return self._sphinx.Decoder(
            **{"lm": None, "bestpath": False, "loglevel": "FATAL", **options}
        )

    def _net_decoder(self, net: Network, lw: float) -> Any:
        decoder = self._decoder(lw=lw)
        arcs = [(a, b, 1.0, word) if word else (a, b, 1.0) for a, b, word in net.arcs]
        decoder.add_fsg("answers", decoder.create_fsg("answers", net.first, net.last, arcs))
        decoder.activate_search("answers")
        return decoder

    def _talk_decoder(self, sentences: Sequence[str]) -> Any:
        known = [s for s in sentences if all(word in self._dictionary for word in s.split())]
        words = sorted({word for sentence in known for word in sentence.split()})
        text = "\n".join(f"<s> {sentence} </s>" for sentence in known)
        model = importlib.import_module("pocketsphinx.lm").ArpaBoLM(text=text, add_start=False)
        model.compute()
        with tempfile.TemporaryDirectory() as folder:
            arpa, spoken = Path(folder) / "talk.arpa", Path(folder) / "talk.dict"
            model.write_file(str(arpa))
            spoken.write_text("\n".join(self._dictionary.lines(words)) + "\n", "utf-8")
            return self._decoder(lm=str(arpa), dict=str(spoken), fwdflat=False)

    def _near(self, words: Iterable[str]) -> Iterator[str]:
        """Words one sound away from these, one for each sound."""
        targets = [phones for word in words for phones in self._dictionary.sounds[word]]
        near = self._dictionary.one_each(
            lambda phones: any(is_one_sound_away(phones, target) for target in targets)
        )
        return (word for phones, word in near.items() if phones not in targets)


def _answer_network(answers: Answers, decoys: Iterable[str]) -> Network:
    sentences: list[Sentence] = [tuple(text.split()) for text in (*answers.guarded, *answers.free)]
    return network([*sentences, *((word,) for word in decoys)])


class TalkListening:
    """Free talk: heard while it is being said."""

    def __init__(self, lock: Lock, talk: Any, phones: Any) -> None:
        self._lock, self._talk, self._phones = lock, talk, phones
        self._noise = random.Random(1)
        self._frames = 0
        lock.acquire()
        self._state = talk.get_cmn(False)
        for decoder in (talk, phones):
            decoder.start_utt()

    def feed(self, samples: Sequence[int]) -> None:
        """More sound."""
        self._frames += len(samples) * 100 // SAMPLE_RATE
        sound = _dithered(samples, self._noise).tobytes()
        for decoder in (self._talk, self._phones):
            decoder.process_raw(sound)

    def finish(self) -> Hearing:
        """The words; clear if they are about as likely as any run of phones."""
        try:
            for decoder in (self._talk, self._phones):
                decoder.end_utt()
            words, likeness = _words(self._talk), _score(self._talk) - _score(self._phones)
            is_clear = bool(words) and likeness / max(self._frames, 1) > LEAST_LIKENESS
            if not is_clear:
                self._talk.set_cmn(self._state)
        finally:
            self._lock.release()
        return Hearing(words, is_clear)


class AnswerListening:
    """An answer to a safety question: heard when it is whole, with two settings."""

    def __init__(
        self, lock: Lock, decoders: Sequence[Any], phones: Any, answers: Answers
    ) -> None:
        self._lock, self._decoders, self._phones, self._answers = lock, decoders, phones, answers
        self._sound = array("h")

    def feed(self, samples: Sequence[int]) -> None:
        """More sound."""
        self._sound.extend(samples)

    def finish(self) -> Hearing:
        """The words; clear if both settings agree, and guarded words are beyond doubt."""
        if not self._sound:
            return Hearing("", is_clear=False)
        with self._lock:
            heard = [
                _whole(decoder, _dithered(self._sound, random.Random(seed)))
                for seed, decoder in enumerate(self._decoders)
            ]
            words = heard[0]
            if not words or any(other != words for other in heard):
                return Hearing(words, is_clear=False)
            if words in self._answers.guarded:
                return Hearing(words, is_clear=self._is_beyond_doubt())
            return Hearing(words, is_clear=words in self._answers.free)

    def _is_beyond_doubt(self) -> bool:
        shortest, longest = GUARDED_SECONDS
        return shortest <= spoken_part(self._sound) <= longest


def _whole(decoder: Any, sound: array[int]) -> str:
    decoder.start_utt()
    decoder.process_raw(sound.tobytes(), full_utt=True)
    decoder.end_utt()
    return _words(decoder)


def _words(decoder: Any) -> str:
    found = decoder.hyp()
    return str(found.hypstr) if found is not None else ""


def _score(decoder: Any) -> float:
    """Log likelihood in 1/10,000 nats; minus infinity where nothing was found."""
    found = decoder.hyp()
    if found is None or found.best_score <= 0:
        return -math.inf
    return 10_000 * math.log(found.best_score)


def _dithered(samples: Sequence[int], noise: random.Random) -> array[int]:
    # One draw serves four samples: it need not be good noise, only not silence.
    grains = [noise.randrange(-DITHER, DITHER + 1) for _ in range(997)]
    return array(
        "h",
        (
            max(-32768, min(32767, sample + grains[at % 997]))
            for at, sample in enumerate(samples)
        ),
    )


def _load() -> Any:
    try:
        return importlib.import_module("pocketsphinx")
    except ImportError as reason:
        raise EarUnavailable(
            f"no recogniser ({reason}); the package pocketsphinx carries it"
        ) from reason
