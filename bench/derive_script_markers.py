"""Derive the characters that belong to one Chinese script alone from OpenCC's dictionaries.

    python bench/derive_script_markers.py > rules/kanwu_rules/script/markers.toml

Most keys of a conversion dictionary are good in both scripts (后, 里, 只, 台, 干, 余). What is kept as
simplified is written nowhere in traditional Chinese: it is no traditional form of anything, and Big5, the
standard of traditional text, lacks it while GB 2312 has it. What is kept as traditional is the mirror image.
"""

from collections.abc import Iterable
from pathlib import Path

import opencc

WIDTH = 72
# In the List of Commonly Used Standard Chinese Characters (2013) for names, though not in GB 2312.
NAMES = frozenset("昇陞甯甦祕迺喆堃煇勣")

HEADER = """\
# Characters that are written in simplified or in traditional Chinese alone.
#
# Source: STCharacters and TSCharacters of OpenCC (Copyright (c) BYVoid and contributors, Apache licence
# 2.0) as packaged by opencc-python-reimplemented, sifted by bench/derive_script_markers.py with GB 2312
# and Big5. In the order of code points.
"""


def characters(name: str) -> dict[str, frozenset[str]]:
    """The single characters of a dictionary, each with what it may become."""
    path = Path(opencc.__file__).parent / "dictionary" / f"{name}.txt"
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {key: frozenset(values.split()) for key, values in pairs if len(key) == 1}


def has(codec: str, character: str) -> bool:
    """Whether a character set has a character."""
    return bool(character.encode(codec, "ignore"))


def printed(name: str, markers: Iterable[str]) -> str:
    """The characters as a string of TOML with lines of readable length."""
    row = "".join(sorted(markers))
    lines = [row[at : at + WIDTH] for at in range(0, len(row), WIDTH)]
    return "\n".join([f"{name} = '''", *lines, "'''"])


def main() -> None:
    """Print the table."""
    to_traditional, to_simplified = characters("STCharacters"), characters("TSCharacters")
    traditional = frozenset(to_simplified).union(*to_traditional.values())
    simplified = frozenset(to_traditional).union(*to_simplified.values())
    print(HEADER)
    print(
        printed(
            "simplified",
            (
                c
                for c in to_traditional
                if c not in traditional and has("gb2312", c) and not has("big5", c)
            ),
        )
    )
    print(
        printed(
            "traditional",
            (
                c
                for c in to_simplified
                if c not in simplified | NAMES and has("big5", c) and not has("gb2312", c)
            ),
        )
    )


if __name__ == "__main__":
    main()
