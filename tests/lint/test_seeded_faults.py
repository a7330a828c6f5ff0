"""Faults planted one by one, each with the file that must be named and a word of what is told."""

import json
import shutil
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from skill.lint.check import PARTS, check
from skill.lint.findings import Finding
from skill.lint.project import Project
from tests.lint.planting import Planted

pytestmark = pytest.mark.slow

MODEL = "interaction_models/en-US.json"
PHRASES = "interaction_models/phrases/en.yaml"
"""What a person edits; the models are made of it."""
WORDING = "speech/wording/en"
OPENING, SCREENING, GUIDED, ANSWERS, PROGRESS = (
    f"{WORDING}/{name}.ftl" for name in ("opening", "screening", "guidance", "answers", "progress")
)
BRIDGE_SAID = f"{WORDING}/bridge.ftl"
BRIDGE_NAMED = "interaction_models/phrases/en/exercises/bridge.yaml"
BRIDGE, KNEES = (f"skill/exercises/data/{name}.toml" for name in ("bridge", "knees-to-chest"))
GUIDANCE = "skill/exercises/guidance.toml"
SAFETY = "skill/exercises/safety.toml"
LISTING = "skill/packaging/listing/en.toml"
MANIFEST = "skill/packaging/manifest.toml"
RULES = "skill/lint/languages/en.toml"

Language = dict[str, Any]
Change = Callable[[Language], object]


def intent(model: Language, name: str) -> Any:
    return next(i for i in model["intents"] if i["name"] == name)


def kind(model: Language, name: str) -> Any:
    return next(t for t in model["types"] if t["name"] == name)


def samples(model: Language, name: str) -> Any:
    return intent(model, name)["samples"]


def without(model: Language, name: str) -> None:
    model["intents"].remove(intent(model, name))


IN_A_MODEL: list[tuple[str, Change, str]] = [
    ("digits", lambda m: samples(m, "ReadyIntent").append("give me 5 more"), "digits"),
    ("punctuation", lambda m: samples(m, "ReadyIntent").append("ready, steady"), "','"),
    ("question mark", lambda m: samples(m, "ReadyIntent").append("shall we?"), "'?'"),
    ("empty sample", lambda m: samples(m, "ReadyIntent").append(" "), "empty"),
    ("two spaces", lambda m: samples(m, "ReadyIntent").append("i am  ready to go"), "spaces"),
    ("full stop", lambda m: samples(m, "ReadyIntent").append("ready. go."), "abbreviations"),
    ("open brace", lambda m: samples(m, "ReadyIntent").append("ready {exercise"), "partner"),
    ("undeclared slot", lambda m: samples(m, "ReadyIntent").append("at {when}"), "undeclared"),
    (
        "slot twice",
        lambda m: samples(m, "StartExerciseIntent").append("{exercise} or {exercise}"),
        "the slot 'exercise' twice",
    ),
    (
        "bare search query",
        lambda m: (
            intent(m, "ReadyIntent").update(slots=[{"name": "q", "type": "AMAZON.SearchQuery"}]),
            samples(m, "ReadyIntent").append("{q}"),
        ),
        "search query",
    ),
    (
        "undefined type",
        lambda m: intent(m, "HowOftenIntent")["slots"][0].update(type="Stretch"),
        "not defined",
    ),
    (
        "unused slot",
        lambda m: intent(m, "ReadyIntent").update(slots=[{"name": "pace", "type": "Pace"}]),
        "no sample has its slot",
    ),
    (
        "unused type",
        lambda m: m["types"].append(
            {"name": "Mood", "values": [{"id": "fine", "name": {"value": "fine"}}]}
        ),
        "no slot is of the type",
    ),
    ("the same sample twice", lambda m: samples(m, "ReadyIntent").append("Ready"), "twice"),
    (
        "one sample, two intents",
        lambda m: samples(m, "UnsureIntent").append(samples(m, "ReportPainIntent")[0]),
        "is a sample of",
    ),
    (
        "nearly the same in two intents",
        lambda m: samples(m, "UnsureIntent").append("please why does it crack"),
        "nearly",
    ),
    (
        "a slot's value, outright in another intent",
        lambda m: samples(m, "ListExercisesIntent").append("how do i do the pelvic tilt"),
        "is also",
    ),
    ("a no of our own", lambda m: samples(m, "UnsureIntent").append("nope"), "a yes or a no"),
    (
        "samples for yes",
        lambda m: intent(m, "AMAZON.YesIntent").update(samples=["that is so"]),
        "samples of ours",
    ),
    ("no samples", lambda m: intent(m, "ReadyIntent").update(samples=[]), "has no samples"),
    (
        "one word for a name",
        lambda m: m.update(invocationName="backcoach"),
        "two words or more",
    ),
    ("launch word", lambda m: m.update(invocationName="start back coach"), "launch word"),
    ("wake word", lambda m: m.update(invocationName="echo back coach"), "wake word"),
    ("reserved word", lambda m: m.update(invocationName="back coach skill"), "reserved word"),
    ("connecting word", lambda m: m.update(invocationName="coach for backs"), "connecting word"),
    ("capitals", lambda m: m.update(invocationName="Back Coach"), "lower-case"),
    (
        "an intent that nothing handles",
        lambda m: m["intents"].append({"name": "DanceIntent", "samples": ["let us dance"]}),
        "nothing handles",
    ),
    ("a handler out of reach", lambda m: without(m, "SuggestIntent"), "nobody can say it"),
    ("no way to stop", lambda m: without(m, "AMAZON.StopIntent"), "nobody can say it"),
    ("an intent twice", lambda m: m["intents"].append(intent(m, "ReadyIntent")), "stands twice"),
    (
        "two values with one id",
        lambda m: kind(m, "Pace")["values"][0].update(id="faster"),
        "not unique",
    ),
    (
        "one word for two values",
        lambda m: kind(m, "Pace")["values"][1]["name"]["synonyms"].append(
            kind(m, "Pace")["values"][0]["name"]["value"]
        ),
        "means",
    ),
    (
        "a value too long",
        lambda m: kind(m, "Pace")["values"][0]["name"]["synonyms"].append("slow " * 40),
        "too long",
    ),
    ("what the schema does not know", lambda m: m.update(invocations=["x"]), "unknown there"),
    (
        "what the schema refuses",
        lambda m: m.update(modelConfiguration={"fallbackIntentSensitivity": {"level": "MAX"}}),
        "schema",
    ),
]


@pytest.fixture(scope="module")
def before() -> set[Finding]:
    """What is told of the shipped models, with no fault planted."""
    return set(check(Project.shipped(), "models"))


@pytest.mark.parametrize(
    ("change", "told"), [row[1:] for row in IN_A_MODEL], ids=[row[0] for row in IN_A_MODEL]
)
def test_a_fault_in_a_model(copy: Project, change: Change, told: str, before: set[Finding]) -> None:
    path = copy.root / MODEL
    model = json.loads(path.read_text("utf-8"))
    change(model["interactionModel"]["languageModel"])
    path.write_text(json.dumps(model, ensure_ascii=False, indent=2), "utf-8")
    # Only what no phrases can bring about is a fault of the model's own file.
    file = MODEL if told in ("unknown there", "schema") else PHRASES
    assert_found(copy, "models", file, told, before)


class Fault(NamedTuple):
    """One text put in place of another."""

    part: str
    file: str
    old: str
    new: str
    named: str
    """The file that the check must name."""
    told: str


SPARE_SOURCE = """[sources]
spare = { title = "A", publisher = "B", url = "https://example.org" }"""
CHRONIC, WEATHER = (f'id = "{key}"\nsource = "healthline"' for key in ("chronic-pain", "weather"))

IN_TEXT = [Fault(*row) for row in [
    ("models", MODEL, '"interactionModel"', '"interactionModels"', MODEL, "no interaction model"),
    ("models", MODEL, "{", "", MODEL, "no interaction model"),
    ("wording", OPENING, "or to hear the list?", "or to hear the list.", OPENING, "neither asks"),
    ("wording", GUIDED, "halfway = Halfway.", "halfway = Halfway", GUIDED, "full stop"),
    ("wording", GUIDED, "halfway = Halfway.", "halfway = <b>Halfway</b>.", GUIDED, "aloud"),
    ("wording", GUIDED, "halfway = Halfway.", "halfway = 50 percent.", GUIDED, "digits"),
    ("wording", GUIDED, "Well done.", "This will cure your back.", GUIDED, "claims"),
    ("wording", GUIDED, "rest = And rest.", "rest = And { no-such }.", GUIDED,
     "cannot be said"),
    ("wording", GUIDED, "halfway = Halfway.", "= Halfway.", GUIDED, "Expected"),
    ("facts", KNEES, 'hold = { value = 5, source = "mayo" }', "hold = { value = 5 }",
     KNEES, "source"),
    ("facts", BRIDGE, 'source = "mayo"', 'source = "hearsay"', BRIDGE, "hearsay"),
    ("facts", BRIDGE, "hold = { value = 10, source = \"mayo\" }",
     "hold = { value = 10, source = \"own\" }", BRIDGE, "no source for hold"),
    ("facts", GUIDANCE, "[sources]", SPARE_SOURCE, GUIDANCE, "nothing cites"),
    ("facts", BRIDGE, "[[phase]]", f"{SPARE_SOURCE}\n[[phase]]", BRIDGE, "nothing cites"),
    ("facts", GUIDANCE, "https://www.mayoclinic.org", "http://www.mayoclinic.org", GUIDANCE,
     "looked up"),
    ("facts", KNEES, "value = 2,", "value = -2,", KNEES, ">"),
    ("facts", SAFETY, CHRONIC, WEATHER, SAFETY, "chronic-pain"),
    ("facts", SAFETY, 'id = "injury"\nsource = "healthline"', 'id = "injury"', SAFETY, "source"),
    ("facts", SCREENING, "advice-injury =", "advice-hurt =", WORDING, "advice-injury is missing"),
    ("facts", BRIDGE_SAID, "bridge-ease =", "bridge-easing =", BRIDGE_SAID,
     "bridge-ease is missing"),
    ("speech", GUIDED, "goodbye = Take care.", "goodbye = Take care?", GUIDED, "closes after"),
    ("speech", GUIDED, "    .reprompt = Say yes to begin, or no to leave it.\n", "", GUIDED,
     "ask-begin.reprompt"),
    ("speech", PROGRESS, "streak = That makes { WORDS($days) }", "streak = That makes { $weeks }",
     PROGRESS, "streak"),
    ("speech", OPENING, "This is for education, and is no substitute for medical advice. A stretch",
     "Before", OPENING, "medical advice"),
    ("speech", OPENING, "What would you like to do?", "I am here.", OPENING, "prompts for nothing"),
    ("speech", GUIDED, "That was the last one.", "That was it. Relief is guaranteed.", OPENING,
     "claims"),
    ("speech", GUIDANCE, "rate = { value = 1.1,", "rate = { value = 3.5,", GUIDED, "rate"),
    ("speech", BRIDGE, "hold = { value = 10, source = \"mayo\" }",
     "hold = { value = 290, source = \"mayo\" }", GUIDED, "is the most"),
    ("speech", ANSWERS, "answer-why-it-cracks = ", "answer-why-it-cracks = " + "It pops. " * 900,
     GUIDED, "characters"),
    ("package", LISTING, "Back Coach gives no medical advice and",
     "Back Coach helps your back and", LISTING, "disclaimer"),
    ("package", LISTING, "In an emergency, call", "Call", LISTING, "disclaimer"),
    ("package", LISTING, "to start my routine", "to dance the tango", LISTING, "no sample"),
    ("package", LISTING, '"Alexa, open {invocation}",\n    "Alexa, ask', '"Alexa, ask',
     LISTING, "opens nothing"),
    ("package", LISTING, 'summary = "', 'summary = "' + "A calm voice. " * 12, LISTING, "summary"),
    ("package", LISTING, '"bridge", "pelvic', '"bridge, pelvic', LISTING, "comma"),
    ("package", LISTING, "hands-free, with your eyes shut", "and your back will heal", LISTING,
     "claims"),
    ("package", LISTING, 'terms = """', 'term = """', LISTING, "term"),
    ("package", MANIFEST, "usesHealthInfo = false", "usesHealthInfo = true", MANIFEST, "refused"),
    ("package", MANIFEST, "interfaces = []", 'interfaces = ["HOLOGRAMS"]', MANIFEST, "schema"),
    ("package", MANIFEST, '["SKILL_DISABLED"]', "[]", MANIFEST, "not asked to tell"),
    ("package", MANIFEST, '["SKILL_DISABLED"]', '["SKILL_DISABLED", "SKILL_ENABLED"]', MANIFEST,
     "nothing handles"),
    ("package", MANIFEST, "containsAds", "containsAdverts", MANIFEST, "unknown there"),
    ("wording", RULES, "'\\bguarantee'", "'\\bguarantee('", RULES, "no pattern"),
]]  # fmt: skip


@pytest.mark.parametrize("fault", IN_TEXT, ids=[f"{fault.part}: {fault.told}" for fault in IN_TEXT])
def test_a_fault_in_a_text(planted: Planted, fault: Fault) -> None:
    project = planted(fault.file, fault.old, fault.new)
    assert_found(project, fault.part, fault.named, fault.told, set())


def test_a_locale_that_lacks_what_another_has(copy: Project) -> None:
    model = json.loads((copy.root / MODEL).read_text("utf-8"))
    without(model["interactionModel"]["languageModel"], "ReadyIntent")
    other = "interaction_models/en-GB.json"
    (copy.root / other).write_text(json.dumps(model), "utf-8")
    assert_found(copy, "models", PHRASES, "the intent ReadyIntent is missing in en-GB", set())


def test_a_locale_that_alexa_does_not_have(copy: Project) -> None:
    (copy.root / MODEL).rename(copy.root / "interaction_models/en-NZ.json")
    assert_found(copy, "models", PHRASES, "no locale", set())


def test_a_language_with_models_but_no_words(copy: Project) -> None:
    (copy.root / MODEL).rename(copy.root / "interaction_models/de-DE.json")
    assert_found(copy, "wording", "speech/wording/de", "nothing is said", set())


MISSING = {
    GUIDANCE: "missing",
    SAFETY: "missing",
    MANIFEST: "missing",
    RULES: "no rules for en",
    LISTING: "the store is told nothing about the skill in en",
    PHRASES: "no phrases",
    MODEL: "no interaction model",
}


@pytest.mark.parametrize("file", MISSING)
def test_a_file_that_is_missing(file: str, copy: Project) -> None:
    (copy.root / file).unlink()
    found = check(Project(copy.root), *PARTS)
    named = "interaction_models" if file == MODEL else file
    assert any(f.file == named and MISSING[file] in f.problem for f in found), found
    assert all(finding.fix for finding in found)


@pytest.mark.parametrize("file", MISSING)
def test_a_file_that_is_no_text(file: str, copy: Project) -> None:
    (copy.root / file).write_bytes(b"\xff\xfe\xfa")
    found = check(Project(copy.root), *PARTS)
    assert any(f.file == file and "cannot be read" in f.problem for f in found), found


@pytest.mark.parametrize("file", [file for file in MISSING if file != PHRASES])
def test_a_file_that_is_empty(file: str, copy: Project) -> None:
    (copy.root / file).write_text("", "utf-8")
    found = check(Project(copy.root), *PARTS)
    assert found
    assert all(finding.fix for finding in found)


AT_A_LINE = [
    ("a sample", lambda m: samples(m, "UnsureIntent").append("surprise me"),
     "is a sample of", "      - surprise me"),
    ("an intent", lambda m: samples(m, "ReadyIntent").append("ready, steady"), "','",
     "  ReadyIntent:"),
    ("a value", lambda m: kind(m, "Pace")["values"][0]["name"]["synonyms"].append("slow " * 40),
     "too long", "  Pace:"),
    ("the name", lambda m: m.update(invocationName="coach"), "two words", "invocation_name:"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told", "line"), [row[1:] for row in AT_A_LINE], ids=[row[0] for row in AT_A_LINE]
)
def test_a_fault_of_a_model_is_shown_in_the_phrases(
    copy: Project, change: Change, told: str, line: str
) -> None:
    path = copy.root / MODEL
    model = json.loads(path.read_text("utf-8"))
    change(model["interactionModel"]["languageModel"])
    path.write_text(json.dumps(model), "utf-8")
    phrases = (copy.root / PHRASES).read_text("utf-8").splitlines()
    found = [f for f in check(Project(copy.root), "models") if told in f.problem]
    assert found
    for finding in found:
        assert finding.file == PHRASES
        assert phrases[finding.line - 1].startswith(line)
        assert finding.fix.endswith("; then run make models")


def test_a_language_that_lacks_a_sentence(copy: Project) -> None:
    french = copy.root / "speech/wording/fr"
    shutil.copytree(copy.root / WORDING, french)
    said = french / "guidance.ftl"
    said.write_text(said.read_text("utf-8").replace("goodbye =", "salut ="), "utf-8")
    rules = (copy.root / RULES).read_text("utf-8")
    (copy.root / "skill/lint/languages/fr.toml").write_text(rules, "utf-8")
    assert_found(copy, "wording", "speech/wording/fr/guidance.ftl", "goodbye is missing", set())


def test_a_language_with_models_but_no_sentences_left(copy: Project) -> None:
    shutil.rmtree(copy.root / WORDING)
    assert_found(copy, "wording", WORDING, "nothing is said in en", set())


def test_an_exercise_of_which_only_the_facts_are_there(copy: Project) -> None:
    (copy.root / BRIDGE_SAID).unlink()
    assert_found(copy, "facts", BRIDGE_SAID, "bridge-ease is missing", set())


def test_an_exercise_that_nobody_can_say(copy: Project) -> None:
    (copy.root / BRIDGE).rename(copy.root / "skill/exercises/data/shoulder-bridge.toml")
    assert_found(copy, "facts", PHRASES, "nobody can say the exercise 'shoulder-bridge'", set())
    assert_found(copy, "facts", BRIDGE_NAMED, "there is no exercise 'bridge'", set())


def test_a_message_in_two_files_is_told_with_both_places(copy: Project) -> None:
    twice = copy.root / BRIDGE_SAID
    twice.write_text(twice.read_text("utf-8") + "halfway = Half.\n", "utf-8")
    told = f"halfway stands in {BRIDGE_SAID}, line "
    assert_found(copy, "wording", GUIDED, told, set())


def assert_found(project: Project, part: str, file: str, told: str, before: set[Finding]) -> None:
    """Something new is told of this file, in these words, with a fix."""
    found = [f for f in check(Project(project.root), part) if f not in before]
    assert any(f.file == file and told in f.problem for f in found), found
    assert all(finding.fix for finding in found)


def test_there_are_enough_faults() -> None:
    assert len(IN_A_MODEL) + len(IN_TEXT) + 4 >= 30
