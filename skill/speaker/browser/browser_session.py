"""One open page: its own device, its own clock, and the ear that they share."""

from __future__ import annotations

import uuid
from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Protocol

import msgspec

from skill.coach.state import ConversationPhase, State
from skill.content import Content
from skill.speaker.browser.view import View, state_of, view
from skill.speaker.device import Device
from speech.stt.base import SpeechToText, Transcript, Utterance, transcribe

MOST_ROOMS = 8
"""Pages that may be open at once; the one that was quiet for longest makes room."""

Clock = Callable[[], datetime]


class SpeechToTextSource(Protocol):
    """Gives the ear of this machine."""

    hears: bool
    """Whether there is an ear, or will be."""

    def __call__(self) -> SpeechToText | None:
        """The ear; None as long as there is none."""


class Latest:
    """The latest moment that any page has reached: one that was played fast is ahead of time."""

    def __init__(self, moment: datetime) -> None:
        """Nothing was reached after `moment`."""
        self.moment = moment


class PageClock:
    """The time in one page: the moment its answer began, and how far it has been played.

    The page alone knows how much has been heard, so it says so with all that it sends. Between
    answers the time is the machine's.
    """

    def __init__(self, clock: Clock, latest: Latest) -> None:
        """Stands at the machine's time, or where another page got to: nobody goes back in time."""
        self._clock, self._latest = clock, latest
        self.now = max(clock(), latest.moment)
        self.began = self.now

    def __call__(self) -> datetime:
        """The moment at which it stands."""
        return self.now

    def at(self, position: float | None) -> datetime:
        """Move to so many seconds after the answer began, or to the machine's time; never back."""
        there = self._clock() if position is None else self.began + timedelta(seconds=position)
        self.now = max(self.now, there)
        self._latest.moment = max(self._latest.moment, self.now)
        return self.now


class DeviceAnswer:
    """An answer to a safety question: it is made out when it is whole, or may be."""

    def __init__(self, ear: SpeechToText) -> None:
        """Nothing was heard yet."""
        self._ear = ear
        self._sound = array("h")
        self._hearing: Transcript | None = None

    def feed(self, samples: array[int], *, may_end: bool) -> None:
        """More sound; where it may be all, what was said is made out while others wait."""
        self._sound.extend(samples)
        self._hearing = self._heard() if may_end else None

    def finish(self) -> Transcript:
        """What was made out of all of it."""
        return self._hearing or self._heard()

    def _heard(self) -> Transcript:
        return transcribe(self._ear, self._sound, to_yes_no_question=True)


class BrowserSession:
    """A device that a page plays and speaks to."""

    def __init__(
        self,
        device: Device,
        clock: PageClock,
        content: Content,
        ear: SpeechToTextSource,
    ) -> None:
        """A device at rest.

        Args:
            device: on the page's clock.
            clock: the page's.
            content: what the coach knows, with the device's own lengths of words.
            ear: gives the ear, once there is one.
        """
        self.lock = Lock()
        self._device, self._clock, self._knows = device, clock, content
        self._ear = ear
        self._listening: Utterance | None = None
        self._answer: DeviceAnswer | None = None
        self._asked: State | None = None
        self._said = ""

    @property
    def hears(self) -> bool:
        """Whether speech can be recognised here."""
        return self._ear.hears

    def view(self, trouble: str = "") -> View:
        """What the page shows now."""
        began = self._clock.began
        return view(self._device, self._knows, began, said=self._said, trouble=trouble)

    def say(self, words: str, position: float | None) -> View:
        """Words that were typed, or chosen, at a second of the answer."""
        return self._after(self._device.hear, words, position)

    def sound(self, samples: array[int], *, is_first: bool, may_end: bool = False) -> bool:
        """More of what the microphone hears, and whether it may be all. False without an ear."""
        if is_first:
            self._drop()
            self._begin()
        if self._answer is not None:
            self._answer.feed(samples, may_end=may_end)
        elif self._listening is not None:
            self._listening.feed(samples)
        else:
            return False
        return True

    def heard(self, position: float | None) -> View:
        """The sound is whole: what follows from what was said in it."""
        listening: Utterance | DeviceAnswer | None = self._answer or self._listening
        asked, asking = self._asked, self._question()
        self._answer = self._listening = self._asked = None
        if listening is None:
            return self.view("device-deaf")
        hearing = listening.finish()
        # What was begun before this question was asked, or was answered otherwise, is no answer.
        if hearing.is_clear and asked == asking:
            return self._after(self._device.hear, hearing.words, position)
        if asking is not None:
            # Words that may have been misheard must not reach the skill as an answer.
            return self._after(lambda _, at: self._device.ask_again(at), "", position)
        return self._after(lambda _, at: self._device.hear_noise(at), "", position)

    def time(self, position: float) -> View:
        """The answer was played to this second."""
        ended = self._device.advance(self._clock.at(position))
        return self.view("device-session-over" if ended else "")

    def leave(self, position: float | None = None) -> None:
        """The page was closed at a second of the answer; None where it could not say which."""
        self._drop()
        now = self._clock.now if position is None else self._clock.at(position)
        self._device.advance(now)
        self._device.switch_off(now)

    def workings(self) -> Mapping[str, Any]:
        """What a developer wants to see: the last request and response, and the state."""
        request, response = self._device.last_exchange
        state = state_of(self._device, self._knows)
        return {
            "request": request,
            "response": response,
            "state": state.to_json() if state is not None else None,
        }

    def _question(self) -> State | None:
        """Where the coach stands if a safety question is open; None if none is."""
        state = state_of(self._device, self._knows)
        return state if state is not None and state.phase is ConversationPhase.ASKING else None

    def _after(
        self, doing: Callable[[str, datetime], Any], words: str, position: float | None
    ) -> View:
        at = self._clock.at(position if self._device.cues else None)
        over = self._device.ends_at
        if not self._device.is_open and (over is None or at >= over):
            at = self._clock.at(None)
        self._said = words
        heard = doing(words, at)
        if not heard.trouble or heard.trouble == "device-ask-again":
            self._clock.began = at
        return self.view(heard.trouble)

    def _begin(self) -> None:
        ear, self._asked = self._ear(), self._question()
        if ear is not None and self._asked is not None:
            self._answer = DeviceAnswer(ear)
        elif ear is not None:
            self._listening = ear.start_utterance(to_yes_no_question=False)

    def _drop(self) -> None:
        self._answer = self._listening = self._asked = None


class Sessions:
    """All open pages."""

    def __init__(self, furnish: Callable[[str, bool], BrowserSession]) -> None:
        """`furnish` makes a room for a locale, with or without a screen."""
        self._furnish = furnish
        self._lock = Lock()
        self._rooms: OrderedDict[str, BrowserSession] = OrderedDict()

    def open(self, locale: str, *, has_screen: bool) -> tuple[str, BrowserSession]:
        """A new room and its name; LookupError for a locale without words."""
        room, name = self._furnish(locale, has_screen), uuid.uuid4().hex
        with self._lock:
            self._rooms[name] = room
            old = self._rooms.popitem(last=False)[1] if len(self._rooms) > MOST_ROOMS else None
        if old is not None:
            old.leave()
        return name, room

    def __getitem__(self, name: str) -> BrowserSession:
        """The room with this name; KeyError where it was closed."""
        with self._lock:
            self._rooms.move_to_end(name)
            return self._rooms[name]

    def close(self, name: str, position: float | None = None) -> None:
        """Let a room go at a second of its answer; nothing where it is gone."""
        with self._lock:
            room = self._rooms.pop(name, None)
        if room is not None:
            with room.lock:
                room.leave(position)


def now() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


def as_json(shown: View, room: BrowserSession) -> bytes:
    """A view and the workings behind it."""
    return msgspec.json.encode({"view": shown, "workings": room.workings()})
