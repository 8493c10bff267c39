"""What a text says with one figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal

    from kanwu import Span
    from kanwu_rules.figures.context import Role
    from kanwu_rules.figures.intervals import Relation

Kind = Literal[
    "count", "money", "percent", "duration", "quantity", "delta", "score", "list_count",
    "rank", "ordinal", "edition",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure and what the text says with it. Offsets are code points of the document's text."""

    start: int
    end: int
    """From the approximator before the number to the one behind its unit."""
    kind: Kind
    value: Decimal
    """In the written unit, powers such as 万 worked out: 1200多亿元 is 120000000000."""
    relation: Relation
    low: Decimal | None
    high: Decimal | None
    """What the words allow; None where they leave the end open."""
    soft_low: Decimal
    soft_high: Decimal
    """What a writer means: 超3800 is not said of 4800."""
    place: Decimal
    """The power of ten of the lowest written digit: 10000000 in 3.5亿."""
    unit: str
    """The unit by the first of its names (元, 个, 公里; yuan is 元, km is 公里), empty where there is none."""
    unit_class: str
    """money, percent, points, duration, length, area, volume, mass, power, energy, data, measure,
    ratio, count, list or score."""
    scale: Decimal
    """How many base units of its class the unit is; see `units.toml`."""
    dimension: str
    """What is alike here can be compared, each value times its scale: `length`, `money:美元`."""
    counted: str
    """What is counted, from the right (5000多名海外人才), else from the left (合作项目超3800个)."""
    counted_span: Span | None
    role: Role
    language: Literal["zh", "en"]
    sentence: Span
    line: int
    """The index of its line, from 0."""
