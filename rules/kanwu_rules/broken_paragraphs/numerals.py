"""The numbers of lists: Chinese numerals up to 99, Arabic and circled ones."""

from __future__ import annotations

from functools import lru_cache

NUMERALS = "一二三四五六七八九十"


@lru_cache(maxsize=256)
def value(written: str) -> int:
    """The number up to 99 that is written so; 0 where it is none (一二)."""
    if written.isdecimal():
        return int(written)
    if written[0] not in NUMERALS:
        return ord(written) - ord("①" if written <= "⑳" else "⑴") + 1
    tens, ten, ones = written.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or tens == "十":
        return 0
    units = NUMERALS.index(ones) + 1 if ones else 0
    return units + (10 * (NUMERALS.index(tens or "一") + 1) if ten else 0)
