"""The gate: time must grow with the size of the input, and not with its square.

    python bench/growth.py [--select CODE|NAME ...] [--megabytes 4] [--verbose]

Every installed rule is run by itself over ordinary text and over inputs made to provoke it, and so is
the scan. An input is doubled until a subject takes long enough to be measured well, or the input is as
large as it gets. Where the last doubling took more than 2.5 times as long, both sizes are measured five
times and the best times decide. Exit status 1 names every subject and input that fails; so does a crash,
and a subject that does not come back within a minute.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import random
import sys
import time
from collections import deque
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.document import Document
from kanwu.engine.batch_scanning import BatchScanner
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.discovery import discover
from kanwu.engine.internal import INTERNAL_RULES
from kanwu.engine.rule import CorpusRule, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kanwu.documents.document import Markup
    from kanwu.engine.rule import AnyRule
    from kanwu.engine.triggers import Span

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

MOST = 2.5
"""How many times as long twice the input may take."""
ENOUGH = 0.06
"""CPU seconds that are measured well; above them the input is doubled no further."""
SUSPECT = 2.3
"""From this growth on, one measurement is not trusted."""
ROUNDS = 5
SMALLEST = 1 << 12
PATIENCE = 60
"""Seconds after which a subject is taken to hang."""


class Input(NamedTuple):
    """A text of any length: what it is called, and its characters without end."""

    name: str
    characters: Callable[[], Iterable[str]]
    markup: Markup = "plain"
    largest: int = 1
    """Megabytes of the largest one, in multiples of the option."""

    def document(self, size: int) -> Document:
        return Document("".join(islice(self.characters(), size)), markup=self.markup)


def repeated(unit: str) -> Callable[[], Iterable[str]]:
    return lambda: cycle(unit)


def sentences() -> list[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    return [sentence + "。" for line in text.splitlines() for sentence in line.split("。") if sentence]


def prose(end: str) -> Callable[[], Iterator[str]]:
    """Sentences of the seeds in a random order, the same at every call."""

    def characters() -> Iterator[str]:
        choose = random.Random(1)
        known = sentences()
        while True:
            for _ in range(5):
                yield from choose.choice(known)
            yield from end

    return characters


def numbered(template: str) -> Callable[[], Iterator[str]]:
    """Lines that differ in a number of nine digits."""

    def characters() -> Iterator[str]:
        choose = random.Random(2)
        while True:
            yield from template.format(choose.randrange(10**8, 10**9))

    return characters


def opened_then_closed(opener: str, closer: str) -> Callable[[], Iterator[str]]:
    """Blocks, each longer than the one before, of only openers and then only closers."""

    def characters() -> Iterator[str]:
        depth = SMALLEST // 2
        while True:
            yield from opener * depth
            yield from closer * depth
            depth *= 2

    return characters


RUNS = {
    "spaces": " ",
    "no-break spaces": "\xa0",
    "ideographic spaces": "\u3000",
    "tabs": "\t",
    "line ends": "\n",
    "CRLF": "\r\n",
    "form feeds": "\f",
    "NUL": "\0",
    "digits": "1",
    "full-width digits": "１",
    "dots": ".",
    "full stops": "。",
    "commas": ",",
    "full-width commas": "，",
    "colons": ":",
    "hyphens": "-",
    "dashes": "—",
    "ellipses": "…",
    "underscores": "_",
    "slashes": "/",
    "stars": "*",
    "hashes": "#",
    "at signs": "@",
    "ampersands": "&",
    "greater-than signs": ">",
    "less-than signs": "<",
    "opening brackets": "(",
    "closing brackets": ")",
    "full-width opening brackets": "（",
    "opening square brackets": "[",
    "opening title marks": "《",
    "closing title marks": "》",
    "opening quotes": "“",
    "closing quotes": "”",
    "straight quotes": '"',
    "apostrophes": "'",
    "backticks": "`",
    "one letter": "a",
    "one Han character": "看",
    "two Han characters": "研究",
    "replacement characters": "\ufffd",
    "zero-width spaces": "\u200b",
    "bidi controls": "\u202e",
    "private-use characters": "\ue000",
    "undecodable bytes": "\udcb0",
    "astral characters": "\U00020000",
    "empty brackets": "()",
    "empty title marks": "《》",
    "brackets around Han": "（看）",
    "Han and commas": "看,",
    "Han and spaces": "看 ",
    "Han, comma, space": "看, ",
    "letters and dots": "a.",
    "digits and dots": "1.",
    "digits and commas": "1,",
    "entities": "&amp;",
    "addresses": "http://",
    "mail addresses": "a@b.",
    "breadcrumbs": "首页 > ",
    "contact words": "QQ群",
    "short lines": "看\n",
    "short sentences": "看。\n",
    "lines of two marks": ",，\n",
    "lines of brackets": "（\n",
    "blank lines with spaces": " \n",
    "paragraphs of one character": "看\n\n",
    "the same paragraph": "研究人员指出，这项工作在一九九八年就已经开始，并且一直没有停止。\n\n",
}
MARKDOWN = {
    "backticks": "`",
    "code spans": "`a`",
    "unequal backticks": "`` ` ",
    "stars": "*a",
    "opening square brackets": "[",
    "links": "[看](a) ",
    "unclosed links": "[看](",
    "images": "![",
    "less-than signs": "<",
    "tags": "<a ",
    "comments": "<!--",
    "quotes": "> ",
    "nested lists": "- ",
    "list lines": "- 看\n",
    "headings": "# 看\n",
    "fences": "```\n",
    "table rows": "| 看 ",
    "reference definitions": "[看]: a\n",
    "dollars": "$",
    "escapes": "\\",
}


def inputs() -> list[Input]:
    return [
        Input("ordinary text", prose("\n\n")),
        Input("ordinary Markdown", prose("\n\n"), "markdown"),
        Input("one line of ordinary text", prose(""), largest=3),
        Input("a million short lines", repeated("看，1\n"), largest=2),
        Input("numbered groups", numbered("微信群：{}\n")),
        Input("numbered names", numbered("第{0}群 {0}\n")),
        Input("nested brackets", opened_then_closed("（", "）")),
        Input("nested title marks", opened_then_closed("《", "》")),
        *(Input(name, repeated(unit)) for name, unit in RUNS.items()),
        *(Input(f"{name}, Markdown", repeated(unit), "markdown") for name, unit in MARKDOWN.items()),
    ]


class Subject:
    """What is measured: the scan for all rules, or one rule."""

    def __init__(self, rule: AnyRule | None, rules: Sequence[AnyRule]) -> None:
        self.name = "the scan" if rule is None else f"{rule.code} {rule.name}"
        self.rule = rule
        self.scanner = BatchScanner(rules if rule is None else [rule])

    def seconds(self, document: Document) -> float:
        """CPU time for a document; nothing of it has been analysed before."""
        fresh = document.with_text(document.text)
        if self.rule is None:
            return timed(lambda: deque(self.scanner.scan([fresh]), maxlen=0))
        ((_, places),) = self.scanner.scan([fresh])
        # Analyses that the scan needed are the scan's.
        return sum(timed(lambda: call(rule, fresh, spans)) for rule, spans in places)


def call(rule: AnyRule, document: Document, spans: Sequence[Span]) -> None:
    if isinstance(rule, Rule):
        deque(rule.check(document, spans), maxlen=0)
    elif isinstance(rule, CorpusRule):
        store = RecordStore()
        store.add((rule.name, record) for record in rule.collect(document, spans))
        compare([rule], store)


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    start = time.process_time()
    work()
    elapsed = time.process_time() - start
    faulthandler.cancel_dump_traceback_later()
    gc.enable()
    return elapsed
