"""FIG015 parts-differ-from-whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Listed, Literals, Pattern
from kanwu_rules.figures.attendance import TRIGGERS, attendances_of, is_counted
from kanwu_rules.figures.bounds import count_of, span_shown, sum_of, unscaled
from kanwu_rules.figures.categories import are_all
from kanwu_rules.figures.figure_rule import Figure, FigureRule, figure_of
from kanwu_rules.figures.medals import Medals, medals_at
from kanwu_rules.figures.sentences import Sentences
from kanwu_rules.figures.wholes import AMONG, LISTED, alike, wholes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.figures.bounds import Bounds
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.sentences import Sentence

TOTALS = ("共计", "合计", "总计", "共計", "合計", "總計")
MEDALS = ("奖牌", "獎牌", "银", "銀")
TOTAL = Pattern(
    rf"[^，。；：、\d]{{0,10}}[，,、]?(?:{'|'.join(TOTALS)})(?:共|有|为|達|达|得)?[^，。；：、\d]{{0,4}}$"
)
LABEL = 12
# A number of silver medals, or one with gold before it; 银行 and 银色 have none.
NUMBERED = Pattern(r"[0-9一二两兩三四五六七八九十]\ ?[枚块塊面个]?$|金牌?[0-9枚、，,和]{0,6}$")


# The last parts of the sets of `categories.toml`, with a number near them.
LAST_PARTS = Pattern(
    r"(?:本土|女|农村|農村|乡村|民办|私立|进口|進口|第三产业|第三產業)[^，。；\d]{0,8}[0-9]|[0-9][名人]?女"
)
REACH = 80
TWO_BEFORE = Pattern(
    r"[0-9][^，。；、\d]{0,14}[，、和及与與][^，。；、\d]{0,16}[0-9][0-9.,]{0,12}[^，。；、\d]{0,14}[，,、]?$"
)
ONE_BEHIND = Pattern(r"[^，。；、\d]{0,6}[0-9]")


class PartsDifferFromWhole(FigureRule):
    """Parts that are said to be all do not make up their whole: 15金23银16铜共44枚奖牌.

    Gold, silver and bronze are all medals; who came and who stayed away are all who ought to have come
    (应到181人，出席179人，缺席1人); 境外输入 and 本土 are all cases, 男 and 女 all people; and what stands
    before 共计 is what it sums up. The finding gives the sum with its bounds.

    **What it leaves alone.** Parts that need not be all (其中甲10人、乙20人); figures with 约 or 余; sums
    that rounding explains; gold and silver alone, as long as the total is not less.

    **Source.** Arithmetic; GB/T 8170—2008 on rounding.
    """

    code = "FIG015"
    name = "parts-differ-from-whole"
    where = (Literals(AMONG, *TRIGGERS, *TOTALS, *MEDALS),)
    messages: ClassVar[Mapping[str, str]] = {
        **FigureRule.messages,
        "differs": "“{parts}” make {sum}, and the text says “{whole}”; one of these figures is wrong",
    }
    examples = (
        Bad("代表团共获得15金23银16铜共44枚奖牌。", finds=("44",)),
        Bad("会议应出席2977人，出席2937人，缺席30人。", finds=("2977人",)),
        Bad("新增病例1021例，其中境外输入146例，本土865例。", finds=("1021例",)),
        Good("代表团共获得15金13银16铜共44枚奖牌。"),
        Good("会议应出席2977人，出席2937人，缺席40人。"),
        Good(
            "新增病例1021例，其中境外输入146例，本土875例；共有学生90人，其中甲班30人，乙班50人。"
        ),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        among: list[Span] = []
        meetings: list[Span] = []
        totals: list[Span] = []
        medals: list[Span] = []
        kinds = {AMONG: among} | dict.fromkeys(TOTALS, totals) | dict.fromkeys(MEDALS, medals)
        for place in places:
            kinds.get(text[place.start : place.end], meetings).append(place)
        for told in medals_at(text, [place for place in medals if stands_with_number(text, place)]):
            yield from self._medals(document, told)
        among = [p for p in among if LAST_PARTS.search(text, p.start, p.start + REACH)]
        totals = [p for p in totals if is_summed(text, p)]
        meetings = [p for p in meetings if is_counted(text, p)]
        if not (among or totals or meetings):
            return
        sentences = document.get(Sentences)
        for sentence in sentences.at(among):
            yield from self._complementary(document, sentence)
        for sentence in sentences.at(totals):
            yield from self._summed(document, sentence)
        for due, actual, absent in attendances_of(text, sentences.at(meetings)):
            if absent and actual.value <= due.value:
                reason = "who came and who stayed away are all who ought to have come"
                yield from self._compared(document, due, [actual, *absent], reason)

    def _complementary(self, document: Document, sentence: Sentence) -> Iterator[Finding]:
        text = document.text
        for whole in wholes_of(text, sentence):
            if len(whole.parts) < 2 or not are_all([label_of(text, c) for c in whole.parts]):
                continue
            total = sum_of(map(count_of, whole.parts))
            nearest = whole.before[-1]
            if not any(count_of(claim).meets(total) for claim in whole.before):
                yield from self._compared(
                    document, nearest, whole.parts, "the parts are all that the whole can have"
                )

    def _summed(self, document: Document, sentence: Sentence) -> Iterator[Finding]:
        text, claims = document.text, sentence.claims
        for at in range(2, len(claims)):
            total = claims[at]
            if (total.unit == "枚" and "牌" in text[total.end : sentence.end]) or not alike(
                claims[at - 1], total
            ):
                continue
            if not TOTAL.match(text, claims[at - 1].end, total.start):
                continue
            first = at - 1
            while (
                first
                and alike(claims[first - 1], claims[first])
                and LISTED.match(text, claims[first - 1].end, claims[first].start)
            ):
                first -= 1
            if at - first > 1:
                yield from self._compared(
                    document, total, claims[first:at], "the text sums up the figures before"
                )

    def _compared(
        self, document: Document, whole: Claim, parts: Sequence[Claim], reason: str
    ) -> Iterator[Finding]:
        if any(claim.relation != "=" for claim in (whole, *parts)):
            return
        total = sum_of(map(count_of, parts))
        if not count_of(whole).meets(total):
            figures = [figure_of(whole), *map(figure_of, parts)]
            yield self._differs(document, figures, unscaled(total, whole), reason)

    def _medals(self, document: Document, told: Medals) -> Iterator[Finding]:
        total = sum_of(part.bounds for part in told.parts)
        if total.low < 0 or told.total.bounds.low < 0:
            return
        if total.low > told.total.bounds.low or (
            told.complete and total.low < told.total.bounds.low
        ):
            yield self._differs(
                document, [told.total, *told.parts], total, "gold, silver and bronze are all medals"
            )

    def _differs(
        self, document: Document, figures: Sequence[Figure], total: Bounds, reason: str
    ) -> Finding:
        text = document.text
        whole, *parts = (text[figure.start : figure.end].strip() for figure in figures)
        return self.contradiction(
            document,
            self.say(
                "differs", parts=Listed(tuple(parts), "”, “"), sum=span_shown(total), whole=whole
            ),
            figures,
            reason=reason,
            expected=total,
        )


def is_summed(text: str, place: Span) -> bool:
    """Whether two numbers stand before the word for a sum and one behind it."""
    return (
        ONE_BEHIND.match(text, place.end) is not None
        and TWO_BEFORE.search(text, max(0, place.start - REACH), place.start) is not None
    )


def stands_with_number(text: str, place: Span) -> bool:
    """Whether a number stands at the word for medals or for silver."""
    return NUMBERED.search(text, max(0, place.start - 8), place.start) is not None or (
        text[place.end : place.end + 1] == "牌"
    )


def label_of(text: str, claim: Claim) -> str:
    """The words that say what a part is: before its number, else behind it."""
    start = max(
        text.rfind(mark, claim.start - LABEL, claim.start) + 1 for mark in "，。；：、,;:和中"
    )
    before = text[max(start, claim.start - LABEL) : claim.start]
    if before.strip("有为约达，, "):
        return before
    return text[claim.end : claim.end + 4]
