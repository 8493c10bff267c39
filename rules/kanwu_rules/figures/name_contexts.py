"""Whether two names that are nearly the same stand in nearly the same context."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from kanwu import Pattern

if TYPE_CHECKING:
    from kanwu import Record

LEAD = 200
"""Code points at the beginning of a document that tell what it is about."""
GRAM = 4
LONG_REST = 8
# Shared 4-grams of two leads, for names that share much and for those that share little.
FEW, MANY = 4, 10
CLOSE, CLOSER = 3, 6
"""Characters that stand the same beside both names, by the same measure."""

# 央视网消息（新闻联播）：stands before the text of any report.
DATELINE = Pattern(
    r"^[^。！？]{0,24}(?:消息|[讯訊]|[电電]|[报報][道导導])(?:[（(][^）)]{1,24}[）)])?[：:]?"
)


def lead_of(text: str) -> str:
    """The beginning of a document: its headline and its first sentences."""
    return text[:LEAD]


def same_context(one: Record, other: Record) -> str:
    """Why two names seem to name the same thing; an empty string if nothing tells so."""
    same_document = (one.place.path, one.place.record) == (other.place.path, other.place.record)
    name, variant = one.data["name"], other.data["name"]
    rest = len(name) - 1
    if same_document:
        slip = min(one.data["times"], other.data["times"]) == 1
        return "in one document" if slip and rest >= 2 else ""
    sure = one.data["kind"] == "organisation" and rest >= LONG_REST
    beside = adjoining(one, other)
    if beside >= (CLOSE if sure else CLOSER):
        return "the same words beside both"
    shared = len(grams(one.data["lead"], name, variant) & grams(other.data["lead"], name, variant))
    if shared >= (FEW if sure else MANY):
        return "documents that begin alike"
    return ""


def adjoining(one: Record, other: Record) -> int:
    """How many characters right before and right behind two names are the same."""
    before = zip(reversed(one.data["before"]), reversed(other.data["before"]), strict=False)
    after = zip(one.data["after"], other.data["after"], strict=False)
    same = [c for pairs in (before, after) for c, _ in takewhile(lambda p: p[0] == p[1], pairs)]
    return sum(c.isalnum() for c in same)


def grams(lead: str, *names: str) -> set[str]:
    """The runs of some letters in the first lines of a document, names and datelines left out."""
    for name in names:
        lead = lead.replace(name, "\n")
    parts = [line.strip() for line in lead.split("\n")]
    found: set[str] = set()
    for part in parts:
        dateline = DATELINE.match(part)
        line = part[dateline.end() :] if dateline else part
        found |= {line[i : i + GRAM] for i in range(len(line) - GRAM + 1)}
    return {gram for gram in found if gram.isalpha()}
