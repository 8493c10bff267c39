"""Derive the table of toneless pinyin from the readings that pypinyin ships.

    pip install pypinyin
    python bench/derive_pinyin.py > rules/kanwu_rules/figures/pinyin.txt

Of each character of the CJK unified ideographs the first reading, which is the common one, and all others.
Surnames have readings of their own; those that the source lacks or counts among the rare are in
rules/kanwu_rules/figures/pinyin.toml.
"""

import unicodedata
from collections import defaultdict

from pypinyin.constants import PINYIN_DICT

HAN = (0x3007, *range(0x4E00, 0xA000))

HEADER = """\
# Readings of Chinese characters in pinyin without tones, each followed by its characters: first those
# for which it is the common reading, then those that are also read so.
#
# Source: the data of pypinyin (Copyright (c) mozillazg, MIT licence), which rests on pinyin-data and the
# Unihan Database (Copyright (c) Unicode, Inc., Unicode Licence), sifted by bench/derive_pinyin.py.
"""


def toneless(syllable: str) -> str:
    """A syllable without its tone; ü stays."""
    bare = unicodedata.normalize("NFD", syllable).replace("u\u0308", "ü").replace("e\u0302", "ê")
    return "".join(c for c in bare if not unicodedata.combining(c))


def main() -> None:
    """Print the table."""
    common: defaultdict[str, str] = defaultdict(str)
    other: defaultdict[str, str] = defaultdict(str)
    for code in HAN:
        readings = dict.fromkeys(map(toneless, PINYIN_DICT.get(code, "").split(",")))
        known = [reading for reading in readings if reading.isalpha() and reading[0] != "ê"]
        for place, reading in enumerate(known):
            (other if place else common)[reading] += chr(code)
    print(
        HEADER
        + "\n".join(f"{r} {common[r]} {other[r]}".rstrip() for r in sorted({*common, *other}))
    )


if __name__ == "__main__":
    main()
