"""Doubts of an answer, looked for by a second process: real sound, a real process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from array import array
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from speech.stt.pocketsphinx.alternatives import AlternativesInProcess
from speech.stt.pocketsphinx.decoder import Sphinx
from speech.stt.pocketsphinx.worker_process import AlternativesInWorker
from speech.tts.espeak import EspeakTextToSpeech
from tests.bench.hearing import QUIET, in_a_room

OTHERS = ("yes", "now", "not sure", "snow")


@pytest.fixture(scope="module")
def sounds() -> dict[str, array[int]]:
    with EspeakTextToSpeech() as voice:
        return {said: in_a_room(voice, said, QUIET, 1) for said in ("no", "now", "play some music")}


@pytest.fixture(scope="module")
def here() -> AlternativesInProcess:
    sphinx = Sphinx()
    return AlternativesInProcess(sphinx, OTHERS, sphinx.of_phones())


@pytest.fixture
def beside() -> Iterator[AlternativesInWorker]:
    doubts = AlternativesInWorker(OTHERS)
    yield doubts
    doubts.close()


def test_beside_finds_what_is_found_here(
    here: AlternativesInProcess, beside: AlternativesInWorker, sounds: dict[str, array[int]]
) -> None:
    found = {said: beside.begin(sound)() for said, sound in sounds.items()}

    assert found == {said: here.begin(sound)() for said, sound in sounds.items()}


def test_what_nobody_asked_for_is_not_taken_for_the_next(
    here: AlternativesInProcess, beside: AlternativesInWorker, sounds: dict[str, array[int]]
) -> None:
    beside.begin(sounds["play some music"])

    assert beside.begin(sounds["no"])() == here.begin(sounds["no"])()


@pytest.mark.parametrize("is_begun", [True, False])
def test_a_process_that_died_leaves_one_answer_in_doubt(
    here: AlternativesInProcess,
    beside: AlternativesInWorker,
    sounds: dict[str, array[int]],
    is_begun: bool,
) -> None:
    expected = here.begin(sounds["no"])()
    assert beside.begin(sounds["no"])() == expected
    (process,) = active_children()

    pending = beside.begin(sounds["no"]) if is_begun else None
    process.kill()
    process.join()
    answer = (pending or beside.begin(sounds["no"]))()

    assert answer in ((None, expected) if is_begun else (None,))
    assert beside.begin(sounds["no"])() == expected


def test_ctrl_c_is_not_for_the_process(
    beside: AlternativesInWorker, sounds: dict[str, array[int]]
) -> None:
    beside.begin(sounds["no"])()
    (process,) = active_children()
    assert process.pid

    os.kill(process.pid, signal.SIGINT)

    assert beside.begin(sounds["no"])() is not None


ASKER = """
import sys
from speech.stt.pocketsphinx.worker_process import DoubtsBeside

doubts = DoubtsBeside(("yes",))
print("asking", flush=True)
sys.stdin.read()
"""


def test_the_process_ends_with_the_one_that_asks() -> None:
    asker = subprocess.Popen(
        [sys.executable, "-c", ASKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert asker.stdout
    assert asker.stdout.readline() == "asking\n"

    asker.kill()

    # Both hold the pipe: it ends with the later of them.
    asker.communicate(timeout=30)
