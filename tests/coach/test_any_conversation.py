"""Random conversations, judged after every turn by somebody who only listens.

Whatever is said, whenever, and however sessions end: nobody is told to move without clearance,
and every answer keeps the rules of the platform.
"""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from skill.coach.conversation import recover
from skill.coach.effects import Effect, Forgotten, RoundsDone
from skill.coach.events import Event, Intent
from skill.coach.memory import Memory
from skill.coach.reply import Card, Reply, Turn
from skill.coach.session import take_turn
from skill.coach.state import State, read_state
from skill.content import Content, ScreeningStyle
from skill.exercises import load_facts
from skill.store.sqlite import SqliteStore
from speech.ssml import MOST_CHARACTERS, ssml
from speech.timeline import script_duration
from tests.coach.witness import (
    FULL_SET,
    LIMITED,
    Witness,
    dose_of,
    rounds_in,
    too_many_rounds,
    wrong_holds,
)

pytestmark = pytest.mark.slow

SETTINGS = settings(
    max_examples=60,
    stateful_step_count=40,
    # A conversation is told as it was: to make it shorter takes minutes.
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)

LONGEST_REPLY = 240.0
LONGEST_REPROMPT = 90.0
MOST_STATE_BYTES = 20_000

HERE = ZoneInfo("America/New_York")
NEW_YEAR = datetime(2025, 1, 1, tzinfo=HERE)
STARTS = st.floats(0, 365).map(lambda days: NEW_YEAR + timedelta(days=days))

A_MOMENT = st.floats(1, 30)
A_REPLY = st.floats(30, 400)
HOURS = st.floats(400, 20 * 3600)
DAYS = st.floats(1, 40).map(lambda days: days * 86_400)
GAPS = st.one_of(A_MOMENT, A_MOMENT, A_REPLY, A_REPLY, HOURS, DAYS)
"""Seconds between two utterances."""

FACTS = load_facts()[0]
"""Whatever is shipped is talked about; the witness knows by itself how much of it is right."""

EXERCISES = st.one_of(st.none(), st.sampled_from([*FACTS.ids, "bridge", "handstand", ""]))
EVENTS = st.builds(
    Event,
    intent=st.sampled_from([i for i in Intent if i is not Intent.SESSION_ENDED]),
    exercise=EXERCISES,
    posture=st.sampled_from([None, *(p.id for p in FACTS.posture), "headstand"]),
    pace=st.sampled_from(FACTS.pace_ids),
    repetitions=st.one_of(st.none(), st.integers(1, 40), st.just(10**12)),
    duration=st.one_of(st.none(), st.floats(0.1, 3600), st.just(1e15)),
    unknown=st.booleans(),
)

IN_THE_MIDDLE = [
    Intent.START_OVER,
    Intent.PREVIOUS,
    Intent.NEXT,
    Intent.REPEAT,
    Intent.PAUSE,
    Intent.RESUME,
    Intent.CHANGE_PACE,
    Intent.DESCRIBE,
]

AFTER_WORDS = [Intent.YES, Intent.NO, Intent.READY, Intent.REPEAT, Intent.RESUME]

_LAST_SENTENCE = re.compile(r"[^.?!]+[.?!]+[”\"]?\s*$")
_TELLS_WHAT_TO_SAY = re.compile(r"\b(say|ask|name)\b|\?", re.IGNORECASE)


class AnyConversation(RuleBasedStateMachine):
    """One person, any number of sessions."""

    content: Content
    store: SqliteStore
    people = count()
    turns = 0

    @initialize(start=STARTS)
    def somebody_comes(self, start: datetime) -> None:
        self.person = f"person-{next(self.people)}"
        self.now = start.astimezone(UTC)
        self.state: State | None = None
        self.witness = Witness(self.content.words, self.content.exercises.ids)
        self.rounds: dict[tuple[date, str], int] = {}
        self.recorded: set[str] = set()

    # What may happen.

    @rule(event=EVENTS, gap=GAPS)
    def something_is_said(self, event: Event, gap: float) -> None:
        self._say(event, gap)

    @rule(event=EVENTS)
    def something_is_said_at_once(self, event: Event) -> None:
        self._say(event, 2)

    @rule(exercise=EXERCISES, repetitions=st.one_of(st.none(), st.integers(20, 40)))
    def exercise_is_started(self, exercise: str | None, repetitions: int | None) -> None:
        self._say(Event(Intent.START_EXERCISE, exercise=exercise, repetitions=repetitions), 3)
        self._answer_no()

    @rule(intent=st.sampled_from(IN_THE_MIDDLE), is_late=st.booleans())
    def routine_is_started(self, intent: Intent, is_late: bool) -> None:
        self._say(Event(Intent.START_ROUTINE), 3)
        self._answer_no()
        self._say(Event(Intent.YES), 5)
        self._say(Event(intent, pace="normal"), self._until_midnight() if is_late else 40)

    @precondition(lambda self: self.witness.asked is not None)
    @rule()
    def every_question_is_answered_with_no(self) -> None:
        self._answer_no()

    @precondition(lambda self: self.state is not None)
    @rule(intent=st.sampled_from([Intent.YES, Intent.READY, Intent.NEXT, Intent.REPEAT]))
    def reply_is_heard_to_its_end(self, intent: Intent) -> None:
        self._say(Event(intent), self.length + 3)

    @rule(
        exercise=st.sampled_from(sorted(LIMITED)),
        repetitions=st.sampled_from([20, 28, 30, 31]),
        before=st.integers(0, 4),
        intent=st.sampled_from(IN_THE_MIDDLE),
    )
    def many_repetitions_take_a_turn(
        self, exercise: str, repetitions: int, before: int, intent: Intent
    ) -> None:
        self.exercise_is_started(exercise=exercise, repetitions=repetitions)
        self._go_on(before)
        self._say(Event(intent, pace="faster"), 60)
        self._go_on(5)

    @rule(exercise=st.sampled_from(FACTS.ids), is_late=st.booleans())
    def exercise_is_described_twice(self, exercise: str, is_late: bool) -> None:
        self._say(Event(Intent.DESCRIBE, exercise=exercise), 20)
        self._say(Event(Intent.REPEAT), self._until_midnight() if is_late else 10)

    @precondition(lambda self: self.state is not None and self.state.guidance is not None)
    @rule(intent=st.sampled_from(IN_THE_MIDDLE), after=st.floats(5, 120))
    def guidance_is_turned(self, intent: Intent, after: float) -> None:
        self._say(Event(intent, pace="slower"), after)

    @precondition(lambda self: self.state is not None)
    @rule(intent=st.sampled_from([*IN_THE_MIDDLE, *AFTER_WORDS]))
    def midnight_passes_in_the_middle(self, intent: Intent) -> None:
        self._say(Event(intent, pace="faster"), self._until_midnight())

    @precondition(lambda self: self.state is not None)
    @rule(gap=GAPS)
    def session_ends(self, gap: float) -> None:
        self._say(Event(Intent.SESSION_ENDED), gap)

    @precondition(lambda self: self.state is not None)
    @rule()
    def session_is_lost_without_a_word(self) -> None:
        self.state = None
        self.witness.session_is_lost()

    @rule(gap=GAPS)
    def session_comes_back_broken(self, gap: float) -> None:
        self._pass(gap)
        self.witness.session_is_lost()
        self._take(recover(self.content, Event(Intent.RESUME), self._memory(), self._here()))

    # How a turn is taken and judged.

    def _answer_no(self) -> None:
        for _ in FULL_SET:
            if self.witness.asked is not None:
                self._say(Event(Intent.NO), 4)

    def _go_on(self, times: int) -> None:
        for _ in range(times):
            if self.state and self.state.offer and self.state.offer.kind == "go-on":
                self._say(Event(Intent.READY), self.length + 2)

    def _say(self, event: Event, gap: float) -> None:
        self._pass(gap)
        if self.state is None:
            self.witness.session_begins()
        self.witness.hears_person(event.intent, self._here())
        taken = take_turn(self.content, self.state, event, self._memory(), self._here())
        assert not taken.recovered, taken.recovered
        self._take(taken.turn)

    def _take(self, turn: Turn) -> None:
        type(self).turns += 1
        self._keep(turn.effects)
        asked_before = self.witness.asked
        self.witness.hears_coach(turn.reply)
        is_open = turn.reply is not None and turn.reply.is_open
        self.length = script_duration(turn.reply.script) if turn.reply else 0.0
        self.state = through_json(turn.state) if is_open else None
        if turn.reply is None:
            return
        self._check_clearance(turn.reply, asked_before)
        self._check_dose(turn.reply)
        check_limits(turn.reply)
        check_manners(turn.reply)

    def _check_clearance(self, reply: Reply, asked_before: str | None) -> None:
        here = self._here()
        if self.witness.instructs(reply):
            assert self.witness.clears(here), "an instruction, and nobody is cleared"
        if self.witness.asked is not None and asked_before is None:
            assert not self.witness.clears(here), "a question, and the person is cleared today"
            is_short = self.witness.asked == "since-last-time"
            assert is_short == self.witness.full_set_counts(here), "the wrong set of questions"

    def _check_dose(self, reply: Reply) -> None:
        assert wrong_holds(reply.script) == []
        assert too_many_rounds(reply.script) == []
        for exercise, rounds in rounds_in(reply.script).items():
            assert rounds == pytest.approx(round(rounds)), "half a round"
            before = self.rounds.get((self._here().date(), exercise), 0)
            ceiling = dose_of(exercise).ceiling or 1000
            assert round(before + rounds) <= ceiling, "past the day's ceiling"

    def _keep(self, effects: tuple[Effect, ...]) -> None:
        self.store.keep(self.person, effects)
        for effect in effects:
            if isinstance(effect, Forgotten):
                self.rounds.clear()
            elif isinstance(effect, RoundsDone) and effect.id not in self.recorded:
                self.recorded.add(effect.id)
                day = datetime.fromtimestamp(effect.at, HERE).date(), effect.exercise
                self.rounds[day] = self.rounds.get(day, 0) + effect.rounds

    def _memory(self) -> Memory:
        return self.store.recall(self.person)

    def _here(self) -> datetime:
        return self.now.astimezone(HERE)

    def _until_midnight(self) -> float:
        """Seconds until a little after it."""
        midnight = (self._here() + timedelta(days=1)).replace(hour=0, minute=0, second=0)
        return midnight.timestamp() + 20 - self.now.timestamp()

    def _pass(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def through_json(state: State) -> State | None:
    text = json.dumps(state.to_json())
    assert len(text.encode()) < MOST_STATE_BYTES
    read = read_state(json.loads(text))
    assert read == state
    return read


def check_limits(reply: Reply) -> None:
    assert len(ssml(reply.script)) < MOST_CHARACTERS
    assert script_duration(reply.script, stretch=1.1) <= LONGEST_REPLY
    if reply.reprompt is not None:
        assert len(ssml(reply.reprompt)) < MOST_CHARACTERS
        assert script_duration(reply.reprompt, stretch=1.1) <= LONGEST_REPROMPT
    if isinstance(reply.card, Card):
        assert len(reply.card.title) + len(reply.card.text) < MOST_CHARACTERS


def check_manners(reply: Reply) -> None:
    """An open reply ends by asking, or by saying what to say; a closed one asks nothing."""
    if reply.reprompt is None:
        assert "?" not in reply.script.text
        return
    ending = _LAST_SENTENCE.search(reply.script.last_words)
    assert ending is not None
    assert _TELLS_WHAT_TO_SAY.search(ending[0]), reply.script.last_words
    assert _TELLS_WHAT_TO_SAY.search(reply.reprompt.text), reply.reprompt.text


@pytest.mark.parametrize("screening", ["questions", "statement"])
def test_no_conversation_breaks_a_rule(
    screening: ScreeningStyle, content: Content, tmp_path: Path
) -> None:
    style = replace(content, screening=screening)

    class Walk(AnyConversation):
        content = style
        store = SqliteStore(tmp_path / "memory.sqlite3")

    run_state_machine_as_test(Walk, settings=SETTINGS)
    Walk.store.close()
    assert Walk.turns > 2000
