"""The command `back-coach check`, and the parts of it that need no fault in a file."""

import pytest
from click.testing import CliRunner

from skill.__main__ import main
from skill.lint.check import PARTS, SLOWEST_FIRST, check
from skill.lint.findings import Finding, format_findings
from skill.lint.project import Project
from skill.lint.ssml_dialect import ssml_faults

pytestmark = pytest.mark.slow


def test_everything_is_checked_where_nothing_is_named() -> None:
    assert sorted(SLOWEST_FIRST) == sorted(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_what_is_shipped_is_clean(part: str) -> None:
    assert check(Project.shipped(), part) == []


def test_each_finding_is_told_with_its_place_and_its_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        Finding("a.ftl", 7, "it is odd", "make it even"),
        Finding("b.json", 0, "it is empty", "fill it"),
    ]
    assert format_findings(found) == (
        "a.ftl:7: it is odd\n    fix: make it even\nb.json: it is empty\n    fix: fill it"
    )
    monkeypatch.setattr("skill.lint.check.check", lambda _project: found)
    done = CliRunner().invoke(main, ["check"])
    assert (done.exit_code, done.output) == (1, f"{format_findings(found)}\n2 found\n")


def test_nothing_found_is_status_0(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skill.lint.check.check", lambda _project: [])
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 0
    assert all(part in done.output for part in PARTS)


@pytest.mark.parametrize(
    "ssml",
    [
        "<speak>Hello.</speak>",
        '<speak>Hold. <break time="10s"/><break time="250ms"/> And rest.</speak>',
        '<speak><prosody rate="88%">Slowly, &amp; gently.</prosody></speak>',
        '<speak><emphasis level="moderate">Stop</emphasis></speak>',
    ],
)
def test_what_alexa_speaks(ssml: str) -> None:
    assert list(ssml_faults(ssml)) == []


@pytest.mark.parametrize(
    ("ssml", "fault"),
    [
        ("<speak>Hello.", "well-formed"),
        ("<speak>Salt & pepper.</speak>", "well-formed"),
        ("Hello.", "well-formed"),
        ("<p>Hello.</p>", "<speak>"),
        ("<speak> </speak>", "nothing"),
        ("<speak>Hello. <mark name='x'/></speak>", "<mark>"),
        ("<speak><speak>Hello.</speak></speak>", "<speak>"),
        ('<speak>Hello. <break time="11s"/></speak>', "11s"),
        ('<speak>Hello. <break time="10001ms"/></speak>', "10001ms"),
        ('<speak>Hello. <break time="long"/></speak>', "long"),
        ('<speak>Hello. <break size="1s"/></speak>', "size"),
        ('<speak><prosody rate="300%">Hello.</prosody></speak>', "300%"),
        (f"<speak>{'a' * 8000}</speak>", "8000"),
    ],
)
def test_what_alexa_would_not_speak(ssml: str, fault: str) -> None:
    assert any(fault in format_findings for format_findings in ssml_faults(ssml))
