"""From phrases to a model; and phrases that must be refused, with the place and the reason."""

import json
from pathlib import Path
from textwrap import dedent

import pytest

from interaction_models import generate
from interaction_models.model import LanguageModel
from interaction_models.phrases import PhrasesError, read
from interaction_models.sampling import pairwise_sample

GOOD = """\
locales:
  xx-XX: {}
  xx-YY:
    invocation_name: spine friend
    intents:
      Greet: ["g'day {who}"]
    types:
      Person:
        anna: [annie]
invocation_name: back coach
rules:
  hi: (hello|hi)
types:
  Person:
    anna: {value: Anna, synonyms: [ann]}
    ben: {value: Ben}
intents:
  Greet:
    slots: {who: Person}
    samples:
      - <hi> [there] {who}
  Leave:
    samples:
      - bye
built_in:
  - AMAZON.YesIntent
"""


def phrases(folder: Path, text: str = GOOD) -> Path:
    path = folder / "xx.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return path


def language_model(folder: Path, locale: str, text: str = GOOD) -> LanguageModel:
    return generate.build_model(read(phrases(folder, text)), locale)


def test_templates_become_samples_in_order(tmp_path: Path) -> None:
    phrases(tmp_path)
    data = json.loads(generate.rendered(tmp_path)["xx-XX.json"])
    assert data["interactionModel"]["languageModel"] == {
        "invocationName": "back coach",
        "intents": [
            {"name": "AMAZON.YesIntent", "samples": []},
            {
                "name": "Greet",
                "slots": [{"name": "who", "type": "Person"}],
                "samples": ["hello there {who}", "hello {who}", "hi there {who}", "hi {who}"],
            },
            {"name": "Leave", "samples": ["bye"]},
        ],
        "types": [
            {
                "name": "Person",
                "values": [
                    {"id": "anna", "name": {"value": "Anna", "synonyms": ["ann"]}},
                    {"id": "ben", "name": {"value": "Ben", "synonyms": []}},
                ],
            }
        ],
    }


def test_a_locale_adds_to_its_language(tmp_path: Path) -> None:
    model = language_model(tmp_path, "xx-YY")
    assert model.invocation_name == "spine friend"
    assert model.intents[1].samples[-1] == "g'day {who}"
    assert model.types[0].values[0].name.synonyms == ["ann", "annie"]


DO = "  Do:\n    slots: {what: Exercise}\n    samples: ['do {what}']\n"
EXERCISES = GOOD.replace("  Greet:\n    slots", f"{DO}  Greet:\n    slots")
SIT_UP = """\
order: 20
value: sit up
synonyms: [sitting up]
locales:
  xx-YY:
    - crunch
"""
PLANK = """\
# Later by its name, and earlier by its order.
order: 10
value: zig zag
"""


def with_exercises(folder: Path, **texts: str) -> Path:
    phrases(folder, EXERCISES)
    (folder / "xx" / "exercises").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "xx" / "exercises" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder / "xx.yaml"


def test_each_exercise_has_a_file_of_names(tmp_path: Path) -> None:
    path = with_exercises(tmp_path, sit_up=SIT_UP, zig_zag=PLANK)
    for locale, synonyms in (("xx-XX", ["sitting up"]), ("xx-YY", ["sitting up", "crunch"])):
        _, exercise = generate.build_model(read(path), locale).types
        assert exercise.name == "Exercise"
        assert [(value.id, value.name.value, value.name.synonyms) for value in exercise.values] == [
            ("zig_zag", "zig zag", []),
            ("sit_up", "sit up", synonyms),
        ]


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("[sitting up]", "[sit 2 up]", "sit_up.yaml:3: types.Exercise.sit_up: 'sit 2 up': sample"),
        ("- crunch", "- crunch!", "sit_up.yaml:6: types.Exercise.sit_up: 'crunch!'"),
        ("value: sit up", "value: zig zag", "means zig_zag and sit_up"),
        ("xx-YY", "xx-ZZ", "locales.xx-ZZ: unknown; known: xx-XX, xx-YY"),
        ("order: 20\n", "", "sit_up.yaml: order: a whole number is needed here"),
        ("order: 20", "order: first", "sit_up.yaml: order: a whole number is needed here"),
        ("synonyms", "synonym", "sit_up.yaml: the file: unknown key 'synonym'"),
        ("value: sit up\n", "", "sit_up.yaml: the file.value: None is no text"),
        ("- crunch", "- FILL IN: more", "sit_up.yaml:6: FILL IN marks what is still to be written"),
        ("[sitting up]", "[sitting up", "sit_up.yaml"),
    ],
)
def test_bad_names_are_refused(tmp_path: Path, good: str, bad: str, told: str) -> None:
    assert good in SIT_UP
    with_exercises(tmp_path, sit_up=SIT_UP.replace(good, bad), zig_zag=PLANK)
    with pytest.raises(PhrasesError) as error:
        generate.rendered(tmp_path)
    assert told in str(error.value)


def test_a_large_template_is_thinned_but_keeps_every_pair_of_words() -> None:
    every = [f"{a} {b} {c}" for a in "abcd" for b in "efgh" for c in "ijkl"]
    few = pairwise_sample(every)
    assert few[0] == "a e i"
    assert len(few) < 24 < len(every)
    assert {pair for text in few for pair in zip(text.split(), text.split()[1:], strict=False)} == {
        pair for text in every for pair in zip(text.split(), text.split()[1:], strict=False)
    }


def test_of_a_huge_template_every_choice_is_said(tmp_path: Path) -> None:
    huge = "(a|b|c) (d|e|f) [g|h] <hi> [i|(j|k) l]"
    text = GOOD.replace("- bye", f'- "{huge}"')
    samples = language_model(tmp_path, "xx-XX", text).intents[2].samples
    assert len(samples) < 20 < 3 * 3 * 3 * 2 * 4
    assert {word for sample in samples for word in sample.split()} == {
        *"abcdefghijkl",
        *("hello", "hi"),
    }
    # Said as short as it can be, too.
    assert any(len(sample.split()) == 3 for sample in samples)
    assert samples == language_model(tmp_path, "xx-XX", text).intents[2].samples


@pytest.mark.parametrize(
    ("good", "bad", "place", "reason"),
    [
        ("- bye", "- bye 2", "xx.yaml:24: intents.Leave", "it has digits"),
        ("- bye", "- bye!", "xx.yaml:24: intents.Leave", "'!' may not stand"),
        ("- bye", "- say bye. now", "xx.yaml:24: intents.Leave", "abbreviations only"),
        ("- bye", "- '[bye]'", "xx.yaml:24: intents.Leave", "it is empty"),
        ("- bye", "- (bye", "xx.yaml:24: intents.Leave", "no valid template"),
        ("- bye", "- <hey> bye", "xx.yaml:24: intents.Leave", "hey"),
        ("- bye", "- bye {who}", "xx.yaml:24: intents.Leave", "slot 'who' is undeclared"),
        ("- bye", "- bye {two words}", "xx.yaml:24: intents.Leave", "'two words' is undeclared"),
        ("- <hi> [there] {who}", "- <hi> {who} {who}", "xx.yaml:21: intents.Greet", "'who' twice"),
        ("- bye", "- bye\n      - bye", "xx.yaml:25: intents.Leave", "stands here twice"),
        ("- bye", "- 'no'\n      - no", "intents.Leave.samples", "put it in quotes"),
        ("- bye", "- hello there {who}", "xx.yaml:24: intents.Leave", "undeclared"),
        (
            "    samples:\n      - bye",
            "    slots: {who: Person}\n    samples:\n      - Hello [there] {who}",
            "xx.yaml:25: intents.Leave: 'Hello [there] {who}'",
            "'Hello there {who}' belongs to Greet already",
        ),
        ("{who: Person}", "{who: Dog}", "xx.yaml:18: intents.Greet", "undefined type 'Dog'"),
        ("  Leave:", "  Leave2:", "xx.yaml:22: intents.Leave2", "only letters and underscores"),
        ("{who: Person}", "{who-2: Person}", "xx.yaml:18: intents.Greet", "'who-2': only letters"),
        (
            "{value: Ben}",
            "{value: Ben, synonyms: [ann]}",
            "xx.yaml:16: types.Person.ben",
            "means anna and ben",
        ),
        ("{value: Ben}", "{value: ann}", "xx.yaml:16: types.Person.ben", "means anna and ben"),
        ("{value: Ben}", "{valu: Ben}", "types.Person.ben", "unknown key 'valu'"),
        (
            "  Leave:",
            "  AMAZON.NoIntent:",
            "xx.yaml:22: intents.AMAZON.NoIntent",
            "must have no samples",
        ),
        ("  Leave:", "  Greet:", "line 22", "the key 'Greet' stands twice"),
        ("      - bye", "      []", "xx.yaml:22: intents.Leave", "0 samples"),
        ("name: back coach", "name: coach", "xx.yaml:10: invocation_name", "two words"),
        (
            "name: back coach",
            "name: open coach",
            "xx.yaml:10: invocation_name",
            "launch word 'open'",
        ),
        ("name: back coach", "name: Back Coach", "invocation_name", "lower-case"),
        ("rules:", "rulez:", "the file", "unknown key 'rulez'"),
        ("built_in:\n  - AMAZON.YesIntent\n", "", "the file", "missing: built_in"),
        ('Greet: ["g\'day {who}"]', "Meet: [g'day]", "locales.xx-YY", "unknown Meet"),
        ("anna: [annie]", "carl: [charlie]", "locales.xx-YY", "unknown Person.carl"),
        ("  hi: (hello|hi)", "  hi: (hello|hi", "xx.yaml:12: rules.hi", "no valid template"),
    ],
)
def test_bad_phrases_are_refused(
    tmp_path: Path, good: str, bad: str, place: str, reason: str
) -> None:
    assert good in GOOD
    path = phrases(tmp_path, GOOD.replace(good, bad, 1))
    with pytest.raises(PhrasesError) as error:
        generate.rendered(path.parent)
    assert place in str(error.value)
    assert reason in str(error.value)
    assert "xx.yaml" in str(error.value)


def test_the_command_writes_checks_and_cleans_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "phrases", tmp_path / "out"
    source.mkdir()
    out.mkdir()
    phrases(source)

    assert generate.main(["--check"], source, out) == 1
    assert "xx-XX.json differs" in capsys.readouterr().err

    (out / "gone.json").write_text("{}")
    assert generate.main([], source, out) == 0
    assert sorted(path.name for path in out.iterdir()) == ["xx-XX.json", "xx-YY.json"]
    assert json.loads((out / "xx-XX.json").read_text())["interactionModel"]
    assert generate.main(["--check"], source, out) == 0

    (out / "xx-XX.json").write_text("{}")
    assert generate.main(["--check"], source, out) == 1

    phrases(source, GOOD.replace("- bye", "- bye 2"))
    assert generate.main([], source, out) == 2
    assert "xx.yaml:24" in capsys.readouterr().err
