"""Every sentence of the coach: it can be said, it is words, and it promises nothing."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from skill.exercises import load_facts
from skill.lint.messages import SEEDS
from speech.wording import BrokenWording, Line, MissingWords, Wording
from speech.wording.catalog import Argument, shipped_texts

ARGUMENTS: dict[str, tuple[Argument, ...]] = {
    "side": ("left", "right"),
    "other": ("right", "left"),
    "sided": ("yes", "no"),
    "reached": ("yes", "no", "over"),
    "part": ("morning", "afternoon", "evening", "noon", "midnight"),
    "time": ("eight in the morning",),
    "times": (["eight in the morning"], ["eight in the morning", "six in the evening"]),
    "pace": ("slower", "normal", "faster"),
    "posture": ("@seated-name",),
    "exercise": ("@bridge-name", "@knees-to-chest-name"),
    "exercises": (["@bridge-name"], ["@bridge-name", "@cat-arch-name", "@pelvic-tilt-name"]),
    "postures": (["@seated-name"], ["@lying-name", "@hands-and-knees-name", "@seated-name"]),
}
NUMBERS: tuple[Argument, ...] = (0, 1, 2, 3, 7, 30)

FORBIDDEN = [
    r"\bcures?\b|\bcured\b|\bcuring\b",
    r"\bheals? (you|your)\b|\bwill heal\b",
    r"\bsaves? (your|a|his|her)? ?li(fe|ves)\b|\blife-?saving\b",
    r"\bguarantee",
    r"\bdiagnos",
    r"\bpromise",
    r"\b(will|can|does) (fix|treat|remove|end|relieve|eliminate) (your|the|all|any)? ?\w* ?pain\b",
    r"\bpain-?free\b",
    r"\bmedical(ly)? (device|proven|approved)|\bclinically\b|\bproven\b",
    r"\bmiracle|\binstant relief\b|\b100\b|\bno risk\b|\brisk-?free\b",
    r"\byou (have|are suffering from) (a |an )?(arthritis|slipped|herniated|sciatica)",
]


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.inside: set[str] = set()
        """Messages that are referred to."""

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.inside.add(node.id.name)


def _patterns() -> Iterator[tuple[str, ast.Pattern]]:
    texts = shipped_texts("en").values()
    for entry in (entry for text in texts for entry in FluentParser().parse(text).body):
        if isinstance(entry, ast.Message):
            if entry.value:
                yield entry.id.name, entry.value
            for attribute in entry.attributes:
                yield f"{entry.id.name}.{attribute.id.name}", attribute.value


def _variables(pattern: ast.Pattern) -> _Variables:
    visitor = _Variables()
    visitor.visit(pattern)
    return visitor


def _with_those_inside(found: dict[str, _Variables]) -> dict[str, list[str]]:
    """Each message's variables, those of the messages that it refers to included."""

    def names(key: str) -> set[str]:
        return found[key].names.union(*(names(inside) for inside in found[key].inside))

    return {key: sorted(names(key)) for key in found}


VARIABLES = _with_those_inside({key: _variables(pattern) for key, pattern in _patterns()})
# What a page shows is read, not heard.
KEYS = sorted(key for key in VARIABLES if not key.startswith("page-"))


@pytest.fixture(scope="module")
def words() -> Wording:
    return Wording.for_language("en")


def ways(words: Wording, key: str) -> Iterator[str]:
    """Every way a message can come out."""
    names = VARIABLES[key]
    for values in product(*(ARGUMENTS.get(name, NUMBERS) for name in names)):
        yield words(key, 0, **dict(zip(names, values, strict=True)))


@pytest.fixture(scope="module")
def sentences(words: Wording) -> dict[str, list[str]]:
    return {key: list(ways(words, key)) for key in KEYS}


def test_every_message_can_be_said(sentences: dict[str, list[str]]) -> None:
    for key, said in sentences.items():
        assert said, key
        assert all(said), key


def test_numbers_are_words(sentences: dict[str, list[str]]) -> None:
    assert [s for said in sentences.values() for s in said if re.search(r"\d", s)] == []


def test_nothing_is_left_unfilled(sentences: dict[str, list[str]]) -> None:
    assert [
        s for said in sentences.values() for s in said if re.search(r"[{}$@<>&]|\bNone", s)
    ] == []


def test_nothing_is_promised(sentences: dict[str, list[str]]) -> None:
    for claim in FORBIDDEN:
        found = [
            s for said in sentences.values() for s in said if re.search(claim, s, re.IGNORECASE)
        ]
        assert found == [], claim


@pytest.mark.parametrize(
    "claim",
    [
        "This will cure your back.",
        "It heals you.",
        "Stretching can save your life.",
        "Relief is guaranteed.",
        "I can diagnose that.",
        "It will relieve your back pain.",
        "You'll be pain-free.",
    ],
)
def test_a_promise_would_be_found(claim: str) -> None:
    assert any(re.search(pattern, claim, re.IGNORECASE) for pattern in FORBIDDEN)


def test_sentences_begin_large_and_end_properly(sentences: dict[str, list[str]]) -> None:
    for key, said in sentences.items():
        if not key.partition(".")[0].endswith(("-name", "-title")):
            for sentence in said:
                assert not sentence[0].islower(), key
                assert key.startswith("progress-one-name") or sentence[-1] in ".?:”", key


def test_spaces_stand_where_they_belong(sentences: dict[str, list[str]]) -> None:
    for key, said in sentences.items():
        for sentence in said:
            assert not re.search(r"  | [.,;:?!]|[.,;:?!][A-Za-z]|[.,;:?!]{2}", sentence), key


PROMPTS = [key for key in KEYS if key.startswith("ask-") and "." not in key]
SAFETY_QUESTIONS = [key for key in KEYS if f"{key}.again" in VARIABLES]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_prompt_asks_or_says_what_to_say(prompt: str, words: Wording) -> None:
    for said in ways(words, prompt):
        last = re.split(r"(?<=[.?!])\s", said)[-1]
        assert last.endswith("?") or re.search(r"\bsay\b", last, re.IGNORECASE), said


@pytest.mark.parametrize("prompt", [*PROMPTS, *SAFETY_QUESTIONS])
def test_a_prompt_has_a_reprompt_that_says_what_can_be_said(prompt: str, words: Wording) -> None:
    for said in ways(words, f"{prompt}.reprompt"):
        assert re.search(r"\b(say|ask|name)\b", said, re.IGNORECASE), said


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_reprompt_needs_no_more_than_its_prompt(prompt: str) -> None:
    assert set(VARIABLES[f"{prompt}.reprompt"]) <= set(VARIABLES[prompt])


@pytest.mark.parametrize("question", SAFETY_QUESTIONS)
def test_a_safety_question_can_be_put_in_other_words(question: str, words: Wording) -> None:
    assert words(f"{question}.again") != words(question)
    assert "no" in re.findall(r"\w+", words(f"{question}.reprompt").lower())
    advice = question.replace("question-", "advice-")
    assert words(f"{advice}.unsure") != words(advice)


def test_small_words_vary_and_stay_the_same_for_the_same_seed(words: Wording) -> None:
    varied = {key.partition(".")[0] for key in KEYS if ".or-" in key}
    assert varied
    for key in varied:
        args: dict[str, Argument] = {
            name: ARGUMENTS.get(name, NUMBERS[2:])[0] for name in VARIABLES[key]
        }
        said = [words(key, seed, **args) for seed in SEEDS]
        others = [other for other in KEYS if other.startswith(f"{key}.or-")]
        assert len(set(said)) == len(others) + 1, key
        again = Wording.for_language("en")
        assert [again(key, seed, **args) for seed in SEEDS] == said


def test_instructions_never_vary() -> None:
    exercises = "|".join(load_facts()[0].ids)
    instruction = re.compile(rf"^(({exercises})-|posture-|hold|count|question-|advice-)")
    assert [key for key in KEYS if instruction.match(key) and ".or-" in key] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (Line("round", {"round": 12}), "Round twelve."),
        (Line("carry-on-from", {"round": 2, "exercise": "@bridge-name"}),
         "You were in round two of the bridge."),
        (Line("bridge-name"), "the bridge"),
        (Line("ask-next", {"exercise": "@cat-arch-name"}), "Shall we do the cat arch next?"),
        (Line("seated-rotation-elbow.brief", {"side": "left", "other": "right"}),
         "Right elbow outside your left knee."),
        (Line("progress-today", {"total": 2, "exercises": ["this once", "that twice"]}),
         "Two stretches today: this once and that twice."),
    ],
)  # fmt: skip
def test_some_sentences(line: Line, said: str, words: Wording) -> None:
    assert words.say(line, 1).removeprefix("And ").lower() == said.lower()


@pytest.mark.parametrize(
    ("key", "args"),
    [("no-such-words", {}), ("hold.no-such-form", {}), ("", {}), ("round", {}), ("hold", {"x": 1})],
)
def test_words_that_are_missing(key: str, args: dict[str, Argument], words: Wording) -> None:
    with pytest.raises(MissingWords):
        words(key, 0, **args)


def test_a_file_with_a_fault_is_refused() -> None:
    with pytest.raises(BrokenWording, match=r"^xx/a\.ftl, line 2: Expected"):
        Wording({"xx/a.ftl": "hello = Hello\n= no key\n"}, "xx")
    with pytest.raises(FileNotFoundError):
        Wording.for_language("xx")


def test_a_message_in_two_files_is_refused_with_both_places() -> None:
    texts = {"xx/a.ftl": "# A\n\nbye = Bye\nhello = Hello\n", "xx/b.ftl": "\nhello = Hi\n"}
    with pytest.raises(BrokenWording) as refusal:
        Wording(texts, "xx")
    assert str(refusal.value) == "xx/b.ftl, line 2: hello stands in xx/a.ftl, line 4 already"


def test_a_message_in_the_same_file_twice_is_refused() -> None:
    with pytest.raises(BrokenWording, match=r"^xx/a\.ftl, line 2: .* xx/a\.ftl, line 1 already"):
        Wording({"xx/a.ftl": "hello = Hello\nhello = Hi\n"}, "xx")


def test_what_is_still_to_be_written_is_refused() -> None:
    with pytest.raises(BrokenWording, match=r"^xx/b\.ftl, line 2: .* still to be written"):
        Wording(
            {"xx/a.ftl": "bye = Bye\n", "xx/b.ftl": "hello = Hello\n    .brief = FILL IN\n"}, "xx"
        )


def test_a_message_may_have_another_of_another_file_in_it() -> None:
    words = Wording(
        {"xx/a.ftl": "hello = Hello, { friend-name }.", "xx/b.ftl": "friend-name = you"}, "en"
    )
    assert words("hello") == "Hello, you."
