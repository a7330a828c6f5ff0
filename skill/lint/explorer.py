"""Conversation explorer: every kind of reply is heard at least once."""

from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product

from msgspec.structs import replace as replace_struct

from skill.coach.actions import Action, ActionResult, AskPermission, SetReminder
from skill.coach.conversation import recover
from skill.coach.events import Event, Intent
from skill.coach.guidance.compiler import compile_script
from skill.coach.guidance.dose import next_due
from skill.coach.memory import Memory
from skill.coach.reply import Turn
from skill.coach.session import take_turn
from skill.coach.state import ConversationPhase, Guidance, State, read_state
from skill.content import Content
from skill.lint.interrupting import INTERRUPTIONS, Kind, moments
from skill.lint.personas import after, personas, practised
from speech.timeline import script_duration, timeline

MISSES = 3
"""How often in a row somebody is not understood, after the first time."""

AT_ONCE, MIDDLE, END = 0.02, 0.5, 1.01
"""Shares of a reply after which guidance is interrupted."""

WHERE_MATTERS = frozenset({Intent.PAUSE, Intent.HOW_LONG_LEFT, Intent.PAIN, Intent.RESUME})
"""What is answered in other words before the first round."""

AFTER_ACTIONS = (Intent.ACTION_DONE, Intent.PERMITTED, Intent.NOT_PERMITTED)
"""What comes back from an errand, and at no other time."""

A_TIME = "18:05"
"""When somebody wants to be reminded."""

A_WHILE = 5.0
"""Seconds before an answer to a question."""


@dataclass(frozen=True)
class Spot:
    """Spot in a conversation, from which it can go on in many ways."""

    memory: Memory
    state: State | None
    now: datetime
    path: tuple[str, ...]
    """Who it is, and what they said so far."""

    def after(self, seconds: float) -> "Spot":
        """The same, later."""
        return replace(self, now=self.now + timedelta(seconds=seconds))


@dataclass(frozen=True)
class ExploredReply:
    """Explored reply, and how it came about."""

    turn: Turn
    path: tuple[str, ...]
    event: Event
    failure: str = ""
    """Why the coach could not answer; the turn is an empty one then."""


def explore(content: Content, now: datetime) -> Iterator[ExploredReply]:
    """Every reply that the walk comes by, and every failure to reply."""
    seen: set[Hashable] = set()
    for name, memory in personas(content, now).items():
        yield from _explore_states(content, Spot(memory, None, now, (name,)), seen)
    yield from _explore_guidance(content, now)
    yield from _interrupted(content, now)
    yield from _asked_by_statement(content, now)
    for event in events(content):
        yield ExploredReply(recover(content, event, Memory(), now), ("lost state",), event)


def events(content: Content) -> list[Event]:
    """Everything that may be meant, with all kinds of slots."""
    special = {Intent.LAUNCH, Intent.CHANGE_PACE, *AFTER_ACTIONS}
    plain = [intent for intent in Intent if intent not in special]
    exercises = [*content.exercises.ids, None]
    about = (Intent.START_EXERCISE, Intent.DESCRIBE, Intent.HOW_OFTEN)
    return [
        Event(Intent.LAUNCH),
        *(Event(intent) for intent in plain if intent not in about),
        *(Event(intent, exercise=e) for intent, e in product(about, exercises)),
        *(Event(intent, unknown=True) for intent in (*about, Intent.START_ROUTINE)),
        *(Event(Intent.CHANGE_PACE, pace=pace.id) for pace in content.exercises.pace),
        *(Event(Intent.START_ROUTINE, posture=p.id) for p in content.exercises.posture),
        *(Event(Intent.START_ROUTINE, duration=seconds) for seconds in (20.0, 300.0)),
        Event(Intent.REMIND_ME, time=A_TIME),
    ]


def _explore_states(
    content: Content, opening: Spot, seen: set[Hashable]
) -> Iterator[ExploredReply]:
    """All events at the opening, and in every kind of state not yet seen that it leads to."""
    everything = events(content)
    waiting = deque([opening])
    while waiting:
        spot = waiting.popleft()
        for seconds, event in _utterances_at(content, spot, everything, seen):
            later = spot.after(seconds)
            heard = _reply_to(content, later, event)
            yield heard
            following = _spot_after(later, heard)
            if following is None:
                continue
            if heard.turn.action is not None:
                yield from _carried_out(content, following, heard.turn.action)
                continue
            if event.intent is Intent.FALLBACK:
                yield from _explore_misses(content, following)
            if (kind := _kind_of_state(content, following)) not in seen:
                seen.add(kind)
                waiting.append(following)


def _asked_by_statement(content: Content, now: datetime) -> Iterator[ExploredReply]:
    """What follows where the safety signs are read as one list."""
    content = replace(content, screening="statement")
    opening = Spot(Memory(), None, now, ("new, asked by statement",))
    heard = _reply_to(
        content, opening, Event(Intent.START_EXERCISE, exercise=content.exercises.ids[0])
    )
    yield heard
    asking = _spot_after(opening, heard)
    if asking is not None:
        for event in events(content):
            yield _reply_to(content, asking.after(A_WHILE), event)


def _carried_out(content: Content, spot: Spot, action: Action) -> Iterator[ExploredReply]:
    """What is said to each thing that may become of an errand."""
    time = action.time if isinstance(action, SetReminder) else ""
    for outcome in ActionResult:
        if outcome is ActionResult.SET and not time:
            continue
        done = Event(Intent.ACTION_DONE, outcome=outcome, time=time, token="any")  # noqa: S106 - no secret
        heard = _reply_to(content, spot, done)
        yield heard
        following = _spot_after(spot, heard)
        if isinstance(heard.turn.action, AskPermission) and following is not None:
            yield _reply_to(content, following, Event(Intent.PERMITTED, time=time))
            yield _reply_to(content, following, Event(Intent.NOT_PERMITTED))


def _explore_misses(content: Content, spot: Spot) -> Iterator[ExploredReply]:
    """What is said to somebody who is not understood again and again."""
    for _ in range(MISSES):
        heard = _reply_to(content, spot.after(A_WHILE), Event(Intent.FALLBACK))
        yield heard
        following = _spot_after(spot.after(A_WHILE), heard)
        if following is None:
            return
        spot = following


def _reply_to(content: Content, spot: Spot, event: Event) -> ExploredReply:
    try:
        taken = take_turn(content, spot.state, event, spot.memory, spot.now)
        turn = taken.turn
        read_state(turn.state.to_json(), content.exercises, content.safety)
    except (LookupError, ValueError, TypeError, AssertionError) as error:
        failure = f"{type(error).__name__}: {error}"
        return ExploredReply(Turn(State(), None), spot.path, event, failure)
    if taken.recovered:
        return ExploredReply(Turn(State(), None), spot.path, event, taken.recovered)
    return ExploredReply(turn, spot.path, event)


def _spot_after(spot: Spot, heard: ExploredReply) -> Spot | None:
    """Where the conversation stands after a reply; None where it is over."""
    turn = heard.turn
    if not turn.is_open:
        return None
    memory = after(spot.memory, turn.effects)
    return Spot(memory, turn.state, spot.now, (*heard.path, _event_name(heard.event)))


def _utterances_at(
    content: Content, spot: Spot, everything: list[Event], seen: set[Hashable]
) -> Iterator[tuple[float, Event]]:
    """What may be said now, and after how many seconds."""
    length = _guidance_seconds(content, spot)
    if length is None:
        yield from ((A_WHILE, event) for event in everything)
        return
    yield from ((length * MIDDLE, event) for event in everything)
    yield from ((length * AT_ONCE, e) for e in everything if e.intent in WHERE_MATTERS)
    if (ended := (END, spot.state and spot.state.offer and spot.state.offer.kind)) not in seen:
        seen.add(ended)
        yield from ((length * END, event) for event in everything)


def _guidance_seconds(content: Content, spot: Spot) -> float | None:
    """Seconds of the guidance that is being spoken; None where there is none."""
    state = spot.state
    if state is None or state.phase is not ConversationPhase.GUIDING or state.guidance is None:
        return None
    return script_duration(compile_script(state.guidance, content), content.spoken)


def _kind_of_state(content: Content, spot: Spot) -> Hashable:
    """What makes two states different enough to look at both."""
    state = spot.state
    if state is None:
        return None
    return (
        state.phase,
        state.screening and replace_struct(state.screening, at=None),
        state.offer and state.offer.kind,
        state.guidance and _kind_of_guidance(state.guidance),
        next_due(content, spot.memory.on(spot.now.date().isoformat())) is None,
    )


def _kind_of_guidance(guidance: Guidance) -> Hashable:
    is_last = guidance.step == len(guidance.plan) - 1
    return guidance.entry == "start", is_last


def _event_name(event: Event) -> str:
    said = [event.exercise, event.posture, event.pace, event.repetitions, event.duration]
    return " ".join([event.intent, *(str(part) for part in said if part is not None)])


def _explore_guidance(content: Content, now: datetime) -> Iterator[ExploredReply]:
    """Every exercise and the routine, at every pace, in both wordings, with few and many rounds."""
    exercises = [(e.id, e.most.value) for e in content.exercises.exercise]
    starts = [Event(Intent.START_ROUTINE)]
    for exercise, most in exercises:
        starts.append(Event(Intent.START_EXERCISE, exercise=exercise))
        starts += [
            Event(Intent.START_EXERCISE, exercise=exercise, repetitions=rounds)
            for rounds in (1, int(most), int(most) + 1)
        ]
    for pace, times, event in product(content.exercises.pace, (0, 9), starts):
        memory = practised(content, now, pace=pace.id, times=times)
        wording = "experienced" if times else "first time"
        yield from _to_the_end(content, Spot(memory, None, now, (wording, pace.id)), event)


def _to_the_end(content: Content, spot: Spot, event: Event) -> Iterator[ExploredReply]:
    """The replies of one exercise or routine, as long as saying yes goes on with it."""
    while True:
        heard = _reply_to(content, spot, event)
        yield heard
        following = _spot_after(spot, heard)
        if following is None or following.state is None:
            return
        if following.state.offer is None:
            return
        if following.state.offer.kind not in ("go-on", "begin"):
            return
        length = _guidance_seconds(content, following)
        spot, event = following.after((length or A_WHILE) * END), Event(Intent.YES)


def _interrupted(content: Content, now: datetime) -> Iterator[ExploredReply]:
    """Every exercise, in both wordings, interrupted at every kind of moment, and resumed."""
    for exercise, times in product(content.exercises.ids, (0, 9)):
        memory = practised(content, now, pace="normal", times=times)
        spot = Spot(memory, None, now, ("experienced" if times else "first time",))
        seen: set[tuple[Kind, str]] = set()
        for guided in _replies(content, spot, Event(Intent.START_EXERCISE, exercise=exercise)):
            for kind, side, second in _moments(content, guided):
                if (kind, side) not in seen:
                    seen.add((kind, side))
                    there = replace(guided.after(second), path=(*guided.path, kind))
                    yield from _spoken_up(content, there)


def _replies(content: Content, spot: Spot, event: Event) -> Iterator[Spot]:
    """The guidance of one exercise, reply after reply."""
    while True:
        guided = _spot_after(spot, _reply_to(content, spot, event))
        length = _guidance_seconds(content, guided) if guided else None
        if guided is None or length is None:
            return  # told where the exercises are guided to their ends
        yield guided
        offer = guided.state.offer if guided.state else None
        if offer is None or offer.kind != "go-on":
            return
        spot, event = guided.after(length * END), Event(Intent.READY)


def _moments(content: Content, spot: Spot) -> list[tuple[Kind, str, float]]:
    assert spot.state is not None and spot.state.guidance is not None  # noqa: S101, PT018 - guided
    spans = timeline(
        compile_script(spot.state.guidance, content), content.spoken, 1 + content.drift
    )
    return [*moments(spans), (Kind.OVER, "", spans[-1].end + 1)]


def _spoken_up(content: Content, spot: Spot) -> Iterator[ExploredReply]:
    for intent in INTERRUPTIONS:
        heard = _reply_to(content, spot, Event(intent))
        yield heard
        following = _spot_after(spot, heard)
        if intent is Intent.PAUSE and following is not None:
            yield _reply_to(content, following.after(A_WHILE), Event(Intent.RESUME))
