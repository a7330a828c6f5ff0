"""What a person does with the page, and reads on it."""

from typing import NamedTuple

from playwright.sync_api import Page

QUESTIONS = 5


class Row(NamedTuple):
    """One row of the timeline, in seconds of the answer."""

    start: float
    end: float
    kind: str
    text: str


def say(page: Page, text: str) -> None:
    """Type it, and wait until it was answered."""
    page.fill("#typed", text)
    page.press("#typed", "Enter")
    page.wait_for_function(
        "text => document.querySelector('#heard').textContent.includes(text)", arg=text
    )


def clear(page: Page) -> None:
    """Answer each of the safety questions by its button."""
    if not page.is_visible(".answer"):
        say(page, "start knees to chest")
    for number in range(2, QUESTIONS + 2):
        page.click(".answer")
        if number <= QUESTIONS:
            page.wait_for_function(
                "n => document.querySelector('#round').textContent === n",
                arg=f"{number} of {QUESTIONS}",
            )
    state_is(page, "guiding")


def state_is(page: Page, phase: str) -> None:
    """Wait until the coach is in a phase."""
    page.wait_for_function(
        "phase => document.querySelector('#state').textContent.includes(`\"${phase}\"`)", arg=phase
    )


def seek(page: Page, second: float) -> None:
    """Go to a second of the answer."""
    page.evaluate("at => backCoach.seek(at)", second)


def rows(page: Page) -> list[Row]:
    """The timeline that the page shows to developers."""
    found = page.eval_on_selector_all(
        "#timeline tr", "rows => rows.map(r => [...r.children].map(c => c.textContent))"
    )
    return [Row(float(start), float(end), kind, text) for start, end, kind, text in found]
