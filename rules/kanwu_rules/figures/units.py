"""Units of figures, from `units.toml`: their classes and their scales."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.patterns import trie_pattern
from kanwu.documents.tables import words_of


class Unit(NamedTuple):
    """A unit: how it is written, its class, and how many base units of the class it is."""

    name: str
    unit_class: str
    scale: Decimal = Decimal(1)
    own_scale: bool = False
    """Whether it is only comparable with itself (美元, 度), and not with others of its class."""
    after_arabic: bool = False
    """Whether it is a unit after Arabic digits only: 三级 and 二期 are names."""


NONE = Unit("", "count")


class Units:
    """All units by the words that they are written with."""

    def __init__(self) -> None:
        self.by_name: dict[str, Unit] = {}
        tables = read_table(__file__, "units.toml")
        self.followed: dict[str, str] = tables.pop("followed")
        """Characters that make another word of the unit before them: 分 in 5分钟."""
        for unit_class, rows in tables.items():
            for name, scale in rows.items():
                if isinstance(scale, str):
                    for word in words_of(scale):
                        self.by_name[word] = Unit(
                            word,
                            "money" if unit_class == "currency" else unit_class,
                            own_scale=unit_class in ("currency", "measure"),
                            after_arabic=name == "after_arabic",
                        )
                else:
                    self.by_name[name] = Unit(name, unit_class, Decimal(str(scale)))
        self.match = Pattern(trie_pattern(self.by_name), re.RegexFlag(0)).match


@lru_cache(maxsize=1)
def units() -> Units:
    """The units, read at the first call."""
    return Units()
