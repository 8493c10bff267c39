"""The gate: a hundred more rules must not be felt at the start.

    python bench/startup.py [--rounds 21] [--rules 100]

Makes a plugin of synthetic rules in a temporary folder and measures `kanwu --help` and `kanwu check` on
three small files with and without it, and a bare Python, all taking turns. Limits are wall times on a
machine where a bare Python takes 15 ms; on a slower one they are longer in proportion. Exit status 1
when a limit is passed.
"""

from __future__ import annotations

import argparse
import operator
import os
import random
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from measuring import BARE_PYTHON, KANWU, take_turns

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

BARE = 0.015
HELP = 0.100
THREE_FILES = 0.150
MORE = 0.030
"""What a hundred rules may add to either."""

RULE = '''\
"""SYN{number:03d} synthetic-{number}."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, {trigger}, Fix, Good, Option, Pattern, Rule, Safety, edit, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class Synthetic{number}(Rule):
    """A synthetic defect number {number} stands in the text.

    It looks like a rule and costs what a rule costs.

    **What it leaves alone.** Everything but its own words.

    **Source.** None.
    """

    code = "SYN{number:03d}"
    name = "synthetic-{number}"
    safety = Safety.UNSAFE
    where = ({where},)
    least = Option({number}, "fewest characters", minimum=1)
    strict = Option(False, "whether to be strict")
    messages: ClassVar[Mapping[str, str]] = {{
        "found": "“{{text}}” is synthetic",
        "repair": "Leave it out",
    }}
    examples = (
        Bad("{word}{word}", "", finds=("{word}",)),
        Good("其他。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        for start, end in places:
            found = SHAPE.match(document.text, start, end)
            if found is not None and end - start > self.least:
                yield self.finding(
                    place(document, start, end),
                    self.say("found", text=found[0]),
                    fix=Fix(
                        Safety.UNSAFE, self.say("repair"), (edit(document, start, end, ""),)
                    ),
                )


SHAPE = Pattern(r"""
    (?<![{word}])  # not in the middle
    [{word}]{{2,9}} (?: [0-9]{{1,9}} | [：:] )?
""")
'''


class Trigger(NamedTuple):
    """The name of a kind of trigger, and how one of them is written."""

    name: str
    written: str


def triggers(draw: random.Random, words: list[str]) -> Trigger:
    """Half of all rules look for words, the others for characters, runs and repeats."""
    kind = draw.randrange(8)
    if kind < 4:
        chosen = sorted({draw.choice(words) for _ in range(draw.choice((3, 10, 20, 40)))})
        return Trigger("Literals", f"Literals({', '.join(map(repr, chosen))})")
    first = draw.randrange(0x2000, 0x33F0)
    pair = ascii(chr(first) + chr(first + draw.randrange(1, 16)))
    if kind < 6:
        return Trigger("Characters", f"Characters({draw.choice('~^|@#&+=')!r}, ranges=({pair},))")
    if kind < 7:
        least = draw.randrange(2, 6)
        return Trigger(
            "Runs", f"Runs({draw.choice('-=_*.')!r}, ranges=({pair},), at_least={least})"
        )
    return Trigger("EveryDocument", "EveryDocument()")


def make_plugin(folder: Path, count: int) -> None:
    """An installed distribution of synthetic rules, as a package installer would leave it."""
    draw = random.Random(1)
    # From other texts than are checked: most rules find nothing in most files.
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))[3:])
    han = "".join(c for c in text if "一" <= c <= "鿿")
    words = [han[at : at + draw.choice((3, 4, 4, 5, 6))] for at in range(0, len(han) - 6, 3)]
    package = folder / "synthetic_rules"
    package.mkdir()
    (package / "__init__.py").write_text('"""Synthetic rules."""\n', encoding="utf-8")
    for number in range(count):
        trigger = triggers(draw, words)
        source = RULE.format(
            number=number, trigger=trigger.name, where=trigger.written, word=draw.choice(words)
        )
        (package / f"synthetic_{number}.py").write_text(source, encoding="utf-8")
    information = folder / "synthetic_rules-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: synthetic-rules\nVersion: 1.0\n", encoding="utf-8"
    )
    (information / "entry_points.txt").write_text(
        "[kanwu.rules]\nsynthetic = synthetic_rules\n", encoding="utf-8"
    )


def main() -> None:
    """Run the gate as the command line says."""
    parser = argparse.ArgumentParser(description="Fail when a hundred more rules slow the start.")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--rules", type=int, default=100)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_plugin(folder, words.rules)
        files = []
        for number, path in enumerate(sorted(SEEDS.glob("*.txt"))[:3]):
            files.append(str(folder / f"{number}.txt"))
            Path(files[-1]).write_text(path.read_text(encoding="utf-8")[:2000], encoding="utf-8")
        alone = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        more = alone | {"PYTHONPATH": name}
        check = (KANWU, "check", "--quiet", "--isolated", "--no-cache", *files)
        walls = take_turns(
            {
                "bare": (BARE_PYTHON, alone),
                "--help": ((KANWU, "--help"), alone),
                "--help, more rules": ((KANWU, "--help"), more),
                "three files": (check, alone),
                "three files, more rules": (check, more),
            },
            words.rounds,
        )
    took = {name: statistics.median(times) for name, times in walls.items()}
    slower = max(1.0, took["bare"] / BARE)
    print(
        f"a bare Python takes {took['bare'] * 1000:.0f} ms: limits are {slower:.2f} times as long"
    )
    failed = False
    for what, limit in (("--help", HELP), ("three files", THREE_FILES)):
        more_rules = f"{what}, more rules"
        for label, seconds, most in (
            (what, took[what], limit * slower),
            (f"{what}, {words.rules} more rules", took[more_rules], (limit + MORE) * slower),
        ):
            failed |= seconds > most
            print(
                f"{label:32} {seconds * 1000:6.1f} ms, limit {most * 1000:4.0f} ms"
                f"{'  TOO SLOW' if seconds > most else ''}"
            )
        # Round by round, since a machine may be slower for a while.
        added = map(operator.sub, walls[more_rules], walls[what])
        print(f"{'':20} so they add {statistics.median(added) * 1000:6.1f} ms")
    sys.exit(failed)


if __name__ == "__main__":
    main()
