"""Prints what each rule costs over a corpus, as JSON.

    python bench/rule_costs.py FOLDER...

A rule is measured by itself over documents of which nothing was analysed before; what several rules
share is counted for each of them, so that the sum is more than all rules together take. The scan is
measured apart, for all rules at once.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import deque
from typing import TYPE_CHECKING

from contestants import texts

from kanwu.documents.document import Document
from kanwu.engine.batch_scanning import BatchScanner
from kanwu.engine.discovery import discover
from kanwu.engine.internal import INTERNAL_RULES
from kanwu.engine.rule import CorpusRule, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kanwu.documents.document import Span
    from kanwu.engine.rule import AnyRule
    from kanwu.engine.scanning import Places

ROUNDS = 3


def best(work: Callable[[], object]) -> float:
    """The least CPU seconds of several times, the first not counted: patterns are compiled in it."""
    times = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times[1:])


def call(rule: AnyRule, called: Sequence[tuple[Document, Sequence[Span]]]) -> int:
    """Call a rule on fresh documents; how much it found or noted."""
    found = 0
    for document, spans in called:
        fresh = document.with_text(document.text)
        if isinstance(rule, Rule):
            found += len(list(rule.check(fresh, spans)))
        elif isinstance(rule, CorpusRule):
            found += len(list(rule.collect(fresh, spans)))
    return found


def main() -> None:
    """Measure every rule that is on by default."""
    rules = [rule() for rule in discover() if rule.default and rule not in INTERNAL_RULES]
    documents = [Document(text) for text in texts(sys.argv[1:])]
    scanner = BatchScanner(rules)
    everything: list[tuple[Document, Places]] = list(scanner.scan(documents))
    # The command does not hold a corpus in memory, so nothing of it is searched for garbage there.
    gc.freeze()
    costs = []
    for rule in rules:
        called = [
            (document, spans)
            for document, places in everything
            for asked, spans in places
            if asked is rule
        ]
        costs.append(
            {
                "rule": f"{rule.code} {rule.name}",
                "seconds": best(lambda rule=rule, called=called: call(rule, called)),
                "called": len(called),
                "found": call(rule, called),
            }
        )
    scan = best(lambda: deque(scanner.scan(documents), maxlen=0))
    print(json.dumps({"documents": len(documents), "scan": scan, "rules": costs}))


if __name__ == "__main__":
    main()
