"""FIG007 share-over-100."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Listed, Literals, Pattern
from kanwu_rules.figures.bounds import Bounds, bounds_of, sum_of
from kanwu_rules.figures.categories import are_all
from kanwu_rules.figures.figure_rule import FigureRule, figure_of
from kanwu_rules.figures.sentences import Sentences
from kanwu_rules.figures.wholes import LISTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.sentences import Sentence

HALF = Decimal("0.5")
MOST = Bounds(Decimal(0), Decimal(100))
# A number of three digits or more before the sign; one in Chinese numerals with 百.
LARGE = Pattern(r"(?<![0-9.,，０-９])[1-9１-９][0-9０-９]{2,5}(?:[.．][0-9０-９]{1,6})?\ ?$")
LARGE_CHINESE = Pattern(r"百分之[一二两三四五六七八九]百")
STATED = r"""(?:[从從由](?:[0-9]{0,4}年|十年前|此前|上年|去年)?的?)?(?:的|均|将|將|已经?|约|約|为|為|达到?|達到?|高达|高達|超过?|超過?|近|逾|突破|只有|仅|至|到|提高到|提升至|提升到|上升到|上升至|升至|增至|
    增加到|增长到|增长至|降至|下降到|下降至|降到|扩大到|提升到|稳定在|保持在|去年|目前的?|比例|比重|份额|比|:|：|\ ){0,5}$"""
SHARE = Pattern(rf"""
    (?: [占佔](?![地用领領])[^，。；：！？（(]{{0,40}} | 比重 | 所占比例 | 份额 | 占有率 ) {STATED}
    | (?: (?<!拨备)(?<!流动性) 覆盖率 | 合格率 | 及格率 | 出勤率 | 识字率 | 成活率 | 存活率 | 治愈率 | 死亡率 | 绿化率 | 失业率 | 就业率 | 达标率 | 准确率 | 成功率
      | 命中率 | 支持率 | 得票率 | 投票率 | 通过率 | 城镇化率 | 城市化率 | 正确率 | 录取率 | 升学率 | 机械化率 | 渗透率 | 满意率 | 优良率 | 优良天数比例
      | (?<!撥備)(?<!流動性) 覆蓋率 | 合格率 | 失業率 | 就業率 | 支持率 | 得票率 | 投票率 | 通過率 | 死亡率 ) {STATED}
    | (?: account(?:s|ed|ing)?\ for | ma(?:k(?:es?|ing)|de)\ up | represent(?:s|ed|ing)? )\ (?:about\ |nearly\ |some\ |more\ than\ |over\ )?$
""")
GROWN = Pattern(
    r"(?:提高|增长|增加|上升|下降|减少|扩大|高出|超出|提升|增長|增加|同比|环比|降低|多)(?:了|约|近|超|超过|达){0,2}$"
)
# What is measured against something that it is no part of: by what is measured, and by what against.
NO_PART = Pattern(
    r"拨备|撥備|流动性|债|債|负债|負債|杠杆|市值|贷款|貸款|存款|信贷|融资|费用|投入|支出|成本|摄入|蓄水|来水|水位|含量|依存|库存|(?:debt|loans|spending)"
)
NO_WHOLE = Pattern(
    r"""预算|預算|目标|目標|计划|任务|任務|标准|额定|设计|正常|常年|推荐|需求|需要|所需|每日|库容|容量
    |净资产|注册资本|可支配|营收|营业收入|销售收入|销售额|股本|净利|利润|资本|相当|倍|平均|均值|原来|定额
    |(?:同期|上年|去年|上月|当年|往年)(?:同期|水平|全年)?的?[^，。；]{0,2}$
    |(?i:income|budget|target|quota|capacity|revenue|last\ year|output|average)""",
)
# Of the product of a country only what is produced there is a part; its trade may exceed it.
PRODUCT = Pattern(r"GDP|gdp|生产总值|生產總值")
PRODUCED = Pattern(r"(?:产业|產業|经济|經濟|制造业|服务业|农业|工业|增加值|海洋生产总值)")
TRADED = Pattern(r"进出口|外贸|贸易|出口|进口|市值|货币|M2|资产|经济依存|经济体")
LONGEST = 60
SECOND_OF_ALL = Pattern(
    r"(?:女性?|农村|乡村|民办|本土)[^，。；\d]{0,6}[占佔][^，。；\d]{0,4}[0-9.]{1,6}$"
)
SHARED = Pattern(r"[占佔率]|比重|比例|份额|account|up\ |represent")


class ShareOver100(FigureRule):
    """A share of a whole is more than all of it: 占我国外贸总值的152.9%.

    A part can be no more than 100 % of its whole, and parts that are all and do not overlap make 100 %
    together: 男性占52%，女性占58%. A digit slipped, or what is meant is no share.

    **What it leaves alone.** Growth, completion and whatever is measured against something that it is no
    part of: debts and GDP, last year, a plan, a standard, a capacity, income, costs. Shares of answers
    and of groups that may overlap.

    **Source.** Arithmetic; GB/T 8170—2008 on rounding.
    """

    code = "FIG007"
    name = "share-over-100"
    where = (Literals("%", "％", "百分之", "percent", "per cent"),)
    messages: ClassVar[Mapping[str, str]] = {
        **FigureRule.messages,
        "over": "“{share}” is said to be a share (“{words}”), and no share is more than 100 %; a digit is "
        "probably wrong",
        "sum": "“{parts}” are all parts of one whole and make {sum} %; one of them is wrong",
    }
    examples = (
        Bad("进出口7.05万亿元，占我国外贸总值的152.9%。", finds=("152.9%",)),
        Bad("参展的国际展品占比达165%，比去年提升20个百分点。", finds=("165%",)),
        Bad("受访者中男性占52%，女性占58%。", finds=("58%",)),
        Good("进出口7.05万亿元，占我国外贸总值的52.9%，同比增长152.9%，完成计划的120%。"),
        Good("该国政府债务占GDP的比重达152.9%，蓄水量占常年同期的130%。"),
        Good("受访者中喜欢读书的占62%，喜欢运动的占58%。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        large = [place for place in places if is_large(text, place.start)]
        complements = [
            place
            for place in places
            if text.find("占", max(0, place.start - 12), place.start) >= 0
            and SECOND_OF_ALL.search(text, max(0, place.start - 16), place.start)
        ]
        if not large and not complements:
            return
        sentences = document.get(Sentences)
        for sentence in sentences.at(large):
            for claim in sentence.claims:
                words = self._share(text, sentence, claim)
                if words:
                    share = text[claim.start : claim.end].strip()
                    yield self.contradiction(
                        document,
                        self.say("over", share=share, words=words),
                        [figure_of(claim)],
                        reason="the words before it make it a share of a whole",
                        expected=MOST,
                    )
        for sentence in sentences.at(complements):
            yield from self._summed(document, sentence)

    def _share(self, text: str, sentence: Sentence, claim: Claim) -> str:
        """The words that make a figure a share, if it is more than 100 %."""
        if claim.unit_class != "percent" or bounds_of(claim).low <= 100 + HALF:
            return ""
        start = max(sentence.start, claim.start - LONGEST)
        start = max(start, *(text.rfind(mark, start, claim.start) + 1 for mark in "，；：,"))
        found = SHARE.search(text, start, claim.start)
        if found is None or GROWN.search(text, start, claim.start):
            return ""
        if NO_PART.search(text, max(sentence.start, start - 20), claim.start):
            return ""
        behind = claim.end + 24 if claim.language == "en" else claim.start
        if NO_WHOLE.search(text, found.start(), min(sentence.end, behind)):
            return ""
        if PRODUCT.search(text, found.start(), min(sentence.end, behind)):
            before = text[max(sentence.start, found.start() - 30) : found.start()]
            if TRADED.search(before) or not PRODUCED.search(before):
                return ""
        return found[0].strip()

    def _summed(self, document: Document, sentence: Sentence) -> Iterator[Finding]:
        text = document.text
        shares = [c for c in sentence.claims if c.unit_class == "percent" and c.relation == "="]
        for one, two in pairwise(shares):
            if not LISTED.match(text, one.end, two.start):
                continue
            start = max(sentence.start, one.start - 12)
            start = max(text.rfind(mark, start, one.start) + 1 for mark in "，。；：、") or start
            labels = (text[start : one.start], text[one.end : two.start])
            if not all("占" in label for label in labels) or not are_all(labels):
                continue
            total = sum_of(map(bounds_of, (one, two)))
            if total.low > MOST.high:
                parts = Listed(tuple(text[c.start : c.end] for c in (one, two)), "”, “")
                yield self.contradiction(
                    document,
                    self.say("sum", parts=parts, sum=str(one.value + two.value)),
                    [figure_of(two), figure_of(one)],
                    reason="the two parts are all of one whole",
                    expected=MOST,
                )


def is_large(text: str, sign: int) -> bool:
    """Whether the number at a sign of percent is 100 or more, and may be a share."""
    if text[sign] == "百":
        if not LARGE_CHINESE.match(text, sign):
            return False
    elif text[sign - 3 : sign].isalpha() or not LARGE.search(text, max(0, sign - 16), sign):
        return False
    return SHARED.search(text, max(0, sign - LONGEST), sign) is not None
