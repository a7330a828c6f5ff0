"""Speech to text, loaded in the background: a page need not wait for its vocabulary."""

import logging
from functools import partial
from threading import Thread
from typing import Protocol

from skill.speaker.browser.listening_vocabulary import answers, talk
from speech.stt.base import SpeechToText, SpeechToTextUnavailable

log = logging.getLogger(__name__)


class SpeechToTextSource(Protocol):
    """Source of this machine's speech to text."""

    is_available: bool
    """Whether there is speech to text, or will be."""

    def __call__(self) -> SpeechToText | None:
        """Speech to text; None as long as there is none."""


class SpeechToTextLoader:
    """Loader of pocketsphinx, which learns its sentences on a thread of its own."""

    def __init__(self, locale: str) -> None:
        """Begins to load what is listened for in a locale."""
        self.is_available = True
        self._speech_to_text: SpeechToText | None = None
        self._thread = Thread(target=self._load, args=(locale,), daemon=True)
        self._thread.start()

    def __call__(self) -> SpeechToText | None:
        """Speech to text; None until it is ready, or if there can be none."""
        return self._speech_to_text

    def ready(self) -> SpeechToText | None:
        """Wait until it is ready; None if there can be none."""
        self._thread.join()
        return self._speech_to_text

    def _load(self, locale: str) -> None:
        # Only needed here, and takes a moment to load.
        from speech.stt.pocketsphinx.engine import PocketsphinxSpeechToText  # noqa: PLC0415

        try:
            self._speech_to_text = PocketsphinxSpeechToText(
                partial(talk, locale), answers(locale), in_worker_process=True
            )
        except (SpeechToTextUnavailable, LookupError) as reason:
            self.is_available = False
            log.warning("speech cannot be recognised: %s", reason)
