"""Units of figures, from `units.toml`: their classes and their scales."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kanwu import read_table
from kanwu.documents.tables import words_of
from kanwu_rules.figures.word_list import WordList


class Unit(NamedTuple):
    """A unit: its name, its class, and how many base units of the class it is."""

    name: str
    """The first of its names: 千米 and km are 公里, 個 is 个."""
    unit_class: str
    scale: Decimal = Decimal(1)
    dimension: str = ""
    """What is alike here can be compared, each value times its scale: `length`, `money:美元`."""
    after_arabic: bool = False
    """Whether it is a unit after Arabic digits only: 三级 and 二期 are names."""


PERCENT = Unit("%", "percent", dimension="percent")
NONE = Unit("", "count", dimension="count")


# Classes of which each unit is comparable with itself alone.
OWN_SCALE = {"currency": "money", "measure": "measure"}


class Units:
    """All units by the words that they are written with."""

    def __init__(self) -> None:
        self.by_name: dict[str, Unit] = {}
        tables = read_table(__file__, "units.toml")
        self.followed: dict[str, str] = tables.pop("followed")
        """Characters that make another word of the unit before them: 分 in 5分钟."""
        names = {name: first for first, others in tables.pop("same").items() for name in others}
        for unit_class, rows in tables.items():
            for name, scale in rows.items():
                if isinstance(scale, str):
                    alone = OWN_SCALE.get(unit_class)
                    for word in words_of(scale):
                        first = names.get(word, word)
                        self.by_name[word] = Unit(
                            first,
                            alone or unit_class,
                            dimension=f"{alone}:{first}" if alone else unit_class,
                            after_arabic=name == "after_arabic",
                        )
                else:
                    self.by_name[name] = Unit(
                        names.get(name, name), unit_class, Decimal(str(scale)), unit_class
                    )
        self.words = WordList(self.by_name)


@lru_cache(maxsize=1)
def units() -> Units:
    """The units, read at the first call."""
    return Units()
