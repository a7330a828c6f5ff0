"""What can be read from a script without playing it."""

from speech.script import Hold, Mark, Pause, Say, Script

SCRIPT = Script(
    (
        Mark(),
        Say("Lie down."),
        Pause(8),
        Mark(),
        Say("And hold."),
        Hold(10, "Halfway."),
        Mark(),
        Pause(4),
    )
)


def test_the_words_in_order_with_what_is_said_in_a_hold() -> None:
    assert SCRIPT.text == "Lie down. And hold. Halfway."


def test_the_last_words_are_the_last_sentence_spoken() -> None:
    assert SCRIPT.last_words == "And hold."
    assert Script((Pause(1),)).last_words == ""


def test_silence_is_pauses_and_holds() -> None:
    assert SCRIPT.silence == 22
    assert Script((Say("Bye."),)).silence == 0


def test_a_script_of_nothing() -> None:
    assert Script(()).text == ""
    assert Script(()).silence == 0
