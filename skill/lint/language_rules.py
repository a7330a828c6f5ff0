"""Language rules: what the checks must know of a language, read from languages/<language>.toml."""

import re
import tomllib

import msgspec
from msgspec import Struct

_SENTENCE = re.compile(r"[^.?!]+[.?!]*[”\"]?")


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """Language rules of one language."""

    says_what_to_say: frozenset[str]
    """Words of which a prompt has one, if it is no question."""
    yes_or_no: frozenset[str]
    """Utterances that only the built-in yes and no may have."""
    filler: frozenset[str]
    """Words that do not tell two samples apart."""
    claims: tuple[str, ...]
    """Patterns that nothing may match."""
    disclaimer: tuple[str, ...]
    """Patterns that the description must match, every one."""

    def claim_in(self, text: str) -> str | None:
        """The words of the first claim in a text; None where it has none."""
        for pattern in self.claims:
            if found := re.search(pattern, text, re.IGNORECASE):
                return found[0]
        return None

    def prompts(self, text: str) -> bool:
        """Whether a text ends in a question, or in sentences that say what to say."""
        last = " ".join(_SENTENCE.findall(text)[-2:])
        words = set(re.findall(r"\w+", last.lower()))
        return "?" in last or not self.says_what_to_say.isdisjoint(words)


def read_rules(text: str) -> Rules:
    """Parse the language rules in a TOML text.

    Raises:
        ValueError: the text is no TOML, a part is missing, or a pattern is none.
    """
    rules = msgspec.convert(tomllib.loads(text), Rules)
    for pattern in (*rules.claims, *rules.disclaimer):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern!r} is no pattern: {error}") from error
    return rules
