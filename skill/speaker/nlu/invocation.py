"""Invocation: whether words call this skill by its name, and with what wish."""

from __future__ import annotations

from dataclasses import dataclass

from skill.speaker.nlu.lexicon import Lexicon


@dataclass(frozen=True)
class Launch:
    """Launch: the skill was called by its name, and nothing more was said."""


@dataclass(frozen=True)
class OneShot:
    """One-shot invocation: the skill was called by its name together with a wish."""

    rest: str
    """What to understand, in plain words."""


class InvocationMatcher:
    """Invocation matcher: finds the skill's name in what was said with no session open."""

    def __init__(self, invocation_name: str, words: Lexicon) -> None:
        self._name = invocation_name
        self._words = words

    def find(self, words: str) -> Launch | OneShot | None:
        """Tell whether words call this skill, and with what wish.

        "Open back coach" launches; "ask back coach to start the bridge", "open back coach and
        start the bridge" and "start the bridge with back coach" carry a wish.
        """
        said = self._words.without_wake(self._words.plain(words))
        said = self._words.without_hesitation(said)
        found = (self._find(core) for core in self._words.cores(said))
        return next((called for called in found if called), None)

    def _find(self, text: str) -> Launch | OneShot | None:
        table = self._words.data["invocation"]
        before, found, after = f" {text} ".partition(f" {self._name} ")
        if not found:
            return None
        before, after = before.strip(), after.strip()
        called = " ".join(word for word in before.split() if word not in table["article"])
        if not called or called in table["launch"] or called in table["ask"]:
            return self._one_shot(after)
        rest, _, joint = before.rpartition(" ")
        return OneShot(rest) if joint in table["with"] and rest and not after else None

    def _one_shot(self, after: str) -> OneShot | Launch:
        if not after or after in self._words.tails:
            return Launch()
        joints = sorted(self._words.data["invocation"]["join"], key=len, reverse=True)
        joint = next((j for j in joints if after.startswith(f"{j} ")), None)
        return OneShot(after[len(joint) + 1 :] if joint else after)
