"""How often guidance goes on in the right round, when somebody interrupts in the middle of a cue.

python -m tests.bench.interruption            the figures at each stretch of real speech
python -m tests.bench.interruption --late     and where the coach goes on from an earlier round
"""

import argparse
from collections import Counter

from skill.content import Content
from skill.exercises import load_facts
from speech.wording import Wording
from tests.coach.interruptions import STRETCHES, Interruption, interruptions, shares


def _print_row(name: str, cases: list[Interruption]) -> None:
    figures = " ".join(f"{share:8.1%}" for share in shares(cases))
    print(f"{name:>16} {len(cases):8} {figures}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--late", action="store_true", help="list each that goes on from earlier")
    wants = parser.parse_args()
    routines, safety = load_facts()
    content = Content(routines, safety, Wording.for_language("en"))
    by_stretch = {stretch: list(interruptions(content, stretch)) for stretch in STRETCHES}
    every = [case for cases in by_stretch.values() for case in cases]

    columns = ("cues", "fair", "right", "and side", "earlier", "later")
    print(f"{'':>16} " + " ".join(f"{column:>8}" for column in columns))
    for stretch, cases in by_stretch.items():
        _print_row(f"speech x {stretch:g}", cases)
    _print_row("all", every)
    for exercise in routines.ids:
        _print_row(exercise, [case for case in every if case.which.exercise == exercise])
    for pace in routines.pace:
        _print_row(pace.id, [case for case in every if case.which.pace == pace.id])
    kinds = Counter(type(case.which.span.cue).__name__ for case in every if case.is_earlier)
    print("earlier, by the cue interrupted:", dict(kinds))
    if wants.late:
        for case in every:
            if case.is_earlier:
                print(_described(case))


def _described(case: Interruption) -> str:
    which = case.which
    return (
        f"x{which.stretch:g} {which.exercise} {which.pace} {'new' if which.is_new else 'known'}"
        f" at {which.span.start:.1f}-{which.span.end:.1f}"
        f" truly {case.true}{case.true_side} assumed {case.assumed}{case.assumed_side}"
        f" {which.span.cue}"
    )


if __name__ == "__main__":
    main()
