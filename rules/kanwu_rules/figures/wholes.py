"""Wholes and parts: the figures of which a sentence says that one is a part of the other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.sentences import Sentence

AMONG = "其中"
LONGEST_LABEL = 40
# Figures of which others are no parts: what is left over, an average, a peak, what was added.
NO_WHOLE = Pattern(
    r"净|淨|利润|利潤|盈利|顺差|順差|逆差|差额|结余|余额|均|单日|當日最|当日最|最高|最多|最大|峰值|每|比|较|較|同比|环比|增加|增长|减少|下降|提高|上升|相当于|相距|至少|不足"
)
# What is no part of the figure before: a total of its own, another time, another measure.
NO_PART = Pattern(
    r"累计|累計|总|總|共|合计|合計|历史|歷史|以来|以來|至今|去年|上年|往年|同比|环比|环比|比|较|較|增|减|降|均|每|此前|曾|已有|相当|目标|计划|預計|预计|另|此外|还有|還有|不含|除|超出|高出|倍|到|至"
)
# Units that are counted of anything; what they count must be the same.
LOOSE_UNITS = frozenset(("个", "项", "种", "处", "条", "场", "次", "类", "组", "大", "点", ""))
PEOPLE = frozenset(("人", "名", "位"))
LISTED = Pattern(
    r"(?P<noun>[^，。；：、\d]{0,10})[，,、；和及与以]{1,2}(?P<label>[^，。；：、\d]{0,14})$"
)
JOINED = Pattern(r"[^，。；：\d]{0,12}(?:、|和|及|与|與|以及)[^，。；：\d]{0,14}$")
UNLABELLED = Pattern(r"[，,]?\ ?(?:有|就有|约|约有|近|已有|的)?\ ?")


class Whole(NamedTuple):
    """A figure and those that the sentence calls its parts."""

    claims: Sequence[Claim]
    """One, or several that are added up: 65名运动员和8名教练员，其中……"""
    parts: Sequence[Claim]
    before: Sequence[Claim] = ()
    """All figures of the sentence before 其中 that count in the same unit."""


def wholes_of(text: str, sentence: Sentence) -> Iterator[Whole]:
    """What a sentence says with 其中."""
    at = text.find(AMONG, sentence.start, sentence.end)
    while at >= 0:
        following = text.find(AMONG, at + 2, sentence.end)
        whole = whole_at(text, sentence, at, sentence.end if following < 0 else following)
        if whole is not None:
            yield whole
        at = following


def whole_at(text: str, sentence: Sentence, among: int, limit: int) -> Whole | None:
    """The whole and the parts of one 其中."""
    claims = [c for c in sentence.claims if not is_threshold(text, c)]
    parts = [c for c in claims if among < c.start < limit]
    before = [c for c in claims if c.end <= among]
    if not parts or not before:
        return None
    first = parts[0]
    if first.start - among > LONGEST_LABEL or not is_part(first):
        return None
    alike_before = [c for c in before if alike(c, first)]
    if not alike_before:
        return None
    whole = alike_before[-1]
    label = text[among + len(AMONG) : first.start]
    if among - whole.end > LONGEST_LABEL or not is_whole(text, sentence, whole, among):
        return None
    told = text[clause_start(text, sentence.start, whole.start) : whole.start]
    if any(found[0] not in told for found in NO_PART.finditer(label[-14:])):
        return None
    summed = chain_to(text, alike_before)
    if not UNLABELLED.fullmatch(label):
        # The parts may be those of a greater figure before it: 处分1647人，移送73人，其中处分……285人.
        summed = max(summed, [max(alike_before, key=size)], key=lambda c: sum(map(size, c)))
    listed = [first]
    for last, part in pairwise(parts):
        joined = LISTED.match(text, last.end, part.start)
        if joined is None or not alike(last, part) or NO_PART.search(joined["label"]):
            break
        listed.append(part)
    return Whole(summed, [c for c in listed if corresponds(text, whole, c)], alike_before)


def chain_to(text: str, claims: Sequence[Claim]) -> Sequence[Claim]:
    """The last figure with those before it that 和 or 、 joins to it."""
    at = len(claims) - 1
    while at and JOINED.match(text, claims[at - 1].end, claims[at].start):
        at -= 1
    return claims[at:]


def size(claim: Claim) -> Decimal:
    """How much a figure is in base units."""
    return claim.value * claim.scale


def is_threshold(text: str, claim: Claim) -> bool:
    """Whether a figure only tells which things are meant: 流域面积大于100平方公里的支流."""
    if claim.unit_class in ("count", "money") and not text.startswith(
        ("以上", "以下"), claim.end - 2
    ):
        return False
    return claim.relation not in ("=", "~")


def is_whole(text: str, sentence: Sentence, claim: Claim, among: int) -> bool:
    """Whether a figure can have parts, by the words of its clause."""
    start = clause_start(text, sentence.start, claim.start)
    # What is newly there can have parts, what was added to something need not.
    if not is_part(claim) and not text[start : claim.start].endswith("新增"):
        return False
    return not NO_WHOLE.search(text, start, claim.start) and not NO_WHOLE.search(
        text, claim.end, among
    )


def is_part(claim: Claim) -> bool:
    """Whether a figure behind 其中 can be a part."""
    return claim.role not in ("growth", "price", "share", "rank") and claim.kind not in (
        "rank",
        "ordinal",
        "delta",
    )


def clause_start(text: str, floor: int, at: int) -> int:
    """Where the clause begins in which an offset lies."""
    return max(floor, *(text.rfind(mark, floor, at) + 1 for mark in "，。；：（(,"))


def alike(one: Claim, two: Claim) -> bool:
    """Whether two figures count in one unit."""
    if one.unit_class in ("percent", "points", "ratio", "duration", "measure", "list", "score"):
        return False
    if one.dimension != two.dimension or one.language != two.language:
        return False
    if one.unit_class != "count":
        return True
    return bool(one.unit) and (one.unit == two.unit or {one.unit, two.unit} <= PEOPLE)


def corresponds(text: str, whole: Claim, part: Claim) -> bool:
    """Whether a part counts what its whole counts, as far as the words show it."""
    if whole.unit not in LOOSE_UNITS or whole.unit_class != "count":
        return True
    behind = noun_behind(text, part)
    if not behind and part.unit in ("个", ""):
        behind = part.counted
    if not behind:
        return True
    named = noun_behind(text, whole) or whole.counted
    return not named or not set(named).isdisjoint(behind)


NOUN = Pattern(r"[^，。；：、（(\d\s]{1,14}")


def noun_behind(text: str, claim: Claim) -> str:
    """The words behind a figure, up to the next mark."""
    found = NOUN.match(text, claim.end)
    return found[0] if found else ""
