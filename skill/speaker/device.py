"""Device simulator: a smart speaker that plays, listens, and ends its session as Echos do.

The clock is always an argument, so the same device runs in real time and on a simulated clock.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from skill.speaker.device_requests import DeviceSession, Household
from skill.speaker.nlu.invocation import Launch, OneShot
from skill.speaker.nlu.recognized_intent import RecognizedIntent
from skill.speaker.nlu.recognizer import FALLBACK, IntentRecognizer
from skill.speaker.playback import BadSsml, Piece, play
from speech.duration import SpeechDuration, estimate_duration

LISTENING_SECONDS = 8.0
"""How long the microphone stays open after speech, and again after the reprompt."""

Skill = Callable[[bytes], bytes]
"""A request body to a response body; one that is no response counts as a fault of the skill."""


class CueKind(StrEnum):
    """Kind of cue: what the device is doing."""

    SPEAKING = "speaking"
    SILENT = "silent"
    LISTENING = "listening"


class DeviceCue(Struct, frozen=True):
    """Cue: one thing the device does, from a moment on and for some seconds."""

    kind: CueKind
    start: datetime
    seconds: float
    text: str = ""
    rate: float = 1.0
    """The rate at which the text is spoken."""

    @property
    def end(self) -> datetime:
        """End: the moment when it is over."""
        return self.start + timedelta(seconds=self.seconds)


class HearResult(Struct, frozen=True):
    """Result of hearing: what became of words that were said to the device."""

    intent: str
    """The intent's or request's name; empty if the skill was not asked."""
    trouble: str = ""
    """Key of what the device itself has to say, where the skill did not answer."""


class Device:
    """Device. Call `advance` before reading its cues, and `hear` for what is said."""

    def __init__(
        self,
        skill: Skill,
        recognizer: IntentRecognizer,
        household: Household | None = None,
        spoken: SpeechDuration = estimate_duration,
    ) -> None:
        """A device at rest.

        Args:
            skill: what answers its requests.
            recognizer: recognizes the intent of words.
            household: whose device it is.
            spoken: how long words take in its voice.
        """
        self._skill = skill
        self._recognizer = recognizer
        self._household = household or Household()
        self._spoken = spoken
        self._session: DeviceSession | None = None
        self._reprompt: tuple[Piece, ...] = ()
        self._requests = 0
        self.cues: tuple[DeviceCue, ...] = ()
        """What is played and listened for since the last answer."""
        self.last_exchange: tuple[Mapping[str, Any], Mapping[str, Any]] = ({}, {})
        """The last request and response, as JSON values."""

    @property
    def is_open(self) -> bool:
        """Whether a session is open."""
        return self._session is not None

    @property
    def ends_at(self) -> datetime | None:
        """End of its last cue, when it has nothing more to do; None while it never did anything."""
        return self.cues[-1].end if self.cues else None

    def now_doing(self, now: datetime) -> DeviceCue | None:
        """Cue at a moment; None when the device rests."""
        return next((cue for cue in self.cues if cue.start <= now < cue.end), None)

    def first_listening(self) -> datetime | None:
        """First moment that the microphone opens after the present answer; None if it does not."""
        return next((cue.start for cue in self.cues if cue.kind is CueKind.LISTENING), None)

    def advance(self, now: datetime) -> bool:
        """Advance to a moment. True if the session has now ended because nobody answered."""
        over = self.ends_at
        if self._session is None or over is None or now < over:
            return False
        ended = {"type": "SessionEndedRequest", "reason": "EXCEEDED_MAX_REPROMPTS"}
        self._send_request(ended, over)
        self._session = None
        return True

    def hear(self, words: str, now: datetime) -> HearResult:
        """Hear words with or without the wake word; they interrupt what is being played."""
        self.advance(now)
        called = self._recognizer.invocation(words)
        if isinstance(called, Launch):
            return self._send_in_session({"type": "LaunchRequest"}, "LaunchRequest", now)
        said = called.rest if isinstance(called, OneShot) else words
        recognized = self._recognizer.recognize(said)
        is_ours = called is not None or not recognized.intent.startswith("AMAZON.")
        if self._session is None and not is_ours:
            was_playing = self.now_doing(now) is not None
            self.cues = ()
            return HearResult("", "" if was_playing else "device-nothing-open")
        request = {"type": "IntentRequest", "intent": recognized.as_alexa()}
        return self._send_in_session(request, recognized.intent, now)

    def hear_noise(self, now: datetime) -> HearResult:
        """Hear speech that could not be made out: the skill gets a fallback, as from Alexa."""
        self.advance(now)
        if self._session is None:
            return HearResult("", "device-not-heard")
        request = {"type": "IntentRequest", "intent": RecognizedIntent(FALLBACK).as_alexa()}
        return self._send_in_session(request, FALLBACK, now)

    def ask_again(self, now: datetime) -> HearResult:
        """Play the reprompt again, after speech that was not clearly heard where it matters.

        The skill is not asked: nothing that it could take for an answer was said.
        """
        self.advance(now)
        if self._session is None:
            return HearResult("", "device-not-heard")
        cues = _cues_of_pieces(self._reprompt, now)
        cues += _listening_cue(cues[-1].end if cues else now)
        cues += _cues_of_pieces(self._reprompt, cues[-1].end)
        self.cues = cues + _listening_cue(cues[-1].end)
        return HearResult("", "device-ask-again")

    @property
    def attributes(self) -> Mapping[str, Any]:
        """Session attributes that the skill keeps; empty where no session is open."""
        return self._session.attributes if self._session is not None else {}

    def switch_off(self, now: datetime) -> None:
        """End the session as a person does who walks away from the device."""
        if self._session is not None:
            self._send_request({"type": "SessionEndedRequest", "reason": "USER_INITIATED"}, now)
        self._session, self.cues = None, ()

    def _send_in_session(self, request: Mapping[str, Any], name: str, now: datetime) -> HearResult:
        if self._session is None:
            self._session = DeviceSession(f"amzn1.echo-api.session.{uuid.uuid4()}", {})
        envelope = self._send_request(request, now)
        self._session.is_new = False
        try:
            self._take_response(envelope, now)
        except (KeyError, TypeError, AttributeError, BadSsml):
            self._session, self.cues = None, ()
            return HearResult(name, "device-problem")
        return HearResult(name)

    def _send_request(self, request: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        assert self._session is not None  # noqa: S101 - both callers have one
        self._requests += 1
        sent = self._household.envelope(self._session, request, number=self._requests, at=at)
        body = self._skill(msgspec.json.encode(sent))
        try:
            answer = msgspec.json.decode(body, type=dict[str, Any])
        except msgspec.DecodeError:
            answer = {}
        self.last_exchange = (sent, answer)
        return answer

    def _take_response(self, envelope: Mapping[str, Any], now: datetime) -> None:
        """Plan what to play and when to listen."""
        assert self._session is not None  # noqa: S101 - set right before
        response = envelope["response"]
        speech = response.get("outputSpeech")
        cues = _cues_of_pieces(play(speech["ssml"], self._spoken) if speech else (), now)
        self._reprompt = ()
        if response.get("shouldEndSession") is False:
            self._session.attributes = envelope.get("sessionAttributes") or {}
            cues += _listening_cue(cues[-1].end if cues else now)
            reprompt = response.get("reprompt")
            if reprompt:
                self._reprompt = play(reprompt["outputSpeech"]["ssml"], self._spoken)
                cues += _cues_of_pieces(self._reprompt, cues[-1].end)
                cues += _listening_cue(cues[-1].end)
        else:
            self._session = None
        self.cues = cues


def _cues_of_pieces(pieces: tuple[Piece, ...], start: datetime) -> tuple[DeviceCue, ...]:
    return tuple(
        DeviceCue(
            CueKind.SPEAKING if piece.text else CueKind.SILENT,
            start + timedelta(seconds=piece.start),
            piece.seconds,
            piece.text,
            piece.rate,
        )
        for piece in pieces
    )


def _listening_cue(start: datetime) -> tuple[DeviceCue]:
    return (DeviceCue(CueKind.LISTENING, start, LISTENING_SECONDS),)
