"""What the local speaker makes of people's words: tables of utterance, intent and slots."""

import random
from typing import Any

import pytest

import interaction_models
from skill.speaker.nlu.invocation import Launch, OneShot
from skill.speaker.nlu.lexicon import Lexicon, sentences
from skill.speaker.nlu.recognizer import IntentRecognizer

SKILL = "amzn1.ask.skill.12345678-abcd"
YES, NO, FALLBACK = "AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.FallbackIntent"


@pytest.fixture(scope="module")
def recognizer() -> IntentRecognizer:
    return IntentRecognizer.for_locale("en-US", skill_id=SKILL)


@pytest.fixture(scope="module")
def intent_of(recognizer: IntentRecognizer) -> Any:
    return lambda words: recognizer.recognize(words).intent


def table(text: str) -> list[Any]:
    """Read ``intent: one | another`` lines into single cases."""
    cases = []
    for line in filter(None, map(str.strip, text.splitlines())):
        intent, _, utterances = line.partition(": ")
        full = intent if intent.endswith("Intent") else f"AMAZON.{intent}Intent"
        cases += [
            pytest.param(said.strip(), full, id=said.strip()) for said in utterances.split("|")
        ]
    return cases


SAID = """
    StartExerciseIntent: start knees to chest | do the bridge | ten pelvic tilts | the cat one
    StartExerciseIntent: bridge
    StartExerciseIntent: let's do the seated twist | do it five times
    StartExerciseIntent: could you start the knee rolls please
    StartRoutineIntent: start my routine | all six | ten minutes | something in a chair
    StartRoutineIntent: I've got five minutes
    StartRoutineIntent: something I can do in a chair | everything | half an hour on the floor
    ListExercisesIntent: what exercises do you have | read me the list | what have you got
    ListExercisesIntent: the list
    DescribeExerciseIntent: how do I do the bridge | how do I do this? | what is the pelvic tilt
    SuggestIntent: what should I do next | surprise me | you choose | I have a stiff back
    SuggestIntent: a stretch now
    IsItSafeIntent: is it safe to crack my back | is this dangerous? | is cracking bad for you
    WhenToAvoidIntent: when should I not do this | who shouldn't do this | what if it hurts
    WhenToSeeDoctorIntent: should I see a doctor | do I need a chiropractor | when should I worry
    HowOftenIntent: how often can I do this | how often should I do the bridge
    HowOftenIntent: how many times a day
    WhyItCracksIntent: what is that popping sound | why does my back crack | what was that noise
    ChronicPainIntent: what about arthritis | I have arthritis | what about injections
    HowLongLeftIntent: how much longer | which side | where am I | which leg am I on | how many more
    HowLongLeftIntent: how long is left? | which side am I on?
    ChangePaceIntent: slow down | faster | you're going too fast | back to normal
    ChangePaceIntent: a bit slower please
    ReadyIntent: I'm ready | ready | let's go | I'm on the floor
    UnsureIntent: I'm not sure | a little | maybe | I don't know | not really | not that I know of
    UnsureIntent: dunno
    UnsureIntent: kind of | yes and no | I think so | sometimes | no idea | I'm pregnant
    UnsureIntent: I had back surgery
    ProgressIntent: what have I done today | my streak | how am I doing
    RemindMeIntent: remind me at eight | remind me | set a reminder for 7am
    RemindMeIntent: remind me every day at noon
    CancelRemindersIntent: stop reminding me | cancel my reminders | don't remind me
    ForgetMeIntent: delete my data | forget me | forget everything about me
    Yes: yes | yeah | Yep! | sure | okay | OK | yes please | yes, I do | Yes, last week. | um, yes
    Yes: uh huh
    No: no | nope | Nah. | No! | no thank you | not at all | none of those | No, I don't. | um, no
    No: uh... no
    Pause: pause | hold on | wait | let me rest | give me a second | Alexa, pause. | I'm not ready
    Resume: resume | carry on | keep going | continue please | I'm back
    Next: next | skip this one | skip | move on | okay, next one please | something else
    Previous: previous | go back | the one before that
    Repeat: repeat | say that again | again | pardon? | what did you say | I didn't hear you
    StartOver: start over | from the top | restart | start this one again | from the beginning
    Stop: stop | I'm done | that's enough | goodbye | quit | I want to stop
    Cancel: cancel | never mind | not now
    Help: help | why do you ask | why are you asking me that | what should I say | what can you do
    NavigateHome: go home
"""


@pytest.mark.parametrize(("said", "intent"), table(SAID))
def test_people_are_understood(said: str, intent: str, intent_of: Any) -> None:
    assert intent_of(said) == intent


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("start knees to chest", {"exercise": "knees-to-chest"}),
        ("knee hug", {"exercise": "knees-to-chest"}),
        ("need to chest", {"exercise": "knees-to-chest"}),
        ("start the kneels to chest", {"exercise": "knees-to-chest"}),
        ("do the lower back rotation", {"exercise": "lying-rotation"}),
        ("knees side to side", {"exercise": "lying-rotation"}),
        ("glute bridge", {"exercise": "bridge"}),
        ("cat cow please", {"exercise": "cat-arch"}),
        ("chair twist", {"exercise": "seated-rotation"}),
        ("ten pelvic tilts", {"exercise": "pelvic-tilt", "repetitions": "10"}),
        ("10 pelvic tilts", {"exercise": "pelvic-tilt", "repetitions": "10"}),
        ("do twenty-five bridges", {"exercise": "bridge", "repetitions": "25"}),
        ("bridge three times", {"exercise": "bridge", "repetitions": "3"}),
        ("five times", {"repetitions": "5"}),
        ("how do I do the cat stretch?", {"exercise": "cat-arch"}),
        ("how often can I do the bridge", {"exercise": "bridge"}),
        ("ten minutes", {"duration": "PT10M"}),
        ("10 min", {"duration": "PT10M"}),
        ("half an hour", {"duration": "PT30M"}),
        ("a quarter of an hour", {"duration": "PT15M"}),
        ("an hour and a half", {"duration": "PT1H30M"}),
        ("ninety seconds", {"duration": "PT90S"}),
        ("something in a chair", {"posture": "seated"}),
        ("something on all fours", {"posture": "hands-and-knees"}),
        ("twenty minutes on the floor", {"duration": "PT20M", "posture": "lying"}),
        ("slow down", {"pace": "slower"}),
        ("you're too fast", {"pace": "slower"}),
        ("too slow", {"pace": "faster"}),
        ("normal speed", {"pace": "normal"}),
        ("remind me at eight", {"time": "08:00"}),
        ("remind me at eight in the evening", {"time": "20:00"}),
        ("remind me at 8:30 pm", {"time": "20:30"}),
        ("remind me at 8 p.m.", {"time": "20:00"}),
        ("remind me at half past seven", {"time": "07:30"}),
        ("remind me at quarter to one", {"time": "12:45"}),
        ("remind me at three", {"time": "15:00"}),
        ("remind me at nineteen forty five", {"time": "19:45"}),
        ("remind me at 20:00", {"time": "20:00"}),
        ("remind me at noon", {"time": "12:00"}),
        ("remind me in the morning", {"time": "MO"}),
        ("remind me this evening", {"time": "EV"}),
    ],
)
def test_slots_are_filled(said: str, slots: dict[str, str], recognizer: IntentRecognizer) -> None:
    found = recognizer.recognize(said).slots
    assert {s.name: s.matches[0].id if s.matches else s.value for s in found if s.value} == slots


PAIN = """
    ReportPainIntent: that hurts | ouch | ow | Ow! That hurts! | it hurts | it really hurts
    ReportPainIntent: this is painful
    ReportPainIntent: my back is killing me | my knee hurts | I felt a sharp pain | I'm in pain
    ReportPainIntent: ow ow ow
    ReportPainIntent: stop it hurts | Alexa, that hurts | I pulled a muscle | I've hurt my back
    ReportPainIntent: argh my back
    ReportPainIntent: there's a pain in my hip | you're hurting me | my neck is sore | sharp pain
    ReportPainIntent: cramp
    ReportPainIntent: I have a cramp | my back went | it hurts when I move | yes it hurts
    ReportPainIntent: no, it hurts
    ReportPainIntent: it hirts | that hearts | my bakc hurts | something snapped
    ReportPainIntent: it doesn't feel right
    ReportPainIntent: okay that really hurt my left shoulder just now | I hurt my back last week
    ReportPainIntent: my left knee is really hurting a lot
    ReportPainIntent: I am feeling a stabbing thing in my spine
    ReportPainIntent: something popped and now it hurts | do the bridge but my hip is aching
    ReportPainIntent: oh no my back
    ReportEmergencyIntent: my legs are numb | I can't feel my legs | I cannot feel my feet
    ReportEmergencyIntent: I have chest pain
    ReportEmergencyIntent: I've wet myself | numb between my legs | my feet are tingling
    ReportEmergencyIntent: pins and needles
    ReportEmergencyIntent: I can't pee | I've lost control of my bladder | call an ambulance
    ReportEmergencyIntent: call nine one one
    ReportEmergencyIntent: I can't move my legs | my chest hurts | I'm having a heart attack
    ReportEmergencyIntent: my groin is numb
    ReportEmergencyIntent: I can't breathe | I fell | I've fallen and I can't get up
    ReportEmergencyIntent: I was in a car accident
    ReportEmergencyIntent: there's a tingling down both of my legs | my feet feel all tingly
    ReportEmergencyIntent: I think I'm going to faint
    ReportEmergencyIntent: no my legs are numb | yes my legs are numb | my legs are nubm
    ReportEmergencyIntent: help I can't feel my legs
    ReportEmergencyIntent: I have some numbness around my bottom | it began after a car crash
    ReportEmergencyIntent: emergency
    ReportEmergencyIntent: please stop I can't feel my left leg any more
    ReportEmergencyIntent: start the bridge my legs are numb
"""


@pytest.mark.parametrize(("said", "intent"), table(PAIN))
def test_pain_and_emergency_are_never_missed(said: str, intent: str, intent_of: Any) -> None:
    assert intent_of(said) == intent


def test_there_are_enough_words_of_pain() -> None:
    assert len(table(PAIN)) >= 60


@pytest.mark.parametrize(
    ("said", "intent"),
    table(
        """
        ReportEmergencyIntent: both of my legs feel sort of dead | my left leg has gone to sleep
        ReportEmergencyIntent: having real difficulty at the toilet | I had two little accidents
        ReportEmergencyIntent: it feels heavy around the chest | I'm really fighting for air
        ReportEmergencyIntent: pins in needles | I have chess pain | my legs are num
        ReportEmergencyIntent: I just can't hold my water these days
        ReportPainIntent: I can't, it hurts too much | my back's killing me | my hip's really sore
        """
    ),
)
def test_danger_is_told_by_words_together_and_as_they_are_misheard(
    said: str, intent: str, intent_of: Any
) -> None:
    assert intent_of(said) == intent


@pytest.mark.parametrize(
    ("said", "intent"),
    table(
        """
        IsItSafeIntent: can I hurt myself doing this | could you paralyse yourself cracking it
        ChronicPainIntent: I live with chronic pain | what helps with chronic back pain
        StartExerciseIntent: bring my knees to my chest
        """
    ),
)
def test_asking_about_danger_is_none(said: str, intent: str, intent_of: Any) -> None:
    assert intent_of(said) == intent


@pytest.mark.parametrize(
    ("said", "intent"),
    table(
        """
        StartRoutineIntent: I'd quite like something short that works in a chair
        HowOftenIntent: how many bridges would be sensible for a day
        DescribeExerciseIntent: what am I meant to do with my arms in the bridge
        WhenToAvoidIntent: who ought not to do these exercises at all
        CancelRemindersIntent: I really don't want you to keep reminding me
        """
    ),
)
def test_what_no_sample_says_is_understood_by_its_words(
    said: str, intent: str, intent_of: Any
) -> None:
    assert intent_of(said) == intent


@pytest.mark.parametrize(
    ("said", "intent"),
    table(
        """
        UnsureIntent: wait I meant yes | I meant yes | no, I meant yes | yes to the last one
        UnsureIntent: change my answer | can I change my answer | I made a mistake
        UnsureIntent: I have osteoporosis
        Previous: previous question | go back one question
        Repeat: what do you mean | repeat the last question
        Help: why | but why
        No: nope not at all | nah, not at all | none at all
        """
    ),
)
def test_answers_to_a_safety_question_and_doubts_about_them(
    said: str, intent: str, intent_of: Any
) -> None:
    assert intent_of(said) == intent


@pytest.mark.parametrize(
    ("said", "intent"),
    table(
        """
        ReadyIntent: that feels good | oh, that's nice | feels great | that is good | that felt good
        ReadyIntent: I'm holding | still holding | I'm holding my knee
        ReportPainIntent: that doesn't feel good | that feels good but it hurts | that's not good
        ReportPainIntent: I can't hold it | I can't hold it any longer | can't hold it
        ReportPainIntent: I can't hold this stretch
        ReportEmergencyIntent: I can't hold it in | I can't hold it in any longer | can't hold it in
        ReportEmergencyIntent: I'm holding my wee | that feels good but my legs are numb
        """
    ),
)
def test_what_is_said_in_a_hold(said: str, intent: str, intent_of: Any) -> None:
    assert intent_of(said) == intent


@pytest.mark.parametrize(
    ("able", "unable"),
    [
        ("I can move", "I can't move"),
        ("I can move my legs", "I can hardly move my legs"),
        ("I can feel my legs", "I can't feel my legs"),
        ("yes I can feel my legs", "no I can't feel my legs"),
        ("I can walk", "I can't walk"),
        ("I can breathe", "I can barely breathe"),
        ("I can stand", "I can't stand"),
    ],
)
def test_a_lost_negation_is_never_a_danger(able: str, unable: str, intent_of: Any) -> None:
    assert intent_of(unable) == "ReportEmergencyIntent"
    assert intent_of(able) not in ("ReportEmergencyIntent", "ReportPainIntent", YES, NO)


@pytest.mark.parametrize(
    ("said", "intent"),
    table(
        """
        SuggestIntent: what's good for back pain | exercises for back pain
        ReportPainIntent: I have back pain | exercises for back pain that hurts
        StartRoutineIntent: routine for the morning | morning routine | a routine for the evening
        RemindMeIntent: a reminder for the morning
        WhenToAvoidIntent: what if I am pregnant | can I do this when I am pregnant
        """
    ),
)
def test_wishes_that_sound_like_others(said: str, intent: str, intent_of: Any) -> None:
    assert intent_of(said) == intent


@pytest.mark.parametrize(
    ("said", "intent", "exercise"),
    [
        ("knees to chest and the bridge", "StartExerciseIntent", "knees-to-chest"),
        ("start knees to chest and the bridge", "StartExerciseIntent", "knees-to-chest"),
        ("do the bridge and then the cat please", "StartExerciseIntent", "bridge"),
        ("the cat and cow", "StartExerciseIntent", "cat-arch"),
        ("how often can I do the bridge and the cat", "HowOftenIntent", "bridge"),
    ],
)
def test_of_several_exercises_the_first_counts(
    said: str, intent: str, exercise: str, recognizer: IntentRecognizer
) -> None:
    found = recognizer.recognize(said)
    assert (found.intent, found.slots[0].matches[0].id) == (intent, exercise)


def test_several_exercises_drown_no_danger(intent_of: Any) -> None:
    assert intent_of("knees to chest and the bridge my legs are numb") == "ReportEmergencyIntent"


@pytest.mark.parametrize(
    ("said", "posture"),
    [
        ("something standing", "standing"),
        ("a standing stretch", "standing"),
        ("standing stretches please", "standing"),
        ("something lying on my stomach", "lying on my stomach"),
    ],
)
def test_an_unknown_posture_is_a_slot_without_match(
    said: str, posture: str, recognizer: IntentRecognizer
) -> None:
    found = recognizer.recognize(said)
    assert found.intent == "StartRoutineIntent"
    slot = found.as_alexa()["slots"]["posture"]
    assert slot["value"] == posture
    (resolution,) = slot["resolutions"]["resolutionsPerAuthority"]
    assert resolution["status"] == {"code": "ER_SUCCESS_NO_MATCH"}


def test_a_name_that_holds_another_value_is_the_name(recognizer: IntentRecognizer) -> None:
    found = recognizer.recognize("what do I do with my feet in the chair rotation").slots
    assert [(slot.name, slot.matches[0].id) for slot in found if slot.value] == [
        ("exercise", "seated-rotation")
    ]


def test_long_nonsense_takes_no_longer(recognizer: IntentRecognizer) -> None:
    for said in ("a" * 2000 + "!", "no " * 300 + "5", "start the bridge " * 40):
        assert recognizer.recognize(said).intent not in (YES, NO)


@pytest.mark.parametrize(
    "said",
    [
        "it doesn't hurt",
        "no pain",
        "no chest pain",
        "my legs are not numb",
        "no numbness",
        "can it harm",
    ],
)
def test_denied_pain_is_no_pain_and_no_plain_no(said: str, intent_of: Any) -> None:
    assert intent_of(said) not in ("ReportPainIntent", "ReportEmergencyIntent", YES, NO)


@pytest.mark.parametrize(
    "said",
    [
        *("what's the weather", "play some jazz", "set a timer for ten minutes", "tell me a joke"),
        *("turn on the lights", "who won the game last night", "what's the capital of France"),
        *("order a pizza", "call mom", "good morning", "what time is it", "what's two plus two"),
        *("how tall is the Eiffel tower", "add milk to my shopping list", "open spotify"),
        *(
            "read me the news",
            "how old is the queen",
            "bridge over troubled water",
            "the cat is on the table",
        ),
        *(
            "start the dishwasher",
            "do my homework",
            "what is your favourite colour",
            "book a table for two",
        ),
        *(
            "tell me about the Roman empire",
            "",
            " ",
            "?!",
            "please",
            "Alexa",
            "um",
            "blah blah blah",
        ),
    ],
)
def test_other_business_goes_to_fallback(said: str, intent_of: Any) -> None:
    assert intent_of(said) == FALLBACK


@pytest.mark.parametrize(
    ("said", "intent"),
    table(
        """
        StartExerciseIntent: strat the brigde | start kness to chest | pelvik tilts
        StartRoutineIntent: start my rotuine | five minuts
        Pause: puase | hold onn
        Resume: contineu | carry om
        Repeat: repaet that | say taht again
        Stop: im done | thats enough
        UnsureIntent: im not shure | perhpas
        HowLongLeftIntent: wich side | how much lnoger
        CancelRemindersIntent: stop remindig me
        """
    ),
)
def test_slips_and_mishearings_are_mended(said: str, intent: str, intent_of: Any) -> None:
    assert intent_of(said) == intent


@pytest.mark.parametrize(
    ("said", "intent"),
    table(
        """
        ChangePaceIntent: could you please slow down a little bit for me
        StartExerciseIntent: um, I would really like to try the glute bridge today
        Repeat: sorry, can you say that again please
        Pause: okay okay hold on a second please
        Stop: Alexa, please stop now
        Resume: yeah go on
        Next: Hey Alexa, next one please, thank you
        """
    ),
)
def test_words_around_the_meaning_do_no_harm(said: str, intent: str, intent_of: Any) -> None:
    assert intent_of(said) == intent


@pytest.mark.parametrize(
    "said",
    [
        *(
            "nop",
            "noo",
            "now",
            "know",
            "knot",
            "note",
            "on",
            "yess",
            "yeh no",
            "yea nah",
            "ye",
            "yas",
        ),
        *(
            "oh no",
            "no please",
            "no wait",
            "no yes",
            "yes no",
            "no i can't",
            "no i can",
            "no but",
            "no pain",
        ),
        *(
            "not today",
            "not really",
            "no not really",
            "no i don't think so",
            "i don't think so",
            "maybe no",
        ),
        *(
            "no idea",
            "no i'm not sure",
            "i don't",
            "i'm not",
            "i haven't been sure",
            "not now",
            "no problem",
        ),
        *(
            "no it hurts",
            "no only a little",
            "no but a bit",
            "no longer",
            "no sometimes",
            "please no more",
        ),
        *(
            "not any more",
            "non",
            "none shall pass",
            "nothing hurts yet",
            "never say never",
            "of course it does",
        ),
    ],
)
def test_only_the_very_words_are_yes_or_no(said: str, intent_of: Any) -> None:
    assert intent_of(said) not in (YES, NO)


def test_no_comes_from_nothing_but_the_words_alexa_knows(intent_of: Any) -> None:
    """Slips, swaps and added words in plain answers never make another plain answer."""
    words = Lexicon.for_language("en")
    own = {
        intent: {
            words.plain(text)
            for template in words.data["intents"][intent]
            for text in sentences(template)
        }
        for intent in (YES, NO)
    }
    chance = random.Random(7)
    plain_answers = sorted(own[YES] | own[NO])
    for said in chance.sample(plain_answers, 150):
        for _ in range(2):
            letters = list(said)
            letters[chance.randrange(len(letters))] = chance.choice("abcdefghijklmnopqrstuvwxyz")
            changed = chance.choice(
                ["".join(letters), f"{said} {chance.choice(['i', 'it', 'left'])}"]
            )
            intent = intent_of(changed)
            plain = words.without_hesitation(words.plain(changed))
            assert intent not in (YES, NO) or plain in own[intent], changed


def test_every_sample_is_understood_as_its_own_intent(recognizer: IntentRecognizer) -> None:
    wrong = [
        (sample, recognizer.recognize(sample).intent, intent.name)
        for intent, sample in interaction_models.load("en-US").samples()
        if "{" not in sample and recognizer.recognize(sample).intent != intent.name
    ]
    assert wrong == []


def test_every_synonym_is_its_value(recognizer: IntentRecognizer) -> None:
    types = interaction_models.load("en-US").types
    exercises = next(kind for kind in types if kind.name == "Exercise")
    for value in exercises.values:
        for text in value.words:
            found = recognizer.recognize(f"start {text}")
            assert found.intent == "StartExerciseIntent", text
            assert [m.id for m in found.slots[0].matches] == [value.id], text


def test_a_matched_slot_looks_as_alexa_sends_it(recognizer: IntentRecognizer) -> None:
    assert recognizer.recognize("Alexa, ten pelvic tilts").as_alexa() == {
        "name": "StartExerciseIntent",
        "confirmationStatus": "NONE",
        "slots": {
            "exercise": {
                "name": "exercise",
                "value": "pelvic tilts",
                "confirmationStatus": "NONE",
                "source": "USER",
                "resolutions": {
                    "resolutionsPerAuthority": [
                        {
                            "authority": f"amzn1.er-authority.echo-sdk.{SKILL}.Exercise",
                            "status": {"code": "ER_SUCCESS_MATCH"},
                            "values": [{"value": {"name": "pelvic tilt", "id": "pelvic-tilt"}}],
                        }
                    ]
                },
            },
            "repetitions": {
                "name": "repetitions",
                "value": "10",
                "confirmationStatus": "NONE",
                "source": "USER",
            },
        },
    }


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("start the downward dog", "downward dog"),
        ("do the cobra pose", "cobra pose"),
        ("please start the warrior stretch", "warrior stretch"),
        ("how do I do the downward dog", "downward dog"),
    ],
)
def test_an_unknown_exercise_is_a_slot_without_match(
    said: str, name: str, recognizer: IntentRecognizer
) -> None:
    slot = recognizer.recognize(said).as_alexa()["slots"]["exercise"]
    assert slot["value"] == name
    assert slot["resolutions"]["resolutionsPerAuthority"] == [
        {
            "authority": f"amzn1.er-authority.echo-sdk.{SKILL}.Exercise",
            "status": {"code": "ER_SUCCESS_NO_MATCH"},
        }
    ]


def test_declared_slots_without_words_are_there_without_value(
    recognizer: IntentRecognizer,
) -> None:
    slots = recognizer.recognize("start my routine").as_alexa()["slots"]
    assert slots == {
        "duration": {"name": "duration", "confirmationStatus": "NONE"},
        "posture": {"name": "posture", "confirmationStatus": "NONE"},
    }


def test_an_intent_without_slots_has_none(recognizer: IntentRecognizer) -> None:
    expected = {"name": NO, "confirmationStatus": "NONE"}
    assert recognizer.recognize("no").as_alexa() == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Alexa, open back coach.", Launch()),
        ("start back coach", Launch()),
        ("launch the back coach please", Launch()),
        ("please open back coach", Launch()),
        ("back coach", Launch()),
        ("ask back coach", Launch()),
        ("Alexa, ask back coach to start the bridge", OneShot("start the bridge")),
        ("tell back coach to stop reminding me", OneShot("stop reminding me")),
        ("ask back coach for my routine", OneShot("my routine")),
        ("open back coach and start knees to chest", OneShot("start knees to chest")),
        ("ask back coach how often can I do this", OneShot("how often can i do this")),
        ("start the bridge with back coach", OneShot("start the bridge")),
        ("open the door", None),
        ("start the bridge", None),
        ("is back coach any good", None),
        ("", None),
    ],
)
def test_calling_the_skill_by_its_name(
    said: str, expected: Launch | OneShot | None, recognizer: IntentRecognizer
) -> None:
    assert recognizer.invocation(said) == expected


def test_what_follows_the_name_is_understood(recognizer: IntentRecognizer) -> None:
    called = recognizer.invocation("Alexa, ask back coach to do ten pelvic tilts")
    assert isinstance(called, OneShot)
    assert recognizer.recognize(called.rest).intent == "StartExerciseIntent"


def test_the_same_words_are_always_understood_alike(recognizer: IntentRecognizer) -> None:
    again = IntentRecognizer.for_locale("en-US", skill_id=SKILL)
    for said in ("slow down a smidgen for me", "knees up to my chest now", "my feet feel odd"):
        assert recognizer.recognize(said) == again.recognize(said)


def test_an_unknown_locale_is_refused() -> None:
    with pytest.raises(LookupError, match="de-DE"):
        IntentRecognizer.for_locale("de-DE")
    with pytest.raises(LookupError, match="'tlh'"):
        Lexicon.for_language("tlh")
