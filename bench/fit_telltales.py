"""Write the characters that common Chinese text turns into when its bytes are read in a wrong encoding.

    python bench/fit_telltales.py

Every character of the table of frequent ones is put through each wrong reading, beside the
commonest neighbours, since in half of the readings two characters are torn apart and joined anew. Of
what comes out, those are kept that sound text hardly has (they are not in the table), the most
frequent of each reading until the rest is rare. Nothing but that table is the source. The result lies
beside rules/kanwu_rules/encoding/mojibake.py.
"""

import math
from collections import Counter
from itertools import product
from pathlib import Path

from kanwu.documents.likelihood import frequencies
from kanwu_rules.encoding import mojibake

READINGS = (
    ("utf-8", "gb18030"),
    ("utf-8", "big5"),
    ("gb18030", "big5"),
    ("big5", "gb18030"),
    ("utf-16-le", "gb18030"),
    ("utf-16-be", "gb18030"),
)
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


def outcome(written: str, read: str) -> Counter[str]:
    """What a wrong reading makes of pairs of characters, weighed by how frequent the pairs are."""
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
            for part in (data, data[1:]):
                for character in part.decode(read, "ignore"):
                    made[character] += weights[one] * weights[other]  # type: ignore[assignment]
    return made


def telltales() -> set[str]:
    """The characters to look out for."""
    listed = frequencies()
    kept: set[str] = set()
    for written, read in READINGS:
        made = outcome(written, read)
        total = sum(share for c, share in made.items() if c >= FIRST)
        covered = 0.0
        for character, share in made.most_common():
            if character < FIRST or character in listed:
                continue
            kept.add(character)
            covered += share
            if covered >= COVERED * total:
                break
    return kept


def main() -> None:
    """Write the table."""
    text = "".join(sorted(telltales()))
    lines = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
    target = Path(mojibake.__file__).with_name("telltales.toml")
    target.write_text(HEADER + "\n".join(lines) + '\n"""\n', encoding="utf-8")
    print(len(text), "characters")


if __name__ == "__main__":
    main()
