"""A script: timed cues that sound, captions, screens and places are all read from."""

from msgspec import Struct


class Say(Struct, frozen=True, tag="say"):
    """Words to speak."""

    text: str


class Pause(Struct, frozen=True, tag="pause"):
    """Silence to move, settle or rest in."""

    seconds: float


class Hold(Struct, frozen=True, tag="hold"):
    """The work itself: keep still, or move slowly, for exactly so long."""

    seconds: float
    """The whole length, a halfway cue included."""
    halfway: str = ""
    """What is said in the middle; empty for nothing."""


class Mark(Struct, frozen=True, tag="mark"):
    """From here on the person is at this place. Takes no time."""

    step: int
    """Index of the exercise in the plan."""
    exercise: str
    round: int
    """One-based; 0 while the exercise is being introduced."""
    side: str = ""
    """`left` or `right`; empty where both sides work at once."""
    done: bool = False
    """True from the moment the last round is finished."""


Cue = Say | Pause | Hold | Mark


class Script(Struct, frozen=True, cache_hash=True):
    """Cues in order, and the rate at which they are spoken."""

    cues: tuple[Cue, ...]
    rate: float = 1.0
    """1.0 is the voice's own rate; 0.88 is slower."""

    @property
    def text(self) -> str:
        """Everything that is said, without the silences."""
        return " ".join(
            cue.text if isinstance(cue, Say) else cue.halfway
            for cue in self.cues
            if isinstance(cue, Say) or (isinstance(cue, Hold) and cue.halfway)
        )

    @property
    def last_words(self) -> str:
        """The last thing said; empty for a script without words."""
        said = [cue.text for cue in self.cues if isinstance(cue, Say)]
        return said[-1] if said else ""

    @property
    def silence(self) -> float:
        """Seconds of pauses and holds."""
        return sum(cue.seconds for cue in self.cues if isinstance(cue, Pause | Hold))
