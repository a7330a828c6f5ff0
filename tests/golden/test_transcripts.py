"""Whole conversations, compared word for word with the transcripts beside their utterances.

`make transcripts` writes them again; read the difference as somebody on the floor would hear it.
"""

from datetime import datetime
from pathlib import Path

import pytest

from skill.cli.local_speaker import talk_fast

FOLDER = Path(__file__).parent / "transcripts"
MORNING = datetime(2025, 1, 6, 8)  # noqa: DTZ001 - the command takes a naive time, in UTC


def spoken(said: Path) -> str:
    with said.open(encoding="utf-8") as utterances:
        return "\n".join(talk_fast(utterances, MORNING, "en-US")) + "\n"


@pytest.mark.parametrize("said", sorted(FOLDER.glob("*.said")), ids=lambda path: path.stem)
def test_conversation(said: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BACK_COACH_STORE", raising=False)
    style = "statement" if said.stem.startswith("statement") else "questions"
    monkeypatch.setenv("BACK_COACH_SCREENING", style)
    expected = said.with_suffix(".transcript").read_text("utf-8")
    assert spoken(said) == expected


def test_every_transcript_has_its_utterances() -> None:
    transcripts = {path.stem for path in FOLDER.glob("*.transcript")}
    assert transcripts == {path.stem for path in FOLDER.glob("*.said")}
