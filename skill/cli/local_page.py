"""The page put together: a voice, an ear, and for each page a skill and a device on its clock."""

import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Event, Thread

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

import interaction_models
from skill.chosen_store import chosen_store
from skill.cli.local_speaker import local_device, local_settings, talk_live
from skill.content import Content, ScreeningStyle
from skill.exercises import load_facts
from skill.settings import Settings
from skill.speaker.browser.browser_session import (
    BrowserSession,
    Clock,
    Latest,
    PageClock,
    Sessions,
    SpeechToTextSource,
    now,
)
from skill.speaker.browser.listening_vocabulary import answers, talk
from skill.speaker.browser.page import page_app
from skill.speaker.playback import play
from skill.speaker.prewarm import likely
from speech.ssml import ssml
from speech.stt.base import SpeechToText, SpeechToTextUnavailable
from speech.tts.audio_cache import AudioCache
from speech.tts.base import TextToSpeechUnavailable
from speech.tts.espeak import EspeakTextToSpeech
from speech.wording import Wording

USUAL_PORT = 8484

log = logging.getLogger(__name__)


class SpeechToTextLoader:
    """An ear that learns its sentences in the background: a page need not wait for it."""

    def __init__(self, locale: str) -> None:
        """Begins to learn."""
        self.hears = True
        self._ear: SpeechToText | None = None
        self._thread = Thread(target=self._learn, args=(locale,), daemon=True)
        self._thread.start()

    def __call__(self) -> SpeechToText | None:
        """The ear; None until it is ready, or if there can be none."""
        return self._ear

    def ready(self) -> SpeechToText | None:
        """The ear, once it is ready."""
        self._thread.join()
        return self._ear

    def _learn(self, locale: str) -> None:
        # Only needed here, and takes a moment to load.
        from speech.stt.pocketsphinx.engine import PocketsphinxSpeechToText

        try:
            self._ear = PocketsphinxSpeechToText(
                partial(talk, locale), answers(locale), beside=True
            )
        except (SpeechToTextUnavailable, LookupError) as reason:
            self.hears = False
            log.warning("speech cannot be recognised: %s", reason)


def ready_ahead(clips: AudioCache, content: Content) -> None:
    """Say what is likely to be said, so that it is there when it is asked for."""
    for script in likely(content):
        play(ssml(script, clips.seconds), clips.seconds)


def repertoire(clips: AudioCache, screening: ScreeningStyle) -> Content:
    """What the coach knows, with the lengths of real sound."""
    routines, safety = load_facts()
    words = Wording.for_language("en")
    return Content(routines, safety, words, screening, spoken=clips.seconds, drift=0.0)


def local_page(
    settings: Settings, clips: AudioCache, ear: SpeechToTextSource, clock: Clock = now
) -> Flask:
    """The application of the page; every page has a skill of its own, on its own clock."""
    content = repertoire(clips, settings.screening)
    latest = Latest(clock())

    def furnish(locale: str, has_screen: bool) -> BrowserSession:
        time = PageClock(clock, latest)
        device = local_device(settings, time, locale, spoken=clips.seconds, has_screen=has_screen)
        return BrowserSession(device, time, content, ear)

    return page_app(Sessions(furnish), clips, content.words, interaction_models.locales())


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """Serve an application on loopback while the context lasts; its address. 0 is any port."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = _server(app, port)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _server(app: Flask, port: int) -> BaseWSGIServer:
    if port and _is_taken(port):
        port = 0
    return make_server("127.0.0.1", port, app, threaded=True)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def talk_on_page(locale: str, announce: Callable[[str], None]) -> None:
    """The page, and the terminal beside it where there is one, until either is ended.

    Raises VoiceUnavailable if there is no voice.
    """
    settings = local_settings(os.environ.get("BACK_COACH_STORE", ""))
    # What cannot be opened is told before anything is announced.
    chosen_store(settings)
    with EspeakTextToSpeech() as voice:
        clips, ear = AudioCache(voice), SpeechToTextLoader(locale)
        app = local_page(settings, clips, ear)
        Thread(target=_get_ready, args=(clips, ear, settings), daemon=True).start()
        with served(app, USUAL_PORT) as address:
            announce(Wording.for_language("en")("page-address", address=address))
            _until_ended(locale)


def _get_ready(clips: AudioCache, ear: SpeechToTextLoader, settings: Settings) -> None:
    ear.ready()
    with suppress(TextToSpeechUnavailable):  # ended in the middle of it
        ready_ahead(clips, repertoire(clips, settings.screening))


def _until_ended(locale: str) -> None:
    try:
        if not talk_live(locale):
            # Started with nothing to read: the page alone, until somebody ends it.
            Event().wait()
    except KeyboardInterrupt:
        return
