"""Slot values and what Alexa makes of them: names, numbers, durations and times of day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hassil.numbers import get_rbnf_engine
from hassil.util import normalize_whitespace

from interaction_models.model import SlotType
from skill.speaker.nlu.lexicon import Lexicon, sentences
from skill.speaker.nlu.pattern_trie import PatternTrie


@dataclass(frozen=True)
class SlotMatch:
    """A value of a custom slot type, as entity resolution names it."""

    name: str
    id: str


def number_words(number: int, language: str) -> list[str]:
    """Return a number in digits and in words: 25 is ``25`` and ``twenty five``."""
    texts = get_rbnf_engine(language).format_number(number).text_by_ruleset
    cardinals = (text for rules, text in texts.items() if "cardinal" in rules)
    spoken = {normalize_whitespace(text.replace("-", " ")).strip() for text in cardinals}
    return [str(number), *sorted(spoken - {str(number)})]


class _SpokenValues:
    """Every way to say the values of Amazon's own slot types."""

    def __init__(self, words: Lexicon, language: str) -> None:
        self._words = words
        self._language = language
        self._known: dict[int, list[str]] = {}

    def number(self, number: int) -> list[str]:
        if number not in self._known:
            self._known[number] = number_words(number, self._language)
        return self._known[number]

    def numbers(self) -> Iterator[tuple[str, str]]:
        table = self._words.data["numbers"]
        first, last = table["numbers"]
        for number in range(first, last + 1):
            yield from ((text, str(number)) for text in self.number(number))
        for text, number in table["also"].items():
            yield text, str(number)

    def durations(self) -> Iterator[tuple[str, str]]:
        for row in self._words.data["durations"]:
            first, last = row.get("numbers", (0, 0))
            for template in sentences(row["says"]):
                for number in range(first, last + 1, row.get("step", 1)):
                    value = row["value"].replace("{n}", str(number))
                    for text in self.number(number) if "{n}" in template else [""]:
                        yield template.replace("{n}", text), value

    def clock(self) -> Iterator[tuple[str, int]]:
        """Yield clock times with their minutes after midnight, half of the day unknown."""
        times = self._words.data["times"]
        hours = {hour: self.number(hour) for hour in range(24)}
        for pattern, offset in times["clock"].items():
            for template in sentences(pattern):
                for hour, texts in hours.items():
                    for text in texts:
                        # A quarter to one is after noon, not after midnight.
                        before_one = 12 * 60 if offset < 0 and hour == 1 else 0
                        yield template.replace("{h}", text), hour * 60 + offset + before_one
        for hour, texts in hours.items():
            for template in sentences(times["hundreds"]):
                yield from ((template.replace("{h}", text), hour * 60) for text in texts)
            for minute in range(60):
                yield f"{hour} {minute:02}", hour * 60 + minute
                if minute >= 10:
                    for text in self.number(minute)[1:]:
                        yield f"{texts[-1]} {text}", hour * 60 + minute

    def halves(self) -> Iterator[tuple[str, str]]:
        for half, template in self._words.data["times"]["half_of_day"].items():
            yield from ((text, half) for text in sentences(template))

    def parts(self) -> Iterator[tuple[str, str]]:
        for part, template in self._words.data["times"]["part_of_day"].items():
            yield from ((text, part) for text in sentences(template))


class SlotValues:
    """The slot values of one model: custom types from the model, Amazon's from the words."""

    def __init__(self, types: Iterable[SlotType], words: Lexicon, language: str) -> None:
        self.words = words
        self.custom: dict[str, dict[str, SlotMatch]] = {
            kind.name: dict(self._synonyms(kind)) for kind in types
        }
        spoken = _SpokenValues(words, language)
        self._texts: dict[str, dict[str, Any]] = {
            "AMAZON.NUMBER": self._plain(spoken.numbers()),
            "AMAZON.DURATION": self._plain(spoken.durations()),
            "clock": self._plain(spoken.clock()),
            "half_of_day": self._plain(spoken.halves()),
            "part_of_day": self._plain(spoken.parts()),
            # A stranger has its own words for a value: it is no Match.
            **{
                name: {text: text for text in self._strangers(name)} | synonyms
                for name, synonyms in self.custom.items()
            },
        }
        self._times: PatternTrie[str] = PatternTrie()
        for pattern in sentences(words.data["times"]["says"]):
            self._times.add(pattern, pattern)

    def _synonyms(self, kind: SlotType) -> Iterator[tuple[str, SlotMatch]]:
        for value in kind.values:
            match = SlotMatch(value.name.value, value.id or value.name.value)
            for text in value.words:
                yield self.words.plain(text), match

    def _strangers(self, slot_type: str) -> Iterator[str]:
        for template in self.words.data["strangers"].get(slot_type, ()):
            yield from map(self.words.plain, sentences(template))

    def _plain(self, texts: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for text, value in texts:
            plain.setdefault(self.words.plain(text), value)
        return plain

    def read(self, slot_type: str, text: str) -> Any | None:
        """Return Alexa's value of a text that is as a whole of this type, else None."""
        if slot_type != "AMAZON.TIME":
            return self._texts[slot_type].get(text)
        fitting = self._times.find(text, lambda part, piece: self._texts[part].get(piece))
        _, gaps = next(fitting, (None, ()))
        return self.time({part: value for part, _, value in gaps}) if gaps else None

    @property
    def vocabulary(self) -> set[str]:
        """Every word that stands in a value."""
        return {word for texts in self._texts.values() for text in texts for word in text.split()}

    def time(self, found: Mapping[str, Any]) -> str:
        """Return Alexa's value of a time: ``08:00``, or a part of the day such as ``MO``."""
        if "part_of_day" in found:
            return str(found["part_of_day"])
        minutes = int(found["clock"]) % (24 * 60)
        hour, minute = divmod(minutes, 60)
        if half := found.get("half_of_day"):
            hour = hour % 12 + (12 if half == "pm" else 0) if hour <= 12 else hour
        elif 0 < hour <= self.words.data["times"]["afternoon_until"]:
            hour += 12
        return f"{hour:02}:{minute:02}"
