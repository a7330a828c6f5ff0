"""Competing hypotheses found by a worker process: real audio, a real process."""

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
from speech.stt.pocketsphinx.decoder import DecoderFactory
from speech.stt.pocketsphinx.worker_process import AlternativesInWorker
from speech.tts.espeak import EspeakTextToSpeech
from tests.speech.rooms import QUIET, in_a_room

pytestmark = pytest.mark.sound

OTHERS = ("yes", "now", "not sure", "snow")


@pytest.fixture(scope="module")
def utterances() -> dict[str, array[int]]:
    with EspeakTextToSpeech() as tts:
        return {said: in_a_room(tts, said, QUIET, 1) for said in ("no", "now", "play some music")}


@pytest.fixture(scope="module")
def in_process() -> AlternativesInProcess:
    decoders = DecoderFactory()
    return AlternativesInProcess(decoders, OTHERS, decoders.phone_decoder())


@pytest.fixture
def worker() -> Iterator[AlternativesInWorker]:
    search = AlternativesInWorker(OTHERS)
    yield search
    search.close()


def test_a_worker_finds_what_is_found_in_process(
    in_process: AlternativesInProcess,
    worker: AlternativesInWorker,
    utterances: dict[str, array[int]],
) -> None:
    found = {said: worker.begin(audio)() for said, audio in utterances.items()}

    assert found == {said: in_process.begin(audio)() for said, audio in utterances.items()}


def test_what_nobody_asked_for_is_not_taken_for_the_next(
    in_process: AlternativesInProcess,
    worker: AlternativesInWorker,
    utterances: dict[str, array[int]],
) -> None:
    worker.begin(utterances["play some music"])

    assert worker.begin(utterances["no"])() == in_process.begin(utterances["no"])()


def test_of_two_utterances_the_later_is_searched(
    in_process: AlternativesInProcess,
    worker: AlternativesInWorker,
    utterances: dict[str, array[int]],
) -> None:
    former, later = worker.begin(utterances["now"]), worker.begin(utterances["no"])

    assert (former(), later()) == (None, in_process.begin(utterances["no"])())


@pytest.mark.parametrize("is_begun", [True, False])
def test_a_process_that_died_leaves_one_answer_in_doubt(
    in_process: AlternativesInProcess,
    worker: AlternativesInWorker,
    utterances: dict[str, array[int]],
    is_begun: bool,
) -> None:
    expected = in_process.begin(utterances["no"])()
    assert worker.begin(utterances["no"])() == expected
    (process,) = active_children()

    pending = worker.begin(utterances["no"]) if is_begun else None
    process.kill()
    process.join()
    answer = (pending or worker.begin(utterances["no"]))()

    assert answer in ((None, expected) if is_begun else (None,))
    assert worker.begin(utterances["no"])() == expected


def test_ctrl_c_is_not_for_the_process(
    worker: AlternativesInWorker, utterances: dict[str, array[int]]
) -> None:
    worker.begin(utterances["no"])()
    (process,) = active_children()
    assert process.pid

    os.kill(process.pid, signal.SIGINT)

    assert worker.begin(utterances["no"])() is not None


ASKER = """
import sys
from speech.stt.pocketsphinx.worker_process import AlternativesInWorker

search = AlternativesInWorker(("yes",))
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
    asker.communicate()
