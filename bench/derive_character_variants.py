"""Derive the pairs of characters that are two ways of writing one and the same from OpenCC's dictionaries.

    python bench/derive_character_variants.py > rules/kanwu_rules/script/variants.toml

TWVariants and HKVariants say which form Taiwan and Hong Kong write for one of OpenCC's own. Pairs are left
out of which one form is written in simplified Chinese alone, since mixed scripts are another defect, and
those of different meaning. More pairs are added by hand. The rarer form of a pair comes second.
"""

from pathlib import Path

import opencc

from kanwu.documents.likelihood import UNLISTED, frequencies
from kanwu.documents.tables import read_table

WIDTH = 24
# 么 is a word of its own beside 幺, 蔘 a ginseng, 睾 an organ, 衹 and 只 differ for many.
DISTINCT = frozenset("么蔘睾衹枱揾")
BY_HAND = [
    "線綫",
    "床牀",
    "吃喫",
    "佔占",
    "佈布",
    "遊游",
    "註注",
    "昇升",
    "讚贊",
    "够夠",
    "裙裠",
    "吳吴",
    "黃黄",
    "教敎",
    "清淸",
    "值値",
    "查査",
    "絕絶",
    "強强",
    "鏽銹",
    "鑒鑑",
    "嘆歎",
    "剎刹",
    "鬥鬭",
    "雞鷄",
    "麵麪",
    "着著",
    "臺台",
    "裡裏",
    "證証",
    "艷豔",
    "繡綉",
    "岩巖",
    "凉涼",
    "杯盃",
    "災灾",
    "鹹醎",
    "煙烟",
    "恆恒",
    "韻韵",
    "蹤踪",
    "跡迹",
    "週周",
    "痺痹",
    "唯惟",
    "賬帳",
    "账帐",
    "群羣",
    "峰峯",
    "啟啓",
]

HEADER = """\
# Pairs of characters that are two ways of writing the same; the second one is the rarer.
#
# Source: TWVariants and HKVariants of OpenCC (Copyright (c) BYVoid and contributors, Apache licence 2.0) as
# packaged by opencc-python-reimplemented, sifted by bench/derive_character_variants.py, which adds some
# of its own.
"""


def pairs(name: str) -> list[tuple[str, str]]:
    """Each single character of a dictionary with each one that it may become."""
    path = Path(opencc.__file__).parent / "dictionary" / f"{name}.txt"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [
        (key, value)
        for key, values in rows
        for value in values.split()
        if len(key) == len(value) == 1 and key != value
    ]


def main() -> None:
    """Print the table."""
    simplified = frozenset(read_table(markers_beside(), "markers.toml")["simplified"])
    cost = frequencies()
    found = {
        frozenset(pair)
        for pair in [*pairs("TWVariants"), *pairs("HKVariants"), *map(tuple, BY_HAND)]
        if (simplified | DISTINCT).isdisjoint(pair) or "".join(pair) in BY_HAND
    }
    rows = sorted("".join(sorted(p, key=lambda c: (cost.get(c, UNLISTED), c))) for p in found)
    print(HEADER)
    print("pairs = '''")
    for at in range(0, len(rows), WIDTH):
        print(" ".join(rows[at : at + WIDTH]))
    print("'''")


def markers_beside() -> str:
    """A file beside the table of the characters of each script."""
    root = Path(__file__).resolve().parents[1]
    return str(root / "rules" / "kanwu_rules" / "script" / "passages.py")


if __name__ == "__main__":
    main()
