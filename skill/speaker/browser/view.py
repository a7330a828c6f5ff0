"""View model of the page: read from the device, and from the script that its session stands for.

The script is compiled here again from the session's state, as the skill compiled it. So the page
knows rounds, sides and holds although no response carries them.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from skill.coach.guidance.checkpoint import Checkpoint
from skill.coach.guidance.compiler import compile_script
from skill.coach.state import BrokenState, ConversationPhase, Guidance, State, read_state
from skill.content import Content
from skill.speaker.device import Device, DeviceCue
from speech.script import Hold
from speech.timeline import timeline
from speech.tts.audio_cache import audio_key


class ShownCue(Struct, frozen=True):
    """DeviceCue of the device's answer; seconds count from the answer's beginning."""

    kind: str
    start: float
    end: float
    text: str = ""
    clip: str = ""
    """Name of its sound; empty for silence."""


class ShownPlace(Struct, frozen=True):
    """Place in the exercise where the person is from this second on."""

    start: float
    exercise: str
    round: int
    rounds: int
    side: str
    done: bool


class ShownHold(Struct, frozen=True):
    """Hold: keeping still, or one slow movement with its halfway word; seconds of the answer."""

    start: float
    end: float
    is_count: bool


class View(Struct, frozen=True):
    """View of a session: all that the page needs to go on by itself until somebody speaks."""

    phase: str
    """`idle` while no session is open, `open`, or a phase of the coach."""
    is_open: bool
    cues: tuple[ShownCue, ...]
    places: tuple[ShownPlace, ...]
    holds: tuple[ShownHold, ...]
    say: tuple[str, ...]
    """What can be said now."""
    answers: tuple[str, ...]
    """What can be answered to a safety question; empty where none stands open."""
    heading: str = ""
    """What is under way where no place is known."""
    detail: str = ""
    said: str = ""
    trouble: str = ""
    """What the device itself has to tell."""


def view(device: Device, content: Content, began: datetime, *, said: str, trouble: str) -> View:
    """View of the device, whose answer began at a moment."""
    state = state_of(device, content)
    phase = _phase(device, state)
    guidance = state.guidance if state is not None and phase == ConversationPhase.GUIDING else None
    words = content.words
    return View(
        phase=phase,
        is_open=device.is_open,
        cues=tuple(_shown(cue, began) for cue in device.cues),
        places=tuple(_places(guidance, content)) if guidance else _paused(state, content),
        holds=tuple(_holds(guidance, content)) if guidance else (),
        say=_split(words(f"page-say-{_SAY.get(phase, 'open')}")),
        answers=_split(words("page-say-asking")) if phase == ConversationPhase.ASKING else (),
        heading=words("page-question") if phase == ConversationPhase.ASKING else "",
        detail=_question(state, content),
        said=said,
        trouble=words(trouble) if trouble else "",
    )


_SAY = {
    "idle": "idle",
    ConversationPhase.ASKING: "aside",
    ConversationPhase.OFFERING: "offering",
    ConversationPhase.GUIDING: "guiding",
    ConversationPhase.PAUSED: "paused",
}


def state_of(device: Device, content: Content) -> State | None:
    """State of the coach in the open session; None where there is none that can be read."""
    names = State.__struct_fields__
    attributes: Mapping[str, Any] = device.attributes
    try:
        own = {name: value for name, value in attributes.items() if name in names}
        return read_state(own, content.exercises)
    except BrokenState:
        return None


def _phase(device: Device, state: State | None) -> str:
    if not device.is_open:
        return "idle"
    return (
        state.phase.value
        if state is not None and state.phase is not ConversationPhase.IDLE
        else "open"
    )


def _shown(cue: DeviceCue, began: datetime) -> ShownCue:
    return ShownCue(
        cue.kind.value,
        (cue.start - began).total_seconds(),
        (cue.end - began).total_seconds(),
        cue.text,
        audio_key(cue.text, cue.rate) if cue.text else "",
    )


def _places(guidance: Guidance, content: Content) -> Iterator[ShownPlace]:
    for span in timeline(compile_script(guidance, content), content.spoken):
        cue = span.cue
        if isinstance(cue, Checkpoint):
            rounds = guidance.plan[cue.step].rounds
            title = content.words(f"{cue.exercise}-title")
            yield ShownPlace(span.start, title, cue.round, rounds, cue.side, cue.done)


def _paused(state: State | None, content: Content) -> tuple[ShownPlace, ...]:
    """Where guidance goes on from, while it is paused."""
    if state is None or state.phase is not ConversationPhase.PAUSED or state.guidance is None:
        return ()
    guidance = state.guidance
    step = guidance.plan[guidance.step]
    title = content.words(f"{step.exercise}-title")
    number = 0 if guidance.entry == "start" else guidance.round
    return (ShownPlace(0.0, title, number, step.rounds, "", done=False),)


def _question(state: State | None, content: Content) -> str:
    """Which of the safety questions it is, where there are several."""
    screening = state.screening if state is not None else None
    if screening is None or screening.kind != "full":
        return ""
    count = len(content.safety.question)
    return content.words("page-question-of", number=screening.index + 1, count=count)


def _holds(guidance: Guidance, content: Content) -> Iterator[ShownHold]:
    for span in timeline(compile_script(guidance, content), content.spoken):
        if isinstance(span.cue, Hold) and isinstance(span.mark, Checkpoint):
            exercise = content.exercise(span.mark.exercise)
            is_count = any(phase.count for phase in exercise.phase)
            yield ShownHold(span.start, span.end, is_count)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))
