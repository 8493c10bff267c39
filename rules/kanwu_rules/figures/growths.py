"""Growths: a figure, by how much it grew, at what rate and from what, where a sentence says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, Span
from kanwu_rules.figures.growth_rates import AS_PRINTED, holds
from kanwu_rules.figures.growth_signals import told_at
from kanwu_rules.figures.sentences import Sentences

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from kanwu import Document
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.sentences import Sentence

UP = "增长|增長|增加|增收|增产|增產|上升|上涨|上漲|提高|提升|净增|淨增|多增|扩大|擴大|攀升|跃升|躍升|飙升|激增|成长|成長|增|多|升|涨"
DOWN = "下降|减少|減少|下滑|下跌|降低|减产|減產|减收|少增|萎缩|回落|缩减|衰退|減|减|少|降|跌"
DOWN_MARKS = ("降", "减", "減", "下", "跌", "少", "萎", "回", "缩", "衰")
MOVE = rf"(?P<move>{UP}|{DOWN})"
# What may stand between the movement and its number, beside the words that a claim holds itself.
TAIL = r"(?:了|约|約|近|超|超过|超過|达到|達到|达|達|为|為|至少|高达|将近|幅度?|率|[:：]){0,3}\ ?$"
BASE = r"""(?:同比|环比|環比|按年|按月|年增|(?:比|较|較|与|與|跟|和|相比|相较于?)[^，。；、（()）]{1,16}?(?:相比|比较)?，?)"""
# The same quantity in other words; anything else would be another quantity (其中出口, 利润).
ITSELF = r"""(?:每亩|每畝|每户|每人|每|人均|户均|单产|亩产|总产量?|产量|數量|数量|总量|总数|人数|总额|总值|净|淨|共|共计|累计|累計|
    合计|合計|大幅|大幅度|略|又|已|将|均|平均|日均|同期|总共|一共|总体|整体|实现|实际上?|小幅|持续|继续|再|明显|显著|面积|规模|投资额?){0,3}"""
TO_DELTA = Pattern(
    rf"[^，。；、（(：\d%比较較与與跟]{{0,12}} [，,、（( ]?\ ? (?P<base>{BASE})?\ ? {ITSELF} {MOVE} {TAIL}"
)
TO_RATE = Pattern(
    rf"""[^，。；、（(：\d%]{{0,10}} [，,、（( ]\ ? (?:或|即)? (?P<base>{BASE})? (?:大幅|总体|累计|共|分别|[0-9一二三四五六七八九十两]{1, 3}年间?)?
    (?:(?P<move>{UP}|{DOWN}|翻) | (?P<rate>增长率|增長率|增幅|涨幅|增速|升幅) | (?P<fall>降幅|跌幅)) {TAIL}"""
)
BEFORE_DELTA = Pattern(rf"(?P<base>{BASE})\ ?{ITSELF}{MOVE}{TAIL}")
TO_TOTAL = Pattern(
    r"[，,]\ ?(?:总量|总数|总额|产量|规模)?(?:达到|達到|达|達|增至|升至|增加到|增长到|降至)了?\ ?$"
)
FROM = Pattern(r"(?:从|從|由|自)[^，。；：]{0,20}$")
FROM_TO = Pattern(
    rf"""[^，。；、（(：\d%]{{0,12}}[，,]?\ ?(?:{BASE})?{ITSELF}{MOVE}(?:到|至|为|為|成)了?
    [^，。；、（(：%]{{0,12}}\ ?$"""
)
OF_BASE = Pattern(
    r"[^，。；、（(：\d%比较較]{0,12}[，,（( ]\ ?(?:比|较|較|与|與)[^，。；、（(%]{0,10}(?:年|月|期|季度|届)[^，。；、（(%\d]{0,6}的\ ?$"
)
OF_BASE_RATE = Pattern(
    rf"[^，。；、（(：\d%]{{0,10}}(?:相比)?，?(?:大幅|总体|累计|共)?{MOVE}{TAIL}"
)
# 去年产值50亿元。今年达到60亿元，增长30%: what it was stands in the sentence or the clause before.
LAST_YEAR = Pattern(r"(?P<year>去年|上年|(?:19|20)[0-9]{2}年)，?[^，。；：、（(%]{0,24}$")
THIS_YEAR = Pattern(
    r"""[^，。；、（(：\d%]{0,10}[。；，,;]\ ?(?:而|到了?|至)?(?P<year>今年|(?:19|20)[0-9]{2}年)，?(?:则|又|就|已|已经|更)?
    (?:达到?了?|達到?了?|为|是|(?:增|升|降|减|增加|增長|增长|上升|提高|提升|跃升|攀升|下降|减少)[到至])了?\ ?$"""
)
# Of these the rates are mostly those at comparable prices.
IN_REAL_TERMS = Pattern(r"生产总值|生產總值|GDP|增加值|总产值|總產值|可支配收入|其中")
# Rates that are not the plain quotient of what is printed.
ADJUSTED = Pattern(
    r"可比|不变价|不變價|口径|口徑|实际增|實際增|扣除|剔除|价格因素|汇率|匯率|调整后|修订|還原|还原|名义|年均|平均每年|分别|分別"
)
YEARLY = Pattern(r"同比|上年|去年|年同期|按年|年增")
EN_UP = r"up|rise|rose|risen|rising|increas(?:e|ed|ing)|grew|grow(?:n|ing|th)|climb(?:ed|ing)|jump(?:ed|ing)?|surg(?:e|ed|ing)|gain(?:ed)?|soar(?:ed|ing)?|expan(?:ded|ding|sion)"
EN_DOWN = r"down|f[ae]ll(?:en|ing)?|drop(?:ped|ping)?|declin(?:e|ed|ing)|decreas(?:e|ed|ing)|shr[aiu]nk|slipp?(?:ed)?|reduction|plunged|cut"
EN_BY = rf"(?:an?\ )?(?:year-on-year\ |total\ |overall\ |sharp\ )?(?P<move>{EN_UP}|{EN_DOWN})\ (?:of\ |by\ )?"
EN_TO_DELTA = Pattern(rf"[^,.;:%0-9]{{0,40}},?\ (?:and\ |was\ )?{EN_BY}$")
EN_OR = Pattern(r"(?P<noun>[^,.;:%0-9]{0,30}),?\ (?:or|which\ is|equivalent\ to)\ $")
EN_FROM = Pattern(rf"\ (?P<move>{EN_UP}|{EN_DOWN})\ (?:sharply\ |steadily\ )?from\ $")
EN_TO = Pattern(r"[^,.;:%0-9]{0,30}\ (?:(?:in|at\ the\ end\ of)\ [0-9]{4}\ )?to\ $")
EN_TO_RATE = Pattern(rf"[^,.;:%0-9]{{0,30}}(?:\ in\ [0-9]{{4}})?,\ (?:or\ )?{EN_BY}$")
EN_DOWNS = ("down", "fall", "fell", "drop", "decl", "decr", "shr", "slip", "redu", "plun", "cut")


TOTAL_AND_RATE = 2


class Growth(NamedTuple):
    """What a sentence says of one growth; two of the last three are there."""

    total: Claim
    """What it grew to."""
    down: bool
    before: Claim | None = None
    """What it grew from."""
    delta: Claim | None = None
    rate: Claim | None = None

    @property
    def claims(self) -> Sequence[Claim]:
        """All its figures in the order of the text."""
        given = (self.total, self.before, self.delta, self.rate)
        return sorted((c for c in given if c is not None), key=lambda c: c.start)


class Growths:
    """The growths of a document that do not hold as they are printed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.wrong: Sequence[Growth] | None = None

    @classmethod
    def of(cls, document: Document) -> Growths:
        return cls(document)

    def that_do_not_hold(self, places: Sequence[Span]) -> Sequence[Growth]:
        """Those near the places of `TRIGGERS`, which are the same for every rule that asks."""
        if self.wrong is None:
            text = self.document.text
            told = [place for place in places if told_at(text, place)]
            sentences = self.document.get(Sentences).at(told) if told else ()
            self.wrong = [
                growth
                for sentence in sentences
                for growth in (
                    *growths_of(text, sentence),
                    *since_last_year(text, sentence, self._before(sentence)),
                )
                if not holds(growth, AS_PRINTED)
            ]
        return self.wrong

    def _before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before one, in the same line."""
        text, start = self.document.text, sentence.start
        if len(sentence.claims) != TOTAL_AND_RATE or start == 0 or text[start - 1] in "\r\n":
            return None
        return next(self.document.get(Sentences).at((Span(start - 1, start),)), None)


def since_last_year(text: str, sentence: Sentence, before: Sentence | None) -> Iterator[Growth]:
    """The growth of 去年产值50亿元。今年达到60亿元，增长30%."""
    if before is None or before.end != sentence.start:
        return
    total, rate = sentence.claims
    bases = [claim for claim in before.claims if same(claim, total)]
    if len(bases) == 1 and not ADJUSTED.search(text, sentence.start, sentence.end):
        found = this_year(text, before.start, bases[0], total, rate)
        if found is not None:
            yield found


def this_year(text: str, floor: int, base: Claim, total: Claim, rate: Claim) -> Growth | None:
    """The growth of a year from what the year before had, if three figures tell it."""
    now, last = between(THIS_YEAR, text, base, total), between(TO_RATE, text, total, rate)
    if now is None or last is None or not is_rate(rate) or not is_yearly(last["base"]):
        return None
    then = LAST_YEAR.search(text, max(floor, base.start - 40), base.start)
    if then is None or IN_REAL_TERMS.search(text, then.start(), total.start):
        return None
    if now["year"] == "今年":
        follows = then["year"] in ("去年", "上年")
    else:
        follows = then["year"][:-1].isdigit() and int(then["year"][:-1]) + 1 == int(
            now["year"][:-1]
        )
    return Growth(total, goes_down(last), before=base, rate=rate) if follows else None


def is_yearly(base: str | None) -> bool:
    """Whether a movement is counted from the year before, or it is not said from when."""
    return not base or YEARLY.search(base) is not None


def growths_of(text: str, sentence: Sentence) -> Iterator[Growth]:
    """The growths that a sentence tells with at least three figures."""
    claims = sentence.claims
    if len(claims) < 3 or ADJUSTED.search(text, sentence.start, sentence.end):
        return
    done = -1
    for at in range(len(claims) - 2):
        if at <= done:
            continue
        three = claims[at : at + 3]
        if max(three[2].start - three[1].end, three[1].start - three[0].end) > 60:
            continue
        read = english_growth if three[0].language == "en" else chinese_growth
        found = read(text, sentence, *three)
        if found is not None and not text.startswith("的", three[2].end):
            yield found
            done = at + 1


def chinese_growth(
    text: str, sentence: Sentence, one: Claim, two: Claim, three: Claim
) -> Growth | None:
    """The growth that three neighbouring figures of a Chinese sentence tell."""
    if is_rate(three) and same(one, two) and between(OF_BASE, text, one, two):
        last = between(OF_BASE_RATE, text, two, three)
        if last is not None:
            return Growth(one, goes_down(last), before=two, rate=three)
    to = between(FROM_TO, text, one, two)
    last = between(TO_RATE, text, two, three)
    if last and same(one, two) and (found := this_year(text, sentence.start, one, two, three)):
        return found
    if to and same(one, two) and FROM.search(text, sentence.start, one.start):
        return from_to(to, last, one, two, three)
    if last is None:
        return total_at_the_end(text, sentence, one, two, three)
    first = between(TO_DELTA, text, one, two)
    if first is None or not agree(first, last):
        return None
    if is_rate(three) and same(one, two):
        return Growth(one, goes_down(first), delta=two, rate=three)
    if is_rate(two) and same(one, three):
        return Growth(one, goes_down(first), delta=three, rate=two)
    return None


def from_to(
    to: re.Match[str], last: re.Match[str] | None, one: Claim, two: Claim, three: Claim
) -> Growth | None:
    """The growth of 从A增加到B，增长P%, and of 从A增加到B，增加D."""
    if last is None or last["base"] or (moved(last) and goes_down(last) != goes_down(to)):
        return None
    if is_rate(three):
        return Growth(two, goes_down(to), before=one, rate=three)
    return Growth(two, goes_down(to), before=one, delta=three) if same(one, three) else None


def agree(first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether two movements may be one: in the same direction, counted from the same time."""
    if moved(second) and goes_down(first) != goes_down(second):
        return False
    return one_base(first["base"], second["base"])


def total_at_the_end(
    text: str, sentence: Sentence, one: Claim, two: Claim, three: Claim
) -> Growth | None:
    """The growth of 比上年增加6.8亿斤，增长1.2%，达到570.3亿斤."""
    last = between(TO_TOTAL, text, two, three)
    middle = between(TO_RATE, text, one, two) if last else None
    if middle is None or not (is_rate(two) and same(one, three)):
        return None
    first = BEFORE_DELTA.search(text, max(sentence.start, one.start - 30), one.start)
    if first is None or not agree(first, middle):
        return None
    return Growth(three, goes_down(first), delta=one, rate=two)


def english_growth(
    text: str, sentence: Sentence, one: Claim, two: Claim, three: Claim
) -> Growth | None:
    """The growth that three neighbouring figures of an English sentence tell."""
    to = between(EN_TO, text, one, two)
    start = EN_FROM.search(text, max(sentence.start, one.start - 30), one.start) if to else None
    if start and same(one, two):
        last = between(EN_TO_RATE, text, two, three)
        down = falls(start["move"])
        if last is None or falls(last["move"]) != down:
            return None
        if is_rate(three):
            return Growth(two, down, before=one, rate=three)
        return Growth(two, down, before=one, delta=three) if same(one, three) else None
    first = between(EN_TO_DELTA, text, one, two)
    if first is None or between(EN_OR, text, two, three) is None:
        return None
    if is_rate(three) and same(one, two):
        return Growth(one, falls(first["move"]), delta=two, rate=three)
    if is_rate(two) and same(one, three):
        return Growth(one, falls(first["move"]), delta=three, rate=two)
    return None


def between(pattern: Pattern, text: str, one: Claim, two: Claim) -> re.Match[str] | None:
    """Whether the words between two figures are those of a pattern."""
    return pattern.match(text, one.end, two.start)


def moved(found: re.Match[str]) -> bool:
    """Whether a rate says by itself whether it goes up."""
    return found["move"] != "翻" if found["move"] else bool(found["fall"])


def goes_down(found: re.Match[str]) -> bool:
    """Whether a movement goes down."""
    groups = found.groupdict()
    return bool(groups.get("fall")) or (groups.get("move") or "").startswith(DOWN_MARKS)


def falls(word: str) -> bool:
    """The same in English."""
    return word.startswith(EN_DOWNS)


def one_base(first: str | None, second: str | None) -> bool:
    """Whether two movements are counted from the same time: 比上年 and 同比, but not 环比."""
    if not first or not second:
        return True
    return first == second or bool(YEARLY.search(first) and YEARLY.search(second))


def is_rate(claim: Claim) -> bool:
    """Whether a figure can be a rate of growth."""
    return claim.unit in ("%", "倍", "番") and claim.unit_class in ("percent", "ratio")


def same(one: Claim, two: Claim) -> bool:
    """Whether a difference between two figures makes sense."""
    if "duration" in (one.unit_class, two.unit_class) or is_rate(one) or is_rate(two):
        return False
    if not one.unit or not two.unit:
        return one.unit_class in ("count", "money") or two.unit_class in ("count", "money")
    if one.dimension != two.dimension:
        return False
    return one.unit_class != "count" or one.unit == two.unit
