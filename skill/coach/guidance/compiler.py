"""Guidance compiler: a plan to a script of cues; the same recipe always gives the same cues."""

from collections.abc import Iterator

import msgspec

from skill.coach.context import name_of
from skill.coach.guidance.checkpoint import Checkpoint
from skill.coach.state import Guidance, Step
from skill.content import Content
from skill.exercises import Exercise, ExercisePhase, Side
from skill.exercises.message_keys import (
    PhaseKeys,
    brief_key,
    exercise_keys,
    posture_keys,
    way_between_key,
)
from speech.script import Cue, Hold, Mark, Pause, Say, Script
from speech.timeline import script_duration
from speech.wording import Line
from speech.wording.catalog import Argument

SECONDS_PER_MINUTE = 60

MOST_SCRIPTS = 2000
"""Compiled scripts that are kept at once; about 4 kB each."""


def compile_script(guidance: Guidance, content: Content, *, titled: bool = True) -> Script:
    """The cues of one reply, from its lead to its prompt; if not titled, from the position on."""
    # Every turn compiles the guidance of the turn before again, to find its place in it.
    recipe = msgspec.json.encode(msgspec.structs.replace(guidance, started=None)), titled
    script = content.scripts.get(recipe)
    if script is None:
        script = _Writer(guidance, content, titled=titled).write()
        if len(content.scripts) >= MOST_SCRIPTS:
            content.scripts.clear()
        content.scripts[recipe] = script
    return script


def minutes(seconds: float) -> int:
    """Whole minutes to say for a length; 0 for clearly less than one."""
    return round(seconds / SECONDS_PER_MINUTE + 0.1)


def steps_seconds(
    content: Content,
    plan: tuple[Step, ...],
    pace: str,
    posture: str = "",
    *,
    titled: bool = True,
) -> float:
    """Estimated seconds of a whole plan, introductions included; if not titled, without titles."""
    last = len(plan) - 1
    whole = Guidance(
        plan, until_step=last, until_round=plan[last].rounds, pace=pace, posture=posture
    )
    return script_duration(compile_script(whole, content, titled=titled), content.spoken)


def seconds_left(content: Content, guidance: Guidance) -> float:
    """Estimated seconds from where the guidance stands to the end of its plan."""
    last = len(guidance.plan) - 1
    whole = msgspec.structs.replace(
        guidance, until_step=last, until_round=guidance.plan[last].rounds
    )
    return script_duration(compile_script(whole, content), content.spoken)


def first_side(exercise: Exercise) -> str:
    """The side that a round begins on; empty where both work at once."""
    return exercise.sides[0] or ""


class _Writer:
    """Writes cues one after the other, keeping what is said without a break in one Say."""

    def __init__(self, guidance: Guidance, content: Content, *, titled: bool) -> None:
        self.guidance = guidance
        self.content = content
        self.titled = titled
        self.pace = content.exercises.pace_named(guidance.pace)
        self.cues: list[Cue] = []

    def write(self) -> Script:
        guidance = self.guidance
        opening = 0 if guidance.entry == "start" else guidance.round
        first = guidance.plan[guidance.step].exercise
        self.cues.append(Checkpoint(guidance.step, first, opening))
        for part in guidance.lead:
            self._say(part)
        posture = guidance.posture
        for index in range(guidance.step, guidance.until_step + 1):
            exercise = self.content.exercise(guidance.plan[index].exercise)
            self._write_step(index, exercise, posture)
            posture = exercise.posture
        for part in guidance.tail:
            self._say(part)
        return Script(tuple(self.cues), self.pace.rate.value)

    def _write_step(self, index: int, exercise: Exercise, posture: str) -> None:
        guidance, step = self.guidance, self.guidance.plan[index]
        is_first, is_last = index == guidance.step, index == guidance.until_step
        first = guidance.round if is_first else 1
        last = guidance.until_round if is_last else step.rounds
        entry = guidance.entry if is_first else "start"
        if not is_first:
            self.cues.append(Checkpoint(index, exercise.id, 0))
        if entry == "start":
            self._write_introduction(index, exercise, posture, is_first=is_first)
        elif posture != exercise.posture:
            self._take_position(exercise, posture, full=step.full)
        self.cues.append(Checkpoint(index, exercise.id, first, first_side(exercise)))
        if entry == "again":
            self._take_again(first, exercise)
        for number in range(first, last + 1):
            self._write_round(index, exercise, number, is_opening=number == first, entry=entry)
        self._write_line("rest")
        if last == step.rounds and not is_last:
            self._write_line("step-done", exercise=name_of(exercise.id))
            self._write_pause(self.content.exercises.guidance.between_exercises.value)

    def _write_introduction(
        self, index: int, exercise: Exercise, posture: str, *, is_first: bool
    ) -> None:
        if self.titled:
            self._write_title(index, exercise, posture, is_first=is_first)
        self._take_position(exercise, posture, full=self.guidance.plan[index].full)

    def _write_title(self, index: int, exercise: Exercise, posture: str, *, is_first: bool) -> None:
        step = self.guidance.plan[index]
        name = name_of(exercise.id)
        if not is_first:
            self._write_line("next-up", exercise=name)
        if step.full:
            self._write_line(
                "title-dose",
                exercise=name,
                rounds=step.rounds,
                sided="yes" if exercise.sided else "no",
                minutes=minutes(self._seconds_after_title(step, posture)),
            )
            if index == 0:
                self._write_line("pause-whenever")
        else:
            self._write_line("title-dose.brief", exercise=name, rounds=step.rounds)

    def _seconds_after_title(self, step: Step, posture: str) -> float:
        """From taking the position to the end of the last round, for saying how long it takes."""
        return steps_seconds(self.content, (step,), self.guidance.pace, posture, titled=False)

    def _take_position(self, exercise: Exercise, posture: str, *, full: bool) -> None:
        facts = self.content.exercises.posture_named(exercise.posture)
        keys, own = posture_keys(exercise.posture), exercise_keys(exercise)
        if posture == exercise.posture:
            self._write_line(keys.stay)
            self._write_pause(facts.stay.value)
        else:
            changed = way_between_key(posture, exercise.posture)
            anywhere = keys.take if full else keys.take_brief
            self._write_line(changed if changed in self.content.words else anywhere)
            self._write_pause(facts.settle.value)
        self._write_line(own.setup if full else own.setup_brief)
        self._write_pause(exercise.setup.value)

    def _take_again(self, number: int, exercise: Exercise) -> None:
        self._write_line("round-again", round=number, side=first_side(exercise) or "none")
        self._write_pause(self.content.exercises.guidance.resume.value)

    def _write_round(
        self, index: int, exercise: Exercise, number: int, *, is_opening: bool, entry: str
    ) -> None:
        step = self.guidance.plan[index]
        if not (is_opening and entry == "again"):
            self._write_round_number(number, step)
        checkpoints = list(_checkpoints_after(index, exercise, number, step))
        phases = list(zip(exercise.phase, exercise_keys(exercise).phases, strict=True))
        for side, following in zip(exercise.sides, checkpoints, strict=True):
            for phase, keys in phases:
                is_final = phase is exercise.phase[-1]
                self._write_phase(
                    phase,
                    keys,
                    side,
                    full=step.full and is_opening and entry != "on",
                    then=following if is_final else None,
                )

    def _write_round_number(self, number: int, step: Step) -> None:
        if step.rounds == 1:
            self._write_line("only-round")
        elif number == step.rounds:
            self._write_line("round-last", round=number)
        elif number == 1:
            self._write_line("round-first")
        else:
            self._write_line("round", round=number)

    def _write_phase(
        self,
        phase: ExercisePhase,
        keys: PhaseKeys,
        side: Side | None,
        *,
        full: bool,
        then: Checkpoint | None,
    ) -> None:
        sides: dict[str, Argument] = {"side": side, "other": side.other} if side else {}
        for move, key in zip(phase.moves, keys.move, strict=True):
            self._write_full_or_brief(key, full=full, **sides)
            if move.seconds:
                self._write_pause(move.seconds.value)
        self._write_hold_command(phase, keys, full=full)
        from_seconds = self.content.exercises.guidance.halfway_from_seconds.value
        halfway = self.content.words("halfway") if phase.window >= from_seconds else ""
        self.cues.append(Hold(phase.window, halfway))
        if keys.release:
            self._write_full_or_brief(keys.release, full=full, **sides)
        if then:
            self.cues.append(then)
        if phase.release:
            self._write_pause(phase.release.value)

    def _write_hold_command(self, phase: ExercisePhase, keys: PhaseKeys, *, full: bool) -> None:
        """The words right before the silence."""
        seconds = round(phase.window)
        if phase.count:
            self._write_full_or_brief("count", full=full, seconds=seconds)
        elif phase.breaths:
            self._write_full_or_brief("hold-breaths", full=full, breaths=int(phase.breaths))
        elif full and keys.own_hold in self.content.words:
            self._write_line(keys.own_hold, seconds=seconds)
        else:
            self._write_full_or_brief("hold", full=full, seconds=seconds)

    def _write_full_or_brief(self, key: str, *, full: bool, **args: Argument) -> None:
        brief = brief_key(key)
        self._write_line(key if full or brief not in self.content.words else brief, **args)

    def _write_line(self, key: str, **args: Argument) -> None:
        self._say(Line(key, args))

    def _say(self, part: Line) -> None:
        text = self.content.words.say(part, self.guidance.seed)
        # Sentences with a mark between them are one breath: the mark comes after it.
        mark = self.cues.pop() if _is_between_words(self.cues) else None
        if self.cues and isinstance(self.cues[-1], Say):
            text = f"{self.cues.pop().text} {text}"  # type: ignore[union-attr]
        self.cues.append(Say(text))
        if mark is not None:
            self.cues.append(mark)

    def _write_pause(self, seconds: float) -> None:
        self.cues.append(Pause(round(seconds * self.pace.waiting.value, 2)))


def _is_between_words(cues: list[Cue]) -> bool:
    """Whether what is said next follows a mark that follows words."""
    return len(cues) > 1 and isinstance(cues[-1], Mark) and isinstance(cues[-2], Say)


def _checkpoints_after(
    index: int, exercise: Exercise, number: int, step: Step
) -> Iterator[Checkpoint]:
    """The checkpoint that is reached when each side of a round is finished."""
    for side in exercise.sides[1:]:
        yield Checkpoint(index, exercise.id, number, side or "")
    if number < step.rounds:
        yield Checkpoint(index, exercise.id, number + 1, first_side(exercise))
    else:
        yield Checkpoint(index, exercise.id, number, "", done=True)
