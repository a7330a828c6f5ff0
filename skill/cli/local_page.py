"""Local page put together: a voice, speech to text, and for each page a skill and a device."""

import os
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from flask import Flask

import interaction_models
from skill.cli.local_speaker import local_device, local_settings, talk_live
from skill.cli.loopback_server import served
from skill.content import Content, ScreeningStyle
from skill.exercises import load_facts
from skill.settings import Settings
from skill.speaker.browser.browser_session import BrowserSession
from skill.speaker.browser.page import page_app
from skill.speaker.browser.page_clock import Clock, LatestMoment, PageClock, now
from skill.speaker.browser.sessions import Sessions
from skill.speaker.browser.speech_to_text_loader import SpeechToTextLoader, SpeechToTextSource
from skill.speaker.playback import play
from skill.speaker.prewarm import likely
from skill.store import open_configured
from speech.ssml import ssml
from speech.tts.audio_cache import AudioCache
from speech.tts.base import TextToSpeechUnavailable
from speech.tts.espeak import EspeakTextToSpeech
from speech.wording import Wording

USUAL_PORT = 8484


def prewarm(clips: AudioCache, content: Content) -> None:
    """Prewarm the voice: say what is likely to be said, so that its sound is there at once."""
    for script in likely(content):
        play(ssml(script, clips.seconds), clips.seconds)


def local_content(clips: AudioCache, screening: ScreeningStyle) -> Content:
    """Content of the coach, with the lengths of real sound."""
    exercises, safety = load_facts()
    words = Wording.for_language("en")
    return Content(exercises, safety, words, screening, spoken=clips.seconds, drift=0.0)


def local_page(
    settings: Settings,
    clips: AudioCache,
    speech_to_text: SpeechToTextSource,
    clock: Clock = now,
) -> Flask:
    """WSGI application of the page; every page has a skill of its own, on its own clock."""
    content = local_content(clips, settings.screening)
    latest = LatestMoment(clock())

    def create(locale: str, has_screen: bool) -> BrowserSession:
        time = PageClock(clock, latest)
        device = local_device(settings, time, locale, spoken=clips.seconds, has_screen=has_screen)
        return BrowserSession(device, time, content, speech_to_text)

    return page_app(Sessions(create), clips, content.words, interaction_models.locales())


def talk_on_page(locale: str, announce: Callable[[str], None]) -> None:
    """Serve the page, and the terminal beside it where there is one, until either is ended.

    Raises:
        TextToSpeechUnavailable: there is no voice.
    """
    settings = local_settings(os.environ.get("BACK_COACH_STORE", ""))
    # What cannot be opened is told before anything is announced.
    open_configured(settings)
    with EspeakTextToSpeech() as voice:
        clips, speech_to_text = AudioCache(voice), SpeechToTextLoader(locale)
        app = local_page(settings, clips, speech_to_text)
        Thread(target=_get_ready, args=(clips, speech_to_text, settings), daemon=True).start()
        with served(app, USUAL_PORT) as address:
            announce(Wording.for_language("en")("page-address", address=address))
            _until_ended(locale)


def _get_ready(clips: AudioCache, speech_to_text: SpeechToTextLoader, settings: Settings) -> None:
    speech_to_text.ready()
    with suppress(TextToSpeechUnavailable):  # ended in the middle of it
        prewarm(clips, local_content(clips, settings.screening))


def _until_ended(locale: str) -> None:
    try:
        if not talk_live(locale):
            # Started with nothing to read: the page alone, until somebody ends it.
            Event().wait()
    except KeyboardInterrupt:
        return
