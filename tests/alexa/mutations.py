"""Mutation of requests: each value in turn replaced, to see which of them can have one refused."""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.alexa.conftest import WORDS, Json
from tests.alexa.doors import REQUESTS, Door

LEFT_OUT = object()
VALUES: dict[str, object] = {
    "an unknown text": "SOMETHING_NEW",
    "a number": 7,
    "an object": {"new": {"deep": [1]}},
    "null": None,
    "left out": LEFT_OUT,
}

NEEDED = {
    "request": "the coach: there is nothing to answer",
    "request.type": "the coach: what is asked; and the age that its timestamp may have",
    "request.requestId": "trust: every request of Amazon's has one",
    "request.timestamp": "trust: made just now; the coach: where guidance has got to",
    "request.intent": "the coach, in an IntentRequest: what was said",
    "request.intent.name": "the coach, in an IntentRequest: what was said",
    "context": "trust: for which skill it is",
    "context.System": "trust: for which skill it is",
    "context.System.application": "trust: for which skill it is",
    "context.System.application.applicationId": "trust: for which skill it is",
    "context.System.user.userId": "trust: whose memory it is",
    "context.System.person.personId": "trust: whose memory it is",
    "session": "the coach, where a session is talked in: how the talk stands",
    "session.application": "trust: for which skill it is",
    "session.application.applicationId": "trust: for which skill it is",
    "session.user.userId": "trust: whose memory it is",
}
"""The only places that can have a request refused, and who needs them."""

TROUBLE = {WORDS("trouble", seed) for seed in range(40)}


@dataclass
class Figures:
    """What a run came to."""

    requests: int = 0
    places: int = 0
    tried: int = 0
    refused: dict[str, dict[str, int]] = field(default_factory=dict)
    """How often, by place and value."""
    faults: list[str] = field(default_factory=list)
    """Mutations that the doors answered in different ways, or only with an apology."""

    @property
    def refusals(self) -> int:
        return sum(sum(values.values()) for values in self.refused.values())


def run(doors: Mapping[str, Door]) -> Figures:
    """Every mutation of every request, at every door."""
    figures = Figures()
    for file in sorted(REQUESTS.glob("*.json")):
        request: Json = json.loads(file.read_bytes())
        if "context" not in request:
            continue
        figures.requests += 1
        for place in places(request):
            figures.places += 1
            for kind, value in VALUES.items():
                _try(figures, doors, file.stem, place, kind, mutated(request, place, value))
    return figures


def _try(  # noqa: PLR0917 - a mutation and where it came from
    figures: Figures,
    doors: Mapping[str, Door],
    request: str,
    place: tuple[str | int, ...],
    kind: str,
    body: Json,
) -> None:
    figures.tried += 1
    sent = json.dumps(body).encode()
    answers = [door(sent) for door in doors.values()]
    status, answer = answers[0]
    where = f"{request} {name_of(place)} {kind}"
    if any(other != answers[0] for other in answers):
        figures.faults.append(f"{where}: the doors differ")
    elif status == 400:
        values = figures.refused.setdefault(name_of(place), {})
        values[kind] = values.get(kind, 0) + 1
    elif status != 200 or any(sorry in json.dumps(answer) for sorry in TROUBLE):
        figures.faults.append(f"{where}: {status}, an apology")


def places(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a JSON value but the root."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in pairs:
        yield (*way, key)
        if isinstance(part, dict | list):
            yield from places(part, (*way, key))


def mutated(request: Json, place: tuple[str | int, ...], value: object) -> Json:
    """The request with something else, or nothing, at a place."""
    body = copy.deepcopy(request)
    part: Any = body
    for key in place[:-1]:
        part = part[key]
    if value is LEFT_OUT:
        del part[place[-1]]
    else:
        part[place[-1]] = value
    return body


def name_of(place: tuple[str | int, ...]) -> str:
    """A place as `context.Viewports[].type`."""
    return "".join("[]" if isinstance(key, int) else f".{key}" for key in place).lstrip(".")


def table(figures: Figures) -> Iterator[str]:
    """The figures in Markdown: what was tried, and each place that can have a request refused."""
    yield (
        f"{figures.requests} requests, {figures.places / figures.requests:.0f} places each, "
        f"{len(VALUES)} values: {figures.tried:,} requests tried, {figures.refusals:,} refused."
    )
    yield ""
    yield "| refused for its | needed by | " + " | ".join(VALUES) + " |"
    yield "| --- | --- |" + " --- |" * len(VALUES)
    for place, values in sorted(figures.refused.items()):
        counts = " | ".join(str(values.get(kind, 0)) for kind in VALUES)
        yield f"| `{place}` | {NEEDED.get(place, 'NOBODY')} | {counts} |"
