"""Telltale matcher: words that tell of danger or pain, in any sentence.

Safety comes first: no other matcher may take a text with such words for something harmless.
"""

from __future__ import annotations

from collections.abc import Container

from skill.speaker.nlu.intent_match import IntentMatch
from skill.speaker.nlu.lexicon import Lexicon, has_phrase


class TelltaleMatcher:
    """Telltale matcher: finds intents of danger by their words, unless these are denied."""

    def __init__(self, words: Lexicon, intents: Container[str]) -> None:
        """Reads the telltale words.

        Args:
            words: the language's; it lists intents of danger, the worst first.
            intents: those of the model; others are passed over.
        """
        self._words = words
        self._phrases = {
            intent: tuple(phrases)
            for intent, phrases in words.data["telltales"].items()
            if intent in intents
        }

    @property
    def intents(self) -> tuple[str, ...]:
        """Intents of danger, the worst first."""
        return tuple(self._phrases)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Phrases that tell of danger alone."""
        return tuple(phrase for phrases in self._phrases.values() for phrase in phrases)

    def find(self, text: str) -> IntentMatch | None:
        """Return the danger that words of a text tell of, together or alone."""
        return self._find_together(text) or self.find_alone(text)

    def find_alone(self, text: str) -> IntentMatch | None:
        """Return the danger that a phrase of the text tells of by itself."""
        about = self._only_asks(text)
        text = self._without_harmless(text)
        for worst, (intent, phrases) in enumerate(self._phrases.items()):
            if worst > 0 and about:
                break
            if any(self._tells(text, phrase) for phrase in phrases):
                return IntentMatch(intent)
        return None

    def _find_together(self, text: str) -> IntentMatch | None:
        """Return the danger told of by words that are none alone: legs that are dead."""
        if self._only_asks(text):
            return None
        text = self._without_harmless(text)
        for row in self._words.data["together"]:
            if all(any(self._tells(text, word) for word in words) for words in row["words"]):
                return IntentMatch(row["intent"])
        return None

    def names_danger(self, text: str) -> bool:
        """Tell whether a danger is named at all, if only as one that is not there: "not numb"."""
        return any(has_phrase(text, phrase) for phrase in self.phrases)

    def _tells(self, text: str, phrase: str) -> bool:
        return has_phrase(text, phrase) and not self._words.denied(text, phrase)

    def _only_asks(self, text: str) -> bool:
        return any(text.startswith(f"{q} ") for q in self._words.data["painless_questions"])

    def _without_harmless(self, text: str) -> str:
        for harmless in self._words.data["harmless"]:
            text = f" {text} ".replace(f" {harmless} ", " ").strip()
        return text
