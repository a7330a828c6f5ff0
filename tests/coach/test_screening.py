"""The safety questions: what each answer leads to, and when which are asked."""

from datetime import datetime

import pytest

from skill.coach.effects import Cleared, PainReported
from skill.coach.events import Event, Intent
from skill.coach.memory import Memory
from skill.content import Content
from speech.script import Hold
from tests.coach.sessions import Talk, cleared

START = Event(Intent.START_EXERCISE, exercise="bridge")
QUESTIONS = ("emergency", "injury", "movement", "persistent", "doctor")


def is_guided(talk: Talk) -> bool:
    return any(isinstance(cue, Hold) for cue in talk.reply.script.cues)


def asks(talk: Talk, question: str, *, again: bool = False) -> bool:
    key = f"question-{question}" + (".again" if again else "")
    return talk.reply.script.text.endswith(talk.content.words(key))


def at_question(content: Content, now: datetime, number: int) -> Talk:
    """Somebody new, at this question; the first is 0."""
    talk = Talk(content, now)
    talk.say(START)
    for _ in range(number):
        talk.say(Intent.NO)
    assert asks(talk, QUESTIONS[number])
    return talk


def test_five_noes_in_a_row_clear(content: Content, morning: datetime) -> None:
    talk = at_question(content, morning, 4)
    assert talk.say(Intent.NO).startswith("Thank you. ")
    assert is_guided(talk)
    assert talk.turn is not None
    (cleared_now,) = (e for e in talk.turn.effects if isinstance(e, Cleared))
    assert cleared_now == Cleared(talk.now.timestamp(), full=True)


def test_four_do_not(content: Content, morning: datetime) -> None:
    talk = at_question(content, morning, 4)
    assert talk.memory.cleared is None
    assert not is_guided(talk)


def test_the_questions_are_numbered(content: Content, morning: datetime) -> None:
    talk = Talk(content, morning)
    said = [talk.say(START), *(talk.say(Intent.NO) for _ in range(4))]
    openings = (
        "This is for education",
        "Two: ",
        "Three: ",
        "Four: ",
        "And the last one: ",
    )
    for text, opening in zip(said, openings, strict=True):
        assert text.startswith(opening)
    assert "One: " in said[0]


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("answer", [Intent.YES, Intent.UNSURE])
def test_yes_and_not_sure_end_it_with_advice_that_fits(
    number: int, answer: Intent, content: Content, morning: datetime
) -> None:
    talk = at_question(content, morning, number)
    said = talk.say(answer)
    form = "" if answer is Intent.YES else ".unsure"
    assert said.endswith(content.words(f"advice-{QUESTIONS[number]}{form}"))
    assert not talk.is_open
    assert talk.memory.cleared is None


def test_the_emergency_number_comes_first(content: Content, morning: datetime) -> None:
    said = at_question(content, morning, 0).say(Intent.YES)
    assert said == content.words("advice-emergency")
    assert "emergency number now" in said


@pytest.mark.parametrize("number", range(5))
def test_two_misses_count_as_not_sure(number: int, content: Content, morning: datetime) -> None:
    talk = at_question(content, morning, number)
    talk.say(Intent.FALLBACK)
    assert asks(talk, QUESTIONS[number], again=True)
    said = talk.say(Intent.FALLBACK)
    is_urgent = number == 0
    assert said.startswith(content.words("not-today-not-heard")) is not is_urgent, (
        "help comes first"
    )
    assert said.endswith(content.words(f"advice-{QUESTIONS[number]}.unsure"))
    assert not talk.is_open


def test_a_miss_and_then_a_no_goes_on_and_is_forgiven(content: Content, morning: datetime) -> None:
    talk = at_question(content, morning, 1)
    talk.say(Intent.FALLBACK)
    talk.say(Intent.NO)
    assert asks(talk, "movement")
    talk.say(Intent.FALLBACK)
    assert asks(talk, "movement", again=True)


# said                        first said in return             the question then
ASIDES = [
    (Intent.REPEAT, "Two: ", False),
    (Intent.RESUME, "I need a yes, a no, or not sure. ", True),
    (Intent.READY, "I need a yes, a no, or not sure. ", True),
    (Intent.LAUNCH, "Two: ", False),
    (Intent.PAUSE, "Take your time. Two: ", False),
    (Intent.HELP, "I ask because for some backs a stretch can do harm", False),
    (Intent.IS_IT_SAFE, "Done gently", False),
    (Intent.WHEN_TO_AVOID, "Leave it with a recent injury", False),
    (Intent.WHEN_TO_SEE_DOCTOR, "See a doctor", False),
    (Intent.HOW_OFTEN, "Now and then", False),
    (Intent.WHY_IT_CRACKS, "It's the same as in your knuckles", False),
    (Intent.CHRONIC_PAIN, "With pain that stays, ask a doctor", False),
    (Intent.NEXT, "I can't skip the safety questions. ", True),
    (Intent.FALLBACK, "I need a yes, a no, or not sure. ", True),
    (Intent.START_ROUTINE, "I need a yes, a no, or not sure. ", True),
    (Intent.LIST, "I need a yes, a no, or not sure. ", True),
    (Intent.DESCRIBE, "I need a yes, a no, or not sure. ", True),
    (Intent.START_OVER, "I need a yes, a no, or not sure. ", True),
    (Intent.FORGET_ME, "I need a yes, a no, or not sure. ", True),
    (Intent.CHANGE_PACE, "I need a yes, a no, or not sure. ", True),
]  # fmt: skip


@pytest.mark.parametrize(("intent", "opening", "is_miss"), ASIDES)
def test_what_is_no_answer(
    intent: Intent, opening: str, is_miss: bool, content: Content, morning: datetime
) -> None:
    talk = at_question(content, morning, 1)
    said = talk.say(Event(intent, pace="slower"))
    assert said.startswith(opening)
    assert asks(talk, "injury", again=is_miss)
    assert talk.is_open


def test_questions_may_be_repeated_for_ever(content: Content, morning: datetime) -> None:
    talk = at_question(content, morning, 1)
    for intent in [Intent.REPEAT, Intent.HELP, Intent.WHY_IT_CRACKS] * 4:
        talk.say(intent)
        assert asks(talk, "injury")


def test_an_answer_can_be_taken_back(content: Content, morning: datetime) -> None:
    talk = at_question(content, morning, 3)
    talk.say(Intent.PREVIOUS)
    assert asks(talk, "movement")
    said = talk.say(Intent.YES)
    assert said.endswith(content.words("advice-movement"))


DOUBTS = {
    "in a hold": (START, 40),
    "at an offer": (Event(Intent.DESCRIBE, exercise="bridge"), None),
    "idle": (Intent.LIST, None),
}


@pytest.mark.parametrize(("before", "after"), DOUBTS.values(), ids=DOUBTS)
def test_doubt_at_any_moment_counts_as_not_safe(
    before: Event | Intent, after: float | None, content: Content, morning: datetime
) -> None:
    talk = Talk(content, morning, cleared(morning))
    talk.say(before)
    talk.say(Intent.UNSURE, after=after)
    assert not is_guided(talk)
    talk.say(START, after=600)
    assert asks(talk, "emergency"), "all of the questions, not the short one"


def test_another_exercise_named_instead_of_an_answer(content: Content, morning: datetime) -> None:
    talk = at_question(content, morning, 4)
    talk.say(Event(Intent.START_EXERCISE, exercise="cat-arch"))
    assert asks(talk, "doctor", again=True)
    assert "The cat arch: three rounds" in talk.say(Intent.NO)


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        (Intent.STOP, "Bye for now"),
        (Intent.PAIN, "Then let's not stretch now."),
        (Intent.EMERGENCY, "call your local emergency number now"),
    ],
)
def test_what_ends_the_questions(
    intent: Intent, said: str, content: Content, morning: datetime
) -> None:
    talk = at_question(content, morning, 2)
    assert said in talk.say(intent)
    assert not talk.is_open
    talk.say(START, after=60)
    assert asks(talk, "emergency")


def test_a_session_that_ends_in_between_begins_with_the_first_question(
    content: Content, morning: datetime
) -> None:
    talk = at_question(content, morning, 4)
    assert talk.say(Intent.SESSION_ENDED) == ""
    talk.say(START, after=60)
    assert asks(talk, "emergency")


# When which questions are asked. Days since the full set, and which comes first; None for none.
DUE = [
    (0.0, None),
    (0.2, None),
    (0.4, "since-last-time"),  # before midnight
    (1, "since-last-time"),
    (29.9, "since-last-time"),
    (31, "emergency"),
    (400, "emergency"),
]


@pytest.mark.parametrize(("days", "question"), DUE)
def test_which_questions_are_due(
    days: float, question: str | None, content: Content, morning: datetime
) -> None:
    talk = Talk(content, morning, cleared(morning, days_ago=days))
    talk.say(START, after=0)
    if question is None:
        assert is_guided(talk)
    else:
        assert asks(talk, question)


def test_nobody_is_known_at_first(content: Content, morning: datetime) -> None:
    talk = Talk(content, morning, Memory())
    talk.say(START)
    assert asks(talk, "emergency")


def test_one_short_question_on_a_new_day(content: Content, morning: datetime) -> None:
    talk = Talk(content, morning, cleared(morning, days_ago=1))
    assert talk.say(START).startswith("First, one quick safety question.")
    talk.say(Intent.NO)
    assert is_guided(talk)
    talk.say(Intent.STOP, after=30)
    talk.say(START, after=3600)
    assert is_guided(talk)


@pytest.mark.parametrize("answer", [Intent.YES, Intent.UNSURE])
def test_something_new_since_last_time(answer: Intent, content: Content, morning: datetime) -> None:
    talk = Talk(content, morning, cleared(morning, days_ago=1))
    talk.say(START)
    assert asks(talk, "since-last-time")
    said = talk.say(answer)
    assert "emergency number" in said
    assert not talk.is_open
    talk.say(START, after=60)
    assert not is_guided(talk)
    assert asks(talk, "emergency"), "all is asked again"


def test_short_questions_do_not_make_the_full_set_last_longer(
    content: Content, morning: datetime
) -> None:
    talk = Talk(content, morning, cleared(morning))
    for day in range(1, 36):
        talk.say(Intent.SESSION_ENDED, after=2)
        talk.wait(days=1)
        talk.say(START, after=0)
        assert asks(talk, "since-last-time" if day < 30 else "emergency")
        if day < 30:
            talk.say(Intent.NO, after=2)


@pytest.mark.parametrize("intent", [Intent.PAIN, Intent.EMERGENCY])
def test_all_questions_again_after_pain(
    intent: Intent, content: Content, morning: datetime
) -> None:
    talk = Talk(content, morning, cleared(morning))
    talk.say(START)
    assert is_guided(talk)
    talk.say(intent, after=40)
    assert not talk.is_open
    assert talk.turn is not None
    assert PainReported() in talk.turn.effects
    said = talk.say(START, after=60)
    assert said.startswith("Last time it was safer to stop, so I'll ask all five questions again.")
    assert asks(talk, "emergency")
    for _ in QUESTIONS:
        assert not is_guided(talk)
        talk.say(Intent.NO)
    assert is_guided(talk)


def test_pain_while_cleared_counts_on_the_next_day_too(content: Content, morning: datetime) -> None:
    talk = Talk(content, morning, cleared(morning))
    talk.say(START)
    talk.say(Intent.PAIN, after=40)
    talk.wait(days=2)
    talk.say(START)
    assert asks(talk, "emergency")


# One list with one question, for those who may not collect answers.


@pytest.fixture
def listing(content: Content) -> Content:
    return Content(content.exercises, content.safety, content.words, "statement")


def test_a_statement_is_one_question(listing: Content, morning: datetime) -> None:
    talk = Talk(listing, morning)
    talk.say(START)
    assert asks(talk, "statement")
    talk.say(Intent.FALLBACK)
    assert asks(talk, "statement", again=True)
    talk.say(Intent.NO)
    assert is_guided(talk)
    assert talk.memory.fully_cleared == talk.now.timestamp()


@pytest.mark.parametrize(
    ("answer", "advice"),
    [(Intent.YES, "advice-statement"), (Intent.UNSURE, "advice-statement.unsure")],
)
def test_a_statement_that_is_true(
    answer: Intent, advice: str, listing: Content, morning: datetime
) -> None:
    talk = Talk(listing, morning)
    talk.say(START)
    assert talk.say(answer).endswith(listing.words(advice))
    assert not talk.is_open


def test_nothing_of_an_answer_is_kept(content: Content, morning: datetime) -> None:
    """Of two who answered differently, the same is remembered."""
    doubtful, sure = Talk(content, morning), Talk(content, morning)
    for talk, answer in ((doubtful, Intent.UNSURE), (sure, Intent.YES)):
        talk.say(START)
        talk.say(Intent.NO)
        talk.say(answer)
    assert doubtful.memory == sure.memory == Memory()
