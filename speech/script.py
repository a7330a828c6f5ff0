"""Script: a list of timed cues, from which SSML, audio, captions and timelines are all read."""

from msgspec import Struct


class Say(Struct, frozen=True):
    """Speech cue: words to say."""

    text: str


class Pause(Struct, frozen=True):
    """Pause cue: silence between words."""

    seconds: float


class Hold(Struct, frozen=True):
    """Hold cue: a silence of exact length, which may be broken by words in its middle."""

    seconds: float
    """The whole length, the words in the middle included."""
    halfway: str = ""
    """What is said in the middle; empty for nothing."""


class Mark(Struct, frozen=True):
    """Mark cue, like `<mark>` in SSML: names a point in the script, and takes no time.

    Each writer of scripts derives its own mark, with fields that say what is reached there.
    """


Cue = Say | Pause | Hold | Mark


class Script(Struct, frozen=True, cache_hash=True):
    """Script: cues in order, and the rate at which they are spoken. Equal scripts sound alike."""

    cues: tuple[Cue, ...]
    rate: float = 1.0
    """Speech rate: 1.0 is the voice's own, 0.88 is slower."""

    @property
    def text(self) -> str:
        """Caption text: everything that is said, without the silences."""
        return " ".join(
            cue.text if isinstance(cue, Say) else cue.halfway
            for cue in self.cues
            if isinstance(cue, Say) or (isinstance(cue, Hold) and cue.halfway)
        )

    @property
    def last_words(self) -> str:
        """Last speech cue's words; empty for a script without any."""
        said = [cue.text for cue in self.cues if isinstance(cue, Say)]
        return said[-1] if said else ""

    @property
    def silence(self) -> float:
        """Total silence: seconds of pauses and holds."""
        return sum(cue.seconds for cue in self.cues if isinstance(cue, Pause | Hold))
