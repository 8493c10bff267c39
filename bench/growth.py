"""The gate: time must grow with the size of the input, and not with its square.

    python bench/growth.py [--rule CODE|NAME] [--input WORD] [--largest CHARACTERS] [--verbose]

Every installed rule, and every rule of `declared_rules.toml`, is run by itself over ordinary text and
over inputs made to provoke it, and so is the scan for all rules. An input is doubled until a subject
takes long enough to be measured well, or the input is as large as it gets: a subject that is quick even
then cannot have grown with its square.
Where the last doubling took suspiciously long, it and the next ones are measured five times, and the
best times decide. More than 2.5 times as long for twice the input is exit status 1; so is a crash, and
a rule that does not come back within a minute.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import math
import sys
import time
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from growth_inputs import Input, inputs

from kanwu.engine.batch_scanning import BatchScanner
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.discovery import discover
from kanwu.engine.internal import INTERNAL_RULES
from kanwu.engine.rule import CorpusRule, Rule
from kanwu.policy.rule_files import read_rule_files, with_rule_files

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from kanwu.documents.document import Document, Span
    from kanwu.engine.rule import AnyRule
    from kanwu.engine.scanning import Places

DECLARED = Path(__file__).resolve().parent / "declared_rules.toml"

MOST = 2.5
"""How many times as long twice the input may take."""
ENOUGH = 0.05
"""CPU seconds that are measured well; above them the input is doubled no further."""
LONG = 2.0
"""CPU seconds after which even an input that is to be large is doubled no further."""
SUSPECT = 2.3
"""Growth above which a single measurement is not trusted."""
ROUNDS = 5
DOUBLINGS = 3
"""How many doublings in a row must be bad."""
SMALLEST = 1 << 12
WHOLE = 1 << 20
"""Characters: a quarter of a million lines of four, or three megabytes of Han."""
TELLING = 1 << 16
"""Characters after which a rule that was not called is taken to have no interest in an input."""
PATIENCE = 60
"""Seconds after which a rule is taken to hang."""
SCAN = "the scan"


class Growth(NamedTuple):
    """How long a subject took for an input, and for the input twice as large."""

    subject: str
    input: str
    size: int
    once: float
    twice: float

    @property
    def times(self) -> float:
        return self.twice / self.once

    def __str__(self) -> str:
        return (
            f"{self.times:6.2f} times  {self.subject:24} {self.input:30} {self.once * 1000:7.1f} ms for "
            f"{self.size:,} characters, {self.twice * 1000:.1f} ms for {2 * self.size:,}"
        )


class Bench:
    """Measures some rules, and the scan for all of them."""

    def __init__(self, rules: Sequence[AnyRule], largest: int) -> None:
        self.scanner = BatchScanner(rules)
        self.names = (SCAN, *(rule.name for rule in rules))
        self.largest = largest

    def growths(self, given: Input) -> Iterator[Growth]:
        """For every subject that takes long enough, the growth at its last doubling."""
        waiting = set(self.names)
        size, before = SMALLEST, self.seconds(given.document(SMALLEST), waiting)
        largest = max(self.largest, WHOLE) if given.whole else self.largest
        while waiting and 2 * size <= largest:
            after = self.seconds(given.document(2 * size), waiting)
            enough = LONG if given.whole and 4 * size <= largest else ENOUGH
            # A rule that was not called for the smaller input has begun, and not grown.
            for name in [n for n, seconds in after.items() if seconds >= enough and before[n]]:
                growth = Growth(name, given.name, size, before[name], after[name])
                if growth.times > SUSPECT:
                    growth = self.best(growth, given)
                yield growth
                waiting.discard(name)
            size, before = 2 * size, after
            if size == TELLING:
                waiting -= {name for name, seconds in after.items() if not seconds}

    def best(self, growth: Growth, given: Input) -> Growth:
        """The same from the best of several measurements.

        What grows at one size only is no growth but a step: a cache that is full, a work that begins
        with the first repetition. So a bad growth counts if the next doublings are as bad.
        """
        found = []
        for doubling in range(DOUBLINGS):
            size = growth.size << doubling
            found.append(self.again(growth._replace(size=size), given))
            if found[-1].times <= MOST:
                break
        return min(found, key=lambda growth: growth.times)

    def again(self, growth: Growth, given: Input) -> Growth:
        """A growth from the best times, both sizes taking turns on a machine that may be unsteady."""
        single, double = given.document(growth.size), given.document(2 * growth.size)
        once = twice = math.inf
        for _ in range(ROUNDS):
            once = min(once, self.seconds(single, {growth.subject})[growth.subject])
            twice = min(twice, self.seconds(double, {growth.subject})[growth.subject])
        return growth._replace(once=once, twice=twice)

    def seconds(self, document: Document, wanted: Collection[str]) -> dict[str, float]:
        """CPU time of the scan and of each wanted rule that was called, all of it anew for each."""
        places: Places = []

        def scan() -> None:
            ((_, found),) = self.scanner.scan([fresh(document)])
            places.extend(found)

        taken = {SCAN: timed(scan)}
        for rule, spans in places:
            if rule.name in wanted:
                taken[rule.name] = timed(partial(call, rule, fresh(document), spans))
        return {name: taken.get(name, 0.0) for name in wanted}


def fresh(document: Document) -> Document:
    """The document with nothing analysed yet."""
    return document.with_text(document.text)


def call(rule: AnyRule, document: Document, spans: Sequence[Span]) -> None:
    """Have a rule say everything, and forget it."""
    if isinstance(rule, Rule):
        deque(rule.check(document, spans), maxlen=0)
    elif isinstance(rule, CorpusRule):
        store = RecordStore()
        store.add((rule.name, record) for record in rule.collect(document, spans))
        compare([rule], store)


def timed(work: Callable[[], object]) -> float:
    """CPU seconds; the process ends when it takes too long."""
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    start = time.process_time()
    work()
    elapsed = time.process_time() - start
    faulthandler.cancel_dump_traceback_later()
    return elapsed


class Work(NamedTuple):
    """What the processes share, since rules cannot be sent from one to another."""

    bench: Bench
    given: list[Input]

    def growths(self, number: int) -> list[Growth]:
        """What one of the inputs showed."""
        gc.collect()
        return list(self.bench.growths(self.given[number]))


def grown(number: int) -> list[Growth]:
    """What one of the inputs showed, in a process forked off."""
    return WORK[0].growths(number)


WORK: list[Work] = []


def main() -> None:
    """Run the gate as the command line says."""
    parser = argparse.ArgumentParser(description="Fail when time grows faster than the input.")
    parser.add_argument("--rule", action="append", metavar="CODE|NAME", help="only this rule")
    parser.add_argument(
        "--input", metavar="WORD", default="", help="only inputs with this in their name"
    )
    parser.add_argument(
        "--largest", type=int, default=1 << 17, help="characters of the largest input"
    )
    parser.add_argument("--verbose", action="store_true", help="show all that was measured")
    words = parser.parse_args()
    catalogue = with_rule_files(discover(), read_rule_files([str(DECLARED)], "."))
    chosen = map(catalogue.find, words.rule) if words.rule else catalogue
    rules = [rule() for rule in chosen if rule is not None and rule not in INTERNAL_RULES]
    bench = Bench(rules, words.largest)
    given = [one for one in inputs() if words.input in one.name]
    gc.disable()
    measured = []
    # Forked processes share the bench, whose rules are ready; only numbers come back.
    WORK.append(Work(bench, given))
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        for growths in pool.map(grown, range(len(given))):
            measured += growths
            if words.verbose:
                print(*growths, sep="\n", flush=True)
    measured.sort(key=lambda growth: growth.times)
    failed = [growth for growth in measured if growth.times > MOST]
    print(*(failed or measured[-5:]), sep="\n")
    print(
        f"{len(rules)} rules over {len(given)} inputs: {len(measured)} took {ENOUGH * 1000:.0f} ms or "
        f"more and were measured; {len(failed)} of them grow faster than the input"
    )
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
