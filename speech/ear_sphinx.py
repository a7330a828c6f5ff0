"""An ear of pocketsphinx: a language model for free talk, a small net for safety questions.

Pocketsphinx forces whatever it hears onto some words. So every utterance is heard as a free run of
phones too, and words that are much less likely than the phones were not said. To a safety question
the guarded words must be beyond doubt: two settings agree, the room is quiet, the sound is as short
as the word, the phones end as the word ends, and no other word comes near.
"""

from __future__ import annotations

import importlib
import math
import random
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from msgspec import Struct

from speech.ear import SAMPLE_RATE, EarUnavailable, Hearing, loudness
from speech.ear_grammar import network

Phones = tuple[str, ...]

DITHER = 24
"""Size of the noise that is added: perfect silence confuses the recogniser."""

LEAST_LIKENESS = -22.0
"""For free talk: log likelihood a frame, in 1/10,000 nats, of the words against free phones."""

GUARDED_SECONDS = (0.12, 0.75)
"""How long a guarded answer, a word of one syllable, may sound."""

GUARDED_LOUDNESS = 21.0
"""Decibels by which it must stand out of the room: below, the end of a word is lost."""

GUARDED_LEAD = 40.0
"""How much likelier than any other word it must be, in 1/10,000 nats."""

MOST_PHONES = 3
"""How many phones it may sound like, one more than the longest guarded word has."""


class Answers(Struct, frozen=True):
    """What may be said to a safety question."""

    guarded: tuple[str, ...]
    """Single words that must be beyond doubt."""
    free: tuple[str, ...]
    """The other answers."""
    near: tuple[str, ...]
    """What is no answer: other words, the more of them the better that sound like guarded ones."""


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

    def lines(self, words: Iterable[str]) -> Iterator[str]:
        """The dictionary of some words, in the format of the whole."""
        for word in words:
            for number, phones in enumerate(self.sounds[word]):
                written = f"{word}({number + 1})" if number else word
                yield f"{written} {' '.join(phones)}"


class SphinxEar:
    """Hears American English. One utterance at a time: a new one ends the one before."""

    def __init__(self, sentences: Sequence[str], answers: Answers) -> None:
        """Learns the sentences that people may say, which takes some seconds.

        Raises EarUnavailable if there is no recogniser.
        """
        self._sphinx = _load()
        self._turn = Turn()
        self._dictionary = Dictionary(self._sphinx.get_model_path("en-us/cmudict-en-us.dict"))
        self._phones = self._decoder(
            allphone=self._sphinx.get_model_path("en-us/en-us-phone.lm.bin")
        )
        self._talk = self._talk_decoder(sentences)
        texts = (*answers.free, *answers.near)
        self._judge = AnswerJudge(
            answers=answers,
            decoders=[self._net(lw, (*answers.guarded, *texts)) for lw in (6.5, 2.0)],
            others=self._net(6.5, texts),
            phones=self._phones,
            endings=frozenset(
                way[-1] for word in answers.guarded for way in self._dictionary.sounds[word]
            ),
        )

    def __contains__(self, word: object) -> bool:
        """Whether a word can be heard at all."""
        return word in self._dictionary

    def listen(self, *, to_a_question: bool) -> TalkListening | AnswerListening:
        """Begin to hear an utterance."""
        if to_a_question:
            return AnswerListening(self._turn, self._judge)
        return TalkListening(self._turn, self._talk, self._phones)

    def _decoder(self, **options: Any) -> Any:
        return self._sphinx.Decoder(
            **{"lm": None, "bestpath": False, "loglevel": "FATAL", **options}
        )

    def _net(self, lw: float, texts: Iterable[str]) -> Any:
        decoder = self._decoder(lw=lw)
        net = network(tuple(text.split()) for text in texts)
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


class Turn:
    """Whose utterance the decoders are hearing."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.of: TalkListening | None = None


class TalkListening:
    """Free talk: heard while it is being said."""

    def __init__(self, turn: Turn, talk: Any, phones: Any) -> None:
        self._turn, self._talk, self._phones = turn, talk, phones
        self._noise = random.Random(1)
        self._samples = 0
        with turn.lock:
            if turn.of is not None:
                turn.of.end()
            turn.of = self
            self._levels = talk.get_cmn(False)
            for decoder in (talk, phones):
                decoder.start_utt()

    def feed(self, samples: Sequence[int]) -> None:
        """More sound; nothing is heard any more once another utterance has begun."""
        sound = _dithered(samples, self._noise).tobytes()
        with self._turn.lock:
            if self._turn.of is self and sound:
                self._samples += len(samples)
                for decoder in (self._talk, self._phones):
                    decoder.process_raw(sound)

    def finish(self) -> Hearing:
        """The words; clear if they are about as likely as any run of phones."""
        with self._turn.lock:
            if self._turn.of is not self:
                return Hearing("", is_clear=False)
            self._turn.of = None
            self.end()
            frames = max(1, self._samples * 100 // SAMPLE_RATE)
            likeness = (_score(self._talk) - _score(self._phones)) / frames
            words = _words(self._talk)
            is_clear = bool(words) and likeness > LEAST_LIKENESS
            if not is_clear:
                # What was not speech must not change how loud speech is thought to be.
                self._talk.set_cmn(self._levels)
            return Hearing(words, is_clear)

    def end(self) -> None:
        """Let the decoders go."""
        for decoder in (self._talk, self._phones):
            decoder.end_utt()


class AnswerJudge:
    """Makes out an answer to a safety question."""

    def __init__(
        self,
        *,
        answers: Answers,
        decoders: Sequence[Any],
        others: Any,
        phones: Any,
        endings: frozenset[str],
    ) -> None:
        """An ear for some answers.

        Args:
            answers: what may be said.
            decoders: hear all of it, each with its own settings.
            others: hears all but the guarded words.
            phones: hears a free run of phones.
            endings: the phones in which guarded words end.
        """
        self._answers, self._decoders = answers, decoders
        self._others, self._phones, self._endings = others, phones, endings

    def hear(self, sound: array[int]) -> Hearing:
        """The words; clear if all settings agree, and guarded words are beyond doubt."""
        heard = [
            _whole(decoder, _dithered(sound, random.Random(seed)))
            for seed, decoder in enumerate(self._decoders)
        ]
        words = heard[0]
        if not words or any(other != words for other in heard):
            return Hearing(words, is_clear=False)
        if words in self._answers.guarded:
            return Hearing(words, is_clear=self._is_beyond_doubt(sound))
        return Hearing(words, is_clear=words in self._answers.free)

    def _is_beyond_doubt(self, sound: array[int]) -> bool:
        shortest, longest = GUARDED_SECONDS
        loud = loudness(sound)
        if loud.decibels < GUARDED_LOUDNESS or not shortest <= loud.seconds <= longest:
            return False
        _whole(self._others, _dithered(sound, random.Random(0)))
        if _score(self._decoders[0]) - _score(self._others) < GUARDED_LEAD:
            return False
        free = _whole(self._phones, _dithered(sound, random.Random(2))).split()
        phones = [phone for phone in free if phone != "SIL" and not phone.startswith("+")]
        return 0 < len(phones) <= MOST_PHONES and phones[-1] in self._endings


class AnswerListening:
    """An answer to a safety question: heard when it is whole."""

    def __init__(self, turn: Turn, judge: AnswerJudge) -> None:
        self._turn, self._judge = turn, judge
        self._sound = array("h")

    def feed(self, samples: Sequence[int]) -> None:
        """More sound."""
        self._sound.extend(samples)

    def finish(self) -> Hearing:
        """The words, and whether they are clear."""
        if len(self._sound) < SAMPLE_RATE // 10:
            return Hearing("", is_clear=False)
        with self._turn.lock:
            if self._turn.of is not None:
                # The phones are heard here too.
                self._turn.of.end()
                self._turn.of = None
            return self._judge.hear(self._sound)


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
        (max(-32768, min(32767, sample + grains[at % 997])) for at, sample in enumerate(samples)),
    )


def _load() -> Any:
    try:
        return importlib.import_module("pocketsphinx")
    except ImportError as reason:
        raise EarUnavailable(
            f"no recogniser ({reason}); the package pocketsphinx carries it"
        ) from reason
