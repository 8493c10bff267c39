"""Write the characters that common Chinese text turns into when its bytes are read in a wrong encoding.

    python bench/fit_telltales.py

Every character of the table of frequent ones is put through each wrong reading, beside the
commonest neighbours, since in half of the readings two characters are torn apart and joined anew. Of
what comes out, those are kept that sound text hardly has (they are not in the table), the most
frequent of each reading until the rest is rare. UTF-8 read as GBK is by far the commonest, and two in
three of the characters that it makes are among a few hundred, which hold the first byte of a
character: nearly all of those are kept, so that two misread characters are enough to be looked at.
Nothing but that table is the source. The result lies beside rules/kanwu_rules/encoding/mojibake.py.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from kanwu.documents.likelihood import frequencies
from kanwu_rules.encoding import mojibake

if TYPE_CHECKING:
    from collections.abc import Iterator

READINGS = (
    ("utf-8", "gb18030"),
    ("utf-8", "big5"),
    ("gb18030", "big5"),
    ("big5", "gb18030"),
    ("utf-16-le", "gb18030"),
    ("utf-16-be", "gb18030"),
)
COMMONEST = READINGS[0]
NEARLY_ALL = 0.97
NEIGHBOURS = 60
COVERED = 0.65
"""So much of what a reading makes of common text is kept, the most frequent characters first."""
FIRST, LAST = "\u3105", "\U0002ffff"
WIDTH = 72

HEADER = """\
# Characters that common Chinese text turns into when its bytes are read in a wrong encoding, and that
# sound text hardly has.
#
# Source: derived by bench/fit_telltales.py from lint/kanwu/documents/character_frequencies.toml.

characters = \"\"\"
"""


def shares() -> dict[str, float]:
    """How frequent the frequent Han characters are."""
    return {c: math.exp(-cost) for c, cost in frequencies().items() if "一" <= c <= "龥"}


def outcome(written: str, read: str, length: int | None = None) -> Counter[str]:
    """What a wrong reading makes of pairs of characters, weighed by how frequent the pairs are.

    With a length, only of so many bytes of each pair.
    """
    weights = shares()
    usual = sorted(weights, key=lambda c: -weights[c])[:NEIGHBOURS]
    made: Counter[str] = Counter()
    for one, other in product(weights, usual):
        for pair in (one + other, other + one):
            try:
                data = pair.encode(written)
            except UnicodeEncodeError:
                continue
            # Cut by one byte in front: the pair as it stands behind an odd number of bytes.
            for part in (data, data[1:]) if length is None else (data[:length],):
                for character in part.decode(read, "ignore"):
                    made[character] += weights[one] * weights[other]  # type: ignore[assignment]
    return made


def telltales() -> set[str]:
    """The characters to look out for."""
    kept = {c for reading in READINGS for c in commonest(outcome(*reading), COVERED)}
    return kept.union(commonest(outcome(*COMMONEST, length=4), NEARLY_ALL))


def commonest(made: Counter[str], covered: float) -> Iterator[str]:
    """The most frequent characters outside the table, up to a share of all."""
    listed = frequencies()
    rest = covered * sum(share for c, share in made.items() if c >= FIRST)
    for character, share in made.most_common():
        if rest <= 0:
            return
        if character >= FIRST and character not in listed:
            yield character
            rest -= share


def main() -> None:
    """Write the table."""
    text = "".join(sorted(telltales()))
    lines = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
    target = Path(mojibake.__file__).with_name("telltales.toml")
    target.write_text(HEADER + "\n".join(lines) + '\n"""\n', encoding="utf-8")
    print(len(text), "characters")


if __name__ == "__main__":
    main()
