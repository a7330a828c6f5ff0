"""Browser session: one open page, with a device and a clock of its own."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock
from typing import Any

import msgspec

from skill.coach.state import ConversationPhase, State
from skill.content import Content
from skill.speaker.browser.page_clock import PageClock
from skill.speaker.browser.speech_to_text_loader import SpeechToTextSource
from skill.speaker.browser.view import View, state_of, view
from skill.speaker.device import Device
from speech.stt.base import SpeechToText, Transcript, Utterance, transcribe


class BufferedAnswer:
    """Utterance that answers a safety question: transcribed when it is whole, or may be."""

    def __init__(self, speech_to_text: SpeechToText) -> None:
        """Starts with no sound."""
        self._speech_to_text = speech_to_text
        self._sound = array("h")
        self._transcript: Transcript | None = None

    def feed(self, samples: array[int], *, may_end: bool) -> None:
        """Add 16-bit samples; where it may be all, transcribe it before it is asked for."""
        self._sound.extend(samples)
        self._transcript = self._transcribe() if may_end else None

    def finish(self) -> Transcript:
        """Transcript of all of it."""
        return self._transcript or self._transcribe()

    def _transcribe(self) -> Transcript:
        return transcribe(self._speech_to_text, self._sound, to_yes_no_question=True)


class BrowserSession:
    """Session of one page: the device that it plays and speaks to."""

    def __init__(
        self,
        device: Device,
        clock: PageClock,
        content: Content,
        speech_to_text: SpeechToTextSource,
    ) -> None:
        """A device at rest.

        Args:
            device: on the page's clock.
            clock: the page's.
            content: what the coach knows, with the device's own lengths of words.
            speech_to_text: gives speech to text, once it is loaded.
        """
        self.lock = Lock()
        self._device, self._clock, self._content = device, clock, content
        self._speech_to_text = speech_to_text
        self._utterance: Utterance | None = None
        self._answer: BufferedAnswer | None = None
        self._asked: State | None = None
        self._said = ""

    @property
    def has_speech_to_text(self) -> bool:
        """Whether speech can be recognised here."""
        return self._speech_to_text.is_available

    def view(self, trouble: str = "") -> View:
        """View of the session now; `trouble` is the key of what the device itself has to tell."""
        began = self._clock.began
        return view(self._device, self._content, began, said=self._said, trouble=trouble)

    def say(self, words: str, position: float | None) -> View:
        """Say words that were typed, or chosen, at a second of the answer."""
        return self._after(self._device.hear, words, position)

    def sound(self, samples: array[int], *, is_first: bool, may_end: bool = False) -> bool:
        """Feed 16-bit samples of the microphone, and whether they may be all.

        Returns:
            False if there is no speech to text to feed.
        """
        if is_first:
            self._drop()
            self._begin()
        if self._answer is not None:
            self._answer.feed(samples, may_end=may_end)
        elif self._utterance is not None:
            self._utterance.feed(samples)
        else:
            return False
        return True

    def heard(self, position: float | None) -> View:
        """End the utterance, at a second of the answer, and act on what was said in it."""
        utterance: Utterance | BufferedAnswer | None = self._answer or self._utterance
        asked, asking = self._asked, self._open_safety_question()
        self._answer = self._utterance = self._asked = None
        if utterance is None:
            return self.view("device-deaf")
        transcript = utterance.finish()
        # What was begun before this question was asked, or was answered otherwise, is no answer.
        if transcript.is_clear and asked == asking:
            return self._after(self._device.hear, transcript.words, position)
        if asking is not None:
            # Words that may have been misheard must not reach the skill as an answer.
            return self._after(lambda _, at: self._device.ask_again(at), "", position)
        return self._after(lambda _, at: self._device.hear_noise(at), "", position)

    def time(self, position: float) -> View:
        """Note that the answer was played to this second."""
        ended = self._device.advance(self._moment(position))
        return self.view("device-session-over" if ended else "")

    def leave(self, position: float | None = None) -> None:
        """Close the page at a second of the answer; None where it could not say which."""
        self._drop()
        now = self._clock.now if position is None else self._moment(position)
        self._device.advance(now)
        self._device.switch_off(now)

    def debug(self) -> Mapping[str, Any]:
        """Debug information: the last request and response, and the state."""
        request, response = self._device.last_exchange
        state = state_of(self._device, self._content)
        return {
            "request": request,
            "response": response,
            "state": state.to_json() if state is not None else None,
        }

    def _open_safety_question(self) -> State | None:
        """Where the coach stands if a safety question is open; None if none is."""
        state = state_of(self._device, self._content)
        return state if state is not None and state.phase is ConversationPhase.ASKING else None

    def _after(
        self, doing: Callable[[str, datetime], Any], words: str, position: float | None
    ) -> View:
        at = self._moment(position)
        self._said = words
        heard = doing(words, at)
        if not heard.trouble or heard.trouble == "device-ask-again":
            self._clock.began = at
        return self.view(heard.trouble)

    def _moment(self, position: float | None) -> datetime:
        """Move the clock to a second of the answer; to the machine's time where none is played."""
        over = self._device.ends_at
        if position is None or over is None:
            return self._clock.at(None)
        length = (over - self._clock.began).total_seconds()
        at = self._clock.at(min(position, length))
        return at if at < over else self._clock.at(None)

    def _begin(self) -> None:
        speech_to_text, self._asked = self._speech_to_text(), self._open_safety_question()
        if speech_to_text is not None and self._asked is not None:
            self._answer = BufferedAnswer(speech_to_text)
        elif speech_to_text is not None:
            self._utterance = speech_to_text.start_utterance(to_yes_no_question=False)

    def _drop(self) -> None:
        self._answer = self._utterance = self._asked = None


def as_json(shown: View, session: BrowserSession) -> bytes:
    """JSON of a view, with the session's debug information beside it."""
    return msgspec.json.encode({"view": shown, "debug": session.debug()})
