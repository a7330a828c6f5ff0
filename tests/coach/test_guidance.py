"""Every exercise at every pace, new and known: what the SSML really holds, counts and mirrors."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

import pytest

from skill.coach.events import Event, Intent
from skill.coach.guidance.checkpoint import Checkpoint
from skill.coach.reply import Reply
from skill.content import Content
from speech.duration import estimate_duration
from speech.script import Cue, Hold, Pause, Say, Script
from speech.ssml import ssml
from speech.timeline import script_duration
from speech.wording import Wording
from tests.coach.sessions import Talk, cleared, guided
from tests.coach.witness import DOSES, SIDED

RATES = {"slower": 0.88, "normal": 1.0, "faster": 1.1}
HALFWAY = "Halfway."
MINUTES = {"a": 1, "two": 2, "three": 3, "four": 4, "five": 5}

Piece = str | float
"""Words, or seconds of silence."""


@pytest.fixture(params=DOSES)
def exercise(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=RATES)
def pace(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[True, False], ids=["new", "known"])
def is_new(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def replies(
    content: Content, morning: datetime, exercise: str, pace: str, is_new: bool
) -> list[Reply]:
    return guided(content, morning, exercise, pace=pace, is_new=is_new)


def pieces(text: str) -> list[Piece]:
    """An SSML text as words and silences; breaks that follow one another are one silence."""
    found: list[Piece] = []
    for piece in _nodes(ET.fromstring(text)):
        if isinstance(piece, float) and found and isinstance(found[-1], float):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _nodes(element: ET.Element) -> Iterator[Piece]:
    if element.tag == "break":
        time = element.attrib["time"]
        yield float(time[:-2]) / 1000 if time.endswith("ms") else float(time[:-1])
    yield from _text(element.text)
    for child in element:
        yield from _nodes(child)
        yield from _text(child.tail)


def _text(text: str | None) -> Iterator[str]:
    words = " ".join((text or "").split())
    if words:
        yield words


def commands(words: Wording) -> tuple[str, ...]:
    """Every way to say: from now on, hold."""
    timed = ["hold", "count", "knees-to-chest-pull-hold"]
    return (
        *(words(key, 0, seconds=seconds) for key in timed for seconds in (4, 5, 10)),
        words("hold-breaths", 0, breaths=3),
        words("hold.brief"),
        words("hold-breaths.brief", 0, breaths=3),
        f" {words('count.brief')}",
    )


def holds(text: str, rate: float, words: Wording) -> list[float]:
    """Seconds from each command to the words that end its hold."""
    found, endings = [], commands(words)
    rest = pieces(text)
    for index, piece in enumerate(rest):
        if isinstance(piece, str) and piece.endswith(endings):
            length = 0.0
            for following in rest[index + 1 :]:
                if isinstance(following, float):
                    length += following
                elif following == HALFWAY:
                    length += estimate_duration(HALFWAY, rate)
                else:
                    break
            found.append(length)
    return found


def test_every_hold_is_the_prescribed_one_and_they_are_counted_right(
    replies: list[Reply], content: Content, exercise: str, pace: str
) -> None:
    rate = RATES[pace]
    held = [s for reply in replies for s in holds(ssml(reply.script), rate, content.words)]
    dose = DOSES[exercise]
    assert held == pytest.approx([*dose.windows * dose.sides] * dose.rounds, abs=0.0011)


def test_halfway_is_said_in_holds_of_ten_seconds_only(replies: list[Reply], exercise: str) -> None:
    count = sum(pieces(ssml(reply.script)).count(HALFWAY) for reply in replies)
    dose = DOSES[exercise]
    assert count == (dose.rounds * dose.sides if dose.windows == (10.0,) else 0)


def test_the_pace_is_heard_in_the_rate(replies: list[Reply], pace: str) -> None:
    rate = round(RATES[pace] * 100)
    for reply in replies:
        assert ssml(reply.script).startswith(f'<speak><prosody rate="{rate}%">') != (rate == 100)


@pytest.mark.parametrize("is_new", [True])
def test_it_takes_about_as_long_as_was_announced(replies: list[Reply]) -> None:
    announced = re.match(r"(.*?about (\w+) minutes? in all\.)", replies[0].script.text)
    assert announced
    rate = replies[0].script.rate
    takes = sum(script_duration(reply.script) for reply in replies) - estimate_duration(
        announced[1], rate
    )

    assert abs(takes / 60 - MINUTES[announced[2]]) < 0.7


def test_no_reply_is_too_long(replies: list[Reply]) -> None:
    for reply in replies:
        assert script_duration(reply.script, stretch=1.1) <= 240
        assert len(ssml(reply.script)) < 8000
        assert "<break" in ssml(reply.script)


def test_the_command_comes_right_before_the_silence(replies: list[Reply], content: Content) -> None:
    endings = commands(content.words)
    for reply in replies:
        for before, after in pairwise(pieces(ssml(reply.script))):
            if isinstance(before, str) and before.endswith(endings):
                assert isinstance(after, float)


# Both sides.


def windows(script: Script) -> Iterator[tuple[Checkpoint, list[Cue]]]:
    """The cues of each side of each round, the pause after its release included."""
    groups: list[tuple[Checkpoint, list[Cue]]] = []
    for cue in script.cues:
        if isinstance(cue, Checkpoint):
            groups.append((cue, []))
        elif isinstance(cue, Pause) and groups and not groups[-1][1] and len(groups) > 1:
            groups[-2][1].append(cue)
        else:
            groups[-1][1].append(cue)
    return ((begins, cues) for begins, cues in groups if any(isinstance(c, Hold) for c in cues))


def swapped(text: str) -> str:
    other = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
    return re.sub(r"\b([Ll]eft|[Rr]ight)\b", lambda found: other[found[0]], text)


def mirrored(cues: list[Cue]) -> list[Cue]:
    return [Say(swapped(cue.text)) if isinstance(cue, Say) else cue for cue in cues]


def unannounced(cues: list[Cue]) -> list[Cue]:
    """The cues without the words that announce the round."""
    first = cues[0]
    assert isinstance(first, Say)
    words = re.sub(r"^((And )?[Rr]ound|And the last one|Here we go)[^.]*\. ", "", first.text)
    return [Say(words), *cues[1:]]


@pytest.mark.parametrize("exercise", sorted(SIDED), indirect=True)
def test_both_sides_are_mirrored_exactly(replies: list[Reply], exercise: str) -> None:
    sides = [window for reply in replies for window in windows(reply.script)]
    rounds = [sides[n : n + 2] for n in range(0, len(sides), 2)]
    assert len(rounds) == DOSES[exercise].rounds
    for number, ((left, left_cues), (right, right_cues)) in enumerate(rounds, start=1):
        assert (left.round, left.side) == (number, "left")
        assert (right.round, right.side) == (number, "right")
        assert mirrored(unannounced(left_cues)) == right_cues
        assert any(isinstance(cue, Say) and "left" in cue.text.lower() for cue in left_cues)


def test_left_leg_over_right_turns_left(content: Content, morning: datetime) -> None:
    (first, *_) = guided(content, morning, "seated-rotation", is_new=False)
    said = first.script.text
    assert "Left leg over right. Right elbow outside your left knee. Turn to the left." in said
    assert "Right leg over left. Left elbow outside your right knee. Turn to the right." in said


# Repetitions, beyond what one reply can carry.


def rounds_begun(replies: list[Reply]) -> list[int]:
    """The rounds that have a checkpoint, in order, each once in a row."""
    rounds = [
        cue.round
        for reply in replies
        for cue in reply.script.cues
        if isinstance(cue, Checkpoint) and cue.round and not cue.done
    ]
    return [here for here, before in zip(rounds, [0, *rounds], strict=False) if here != before]


@pytest.mark.parametrize("exercise", ["pelvic-tilt", "bridge"], indirect=True)
def test_thirty_repetitions_are_cut_between_rounds_and_counted_to_the_end(
    content: Content, morning: datetime, exercise: str, pace: str, is_new: bool
) -> None:
    replies = guided(
        content, morning, exercise, pace=pace, is_new=is_new, repetitions=30, agreed=True
    )
    assert len(replies) > 1
    assert rounds_begun(replies) == list(range(1, 31))
    counts = [len(holds(ssml(r.script), RATES[pace], content.words)) for r in replies]
    phases = len(DOSES[exercise].windows)
    assert sum(counts) == 30 * phases
    assert all(count % phases == 0 for count in counts)
    for reply in replies:
        assert script_duration(reply.script, stretch=1.1) <= 240
    for reply in replies[:-1]:
        assert reply.script.last_words.endswith("Say “ready” when you want to go on.")


@pytest.mark.parametrize(
    ("exercise", "asked", "given"),
    [
        ("knees-to-chest", 1, 1),
        ("knees-to-chest", 3, 3),
        ("knees-to-chest", 4, 3),
        ("lying-rotation", 10, 3),
        ("bridge", 1, 1),
        ("bridge", 31, 30),
        ("pelvic-tilt", 10**9, 30),
        ("cat-arch", 6, 5),
        ("seated-rotation", 1, 1),
        ("seated-rotation", 6, 5),
    ],
)
def test_repetitions_on_request_within_the_dose(
    exercise: str, asked: int, given: int, content: Content, morning: datetime
) -> None:
    agreed = exercise in ("bridge", "pelvic-tilt") and given > DOSES[exercise].rounds
    replies = guided(content, morning, exercise, repetitions=asked, is_new=False, agreed=agreed)
    assert rounds_begun(replies) == list(range(1, given + 1))


# A routine of all exercises.


@pytest.mark.parametrize("pace", RATES)
def test_a_routine_of_all_never_gets_anybody_up_twice(
    pace: str, content: Content, morning: datetime
) -> None:
    talk = Talk(content, morning, cleared(morning))
    talk.say(Event(Intent.CHANGE_PACE, pace=pace))
    all_of_them = content.words.number(len(content.exercises.ids)).capitalize()
    assert talk.say(Intent.START_ROUTINE).startswith(f"{all_of_them} stretches: ")
    talk.say(Intent.YES)
    replies = [talk.reply]
    while talk.state and talk.state.offer and talk.state.offer.kind == "go-on":
        talk.say(Intent.READY)
        replies.append(talk.reply)

    order = [c.exercise for r in replies for c in r.script.cues if isinstance(c, Checkpoint)]
    assert list(dict.fromkeys(order)) == list(DOSES)
    said = " ".join(reply.script.text for reply in replies)
    assert said.count("Lie down on your back") == 1
    assert said.count("come onto your hands and knees") == 1
    assert said.count("sit on a chair without arms") == 1
    lying = [e for e in content.exercises.exercise if e.posture == "lying"]
    assert said.count("Stay on your back.") == len(lying) - 1
    count = sum(len(holds(ssml(r.script), RATES[pace], content.words)) for r in replies)
    assert count == sum(dose.rounds * dose.sides * len(dose.windows) for dose in DOSES.values())
