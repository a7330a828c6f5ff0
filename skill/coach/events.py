"""Events: an intent with its slots, from any device."""

from enum import StrEnum

from msgspec import Struct

from skill.coach.actions import ActionResult


class Intent(StrEnum):
    """Intent of one utterance, or of a signal of the device's own."""

    LAUNCH = "launch"
    SESSION_ENDED = "session-ended"
    START_EXERCISE = "start-exercise"
    START_ROUTINE = "start-routine"
    LIST = "list"
    DESCRIBE = "describe"
    SUGGEST = "suggest"
    IS_IT_SAFE = "is-it-safe"
    WHEN_TO_AVOID = "when-to-avoid"
    WHEN_TO_SEE_DOCTOR = "when-to-see-doctor"
    HOW_OFTEN = "how-often"
    WHY_IT_CRACKS = "why-it-cracks"
    CHRONIC_PAIN = "chronic-pain"
    PAIN = "pain"
    EMERGENCY = "emergency"
    HOW_LONG_LEFT = "how-long-left"
    CHANGE_PACE = "change-pace"
    READY = "ready"
    UNSURE = "unsure"
    PROGRESS = "progress"
    REMIND_ME = "remind-me"
    CANCEL_REMINDERS = "cancel-reminders"
    FORGET_ME = "forget-me"
    YES = "yes"
    NO = "no"
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    PREVIOUS = "previous"
    REPEAT = "repeat"
    START_OVER = "start-over"
    STOP = "stop"
    PERMITTED = "permitted"
    NOT_PERMITTED = "not-permitted"
    ACTION_DONE = "errand-done"
    HELP = "help"
    FALLBACK = "fallback"


class Event(Struct, frozen=True):
    """Intent with the values of its slots."""

    intent: Intent
    exercise: str | None = None
    """An exercise id, or None where none was named or none was recognised."""
    posture: str | None = None
    pace: str | None = None
    repetitions: int | None = None
    duration: float | None = None
    """Seconds that the person has."""
    time: str | None = None
    """HH:MM, or Alexa's MO, AF, EV, NI for a part of the day."""
    outcome: ActionResult | None = None
    """What became of an action."""
    token: str = ""
    """What Alexa calls the reminder that was set."""
    unknown: bool = False
    """True where a name was said that is none of ours."""
