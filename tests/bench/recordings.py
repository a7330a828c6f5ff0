"""10,000 recordings with repeats, from many processes at once: the totals, and how fast.

One person on all devices is the worst there is; a thousand people are the usual. One work in ten
is reported with pain, and people ask to be forgotten meanwhile.
"""

import argparse
import os
import tempfile
from pathlib import Path

from skill.store import Store, open_store
from skill.store.dynamodb import DynamoDbStore
from skill.store.dynamodb_calls import OPERATOR_SECONDS, connect, create_table
from tests.store.dynamodb_server import NO_ACCOUNT, running
from tests.store.recording import DEVICES, Load, mistakes, prepare, run


def measure(kind: str, url: str, store: Store, load: Load) -> None:
    prepare(store, load)
    seconds, again = run(url, load)
    wrong = mistakes(store, load)
    print(
        f"{kind:9} {load.people:5} people  {load.recordings:6} recordings of {load.works} works,"
        f" {load.processes * DEVICES} devices: {seconds:6.1f} s,"
        f" {load.recordings / seconds:6.0f} a second, {again} asked again,"
        f" totals {'exact' if not wrong else wrong[:3]}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--works", type=int, default=2500)
    parser.add_argument("--repeats", type=int, default=4)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--store", choices=["sqlite", "dynamodb"], nargs="*")
    parser.add_argument("--people", type=int, nargs="*", default=[1, 1000])
    options = parser.parse_args()
    stores = options.store or ["sqlite", "dynamodb"]
    for people in options.people:
        load = Load(options.processes, options.works, options.repeats, people)
        if "sqlite" in stores:
            with tempfile.TemporaryDirectory() as folder:
                url = f"sqlite://{Path(folder) / 'memory.sqlite3'}"
                measure("sqlite", url, open_store(url), load)
        if "dynamodb" in stores:
            with running() as address:
                os.environ.update({**NO_ACCOUNT, "AWS_ENDPOINT_URL_DYNAMODB": address})
                create_table(connect(), "bench")
                # The local server takes longer for a whole log than a talk would wait.
                patient = DynamoDbStore(connect(OPERATOR_SECONDS), "bench")
                measure("dynamodb", "dynamodb://bench", patient, load)


if __name__ == "__main__":
    main()
