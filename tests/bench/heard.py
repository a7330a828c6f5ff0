"""How well people are understood who have not seen the phrases.

python -m tests.bench.heard                prints the figures of both halves of the set
python -m tests.bench.heard --development  prints what was missed in the development half as well
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter

import interaction_models
from skill.speaker.nlu.recognizer import FALLBACK, IntentRecognizer
from tests.heard import hearing, node
from tests.heard.classifier import classified
from tests.heard.evaluation import HALVES, Utterance, half_of, in_half, out_of_domain, utterances
from tests.heard.hearing import Heard

Tell = Callable[[str, Sequence[Utterance], Sequence[str]], None]


def percent(part: int, whole: int) -> str:
    return f"{part / whole:6.1%} ({part} of {whole})" if whole else "none"


def each_half(tell: Tell) -> None:
    """Tell of the development half, the held-out half and both together."""
    everything, others = utterances(), out_of_domain()
    for half in HALVES:
        tell(half, in_half(everything, half), [text for text in others if half_of(text) == half])
    tell("all", everything, others)


def tell_resolver(heard: Mapping[str, Heard]) -> None:
    def tell(name: str, said: Sequence[Utterance], others: Sequence[str]) -> None:
        danger = [each for each in said if each.intent in hearing.DANGER]
        missed = hearing.missed_danger(said, heard)
        fallen = hearing.refused([e.said for e in said if e.intent != FALLBACK], heard)
        print(f"  {name}")
        print(f"    intent           {percent(hearing.right(said, heard), len(said))}")
        print(f"    intent and slots {percent(hearing.wholly_right(said, heard), len(said))}")
        print(f"    fell to Fallback {percent(fallen, len(said))}")
        print(f"    others refused   {percent(hearing.refused(others, heard), len(others))}")
        print(f"    danger heard     {percent(len(danger) - missed, len(danger))}")
        print(f"    false noes       {hearing.false_noes(said, heard)}")
        for (meant, taken), times in hearing.confusions(said, heard).most_common():
            print(f"      {times} x {meant} taken for {taken}")

    print("Local resolver, en-US")
    each_half(tell)


def tell_locales(said: Sequence[Utterance]) -> None:
    print("Local resolver, each locale: intent right, danger missed, false noes")
    texts = [each.said for each in said]
    for locale in interaction_models.locales():
        heard = hearing.by_resolver(texts, locale)
        share = percent(hearing.right(said, heard), len(said))
        missed, noes = hearing.missed_danger(said, heard), hearing.false_noes(said, heard)
        print(f"  {locale}  {share}  {missed}  {noes}")


def tell_classifier(said: Sequence[Utterance]) -> None:
    # It knows no Fallback, so what is meant for that is not asked of it.
    texts = [each.said for each in said if each.intent != FALLBACK]
    heard = {text: Heard(i) for text, i in zip(texts, classified(texts), strict=True)}

    def tell(name: str, some: Sequence[Utterance], _: Sequence[str]) -> None:
        known = [each for each in some if each.said in heard]
        print(f"  {name:12} {percent(hearing.right(known, heard), len(known))}")
        for (meant, taken), times in hearing.confusions(known, heard).most_common():
            print(f"      {times} x {meant} taken for {taken}")

    print("Text classifier, trained on the samples of en-US")
    each_half(tell)


def tell_virtual_alexa(said: Sequence[Utterance], resolved: Mapping[str, Heard]) -> None:
    print("Virtual Alexa, en-US, on what it supports; the local resolver on the same")
    if reason := node.reason_without():
        print(f"  skipped: {reason}")
        return
    heard = hearing.by_virtual_alexa([each.said for each in said])

    def tell(name: str, some: Sequence[Utterance], _: Sequence[str]) -> None:
        known = [each for each in some if each.said in heard]
        print(f"  {name:12} supports {percent(len(known), len(some))}")
        print(f"      intent   {percent(hearing.right(known, heard), len(known))}")
        print(f"      resolver {percent(hearing.right(known, resolved), len(known))}")

    each_half(tell)


def tell_missed(heard: Mapping[str, Heard]) -> None:
    print("Missed in the development half")
    for each in in_half(utterances(), "development"):
        if heard[each.said] != Heard(each.intent, each.slots):
            print(f"  {each.said!r}: {each.intent} {each.slots}, heard {heard[each.said]}")
    for text in out_of_domain():
        if half_of(text) == "development" and heard[text].intent != FALLBACK:
            print(f"  {text!r}: other business, heard {heard[text]}")


def tell_speed(texts: Sequence[str]) -> None:
    begin = perf_counter()
    understanding = IntentRecognizer.for_locale("en-US")
    loaded = perf_counter()
    times = []
    for text in texts:
        start = perf_counter()
        understanding.recognize(text)
        times.append(1000 * (perf_counter() - start))
    times.sort()
    tenth = times[len(times) * 9 // 10]
    print(f"Speed: loading {loaded - begin:.2f} s; an utterance {times[len(times) // 2]:.2f} ms,")
    print(f"  one in ten over {tenth:.2f} ms, the slowest {times[-1]:.1f} ms")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--development", action="store_true", help="print what was missed there")
    wants_missed = parser.parse_args().development
    said = utterances()
    texts = [*(each.said for each in said), *out_of_domain()]
    heard = hearing.by_resolver(texts)
    tell_resolver(heard)
    tell_locales(said)
    tell_classifier(said)
    tell_virtual_alexa(said, heard)
    tell_speed(texts)
    if wants_missed:
        tell_missed(heard)


if __name__ == "__main__":
    main()
