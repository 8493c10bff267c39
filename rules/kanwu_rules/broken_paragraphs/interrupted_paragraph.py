"""TRU002 interrupted-paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Rule, Safety
from kanwu_rules.broken_paragraphs.breaks import SUSPECTS, Breaks, Kind
from kanwu_rules.broken_paragraphs.torn_paragraph import MESSAGES, halves

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class InterruptedParagraph(Rule):
    """A sentence breaks off and goes on behind other lines that slid in between.

    On a newspaper's page a column runs around headlines, pictures and other articles. Text that was
    taken from it line by line has them in the middle of a sentence: a headline, a caption with its
    credit, a byline, whole paragraphs of another column. The finding stands on the last words before
    the gap; the words after it are related to it, and `evidence` holds the beginnings of what stands
    between. The fix puts the halves together and what stood between them behind the whole paragraph; a
    title and what belongs to it, before the first paragraph of an article. Nothing is dropped. The fix
    is unsafe since only a reader can be sure.

    **What it leaves alone.** What split-paragraph leaves alone; and halves that are more than six
    paragraphs apart.

    **Source.** As for split-paragraph.
    """

    code = "TRU002"
    name = "interrupted-paragraph"
    safety = Safety.UNSAFE
    where = SUSPECTS
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        **MESSAGES,
        "torn": "the paragraph breaks off in the middle of a sentence, which continues on line {line}, "
        "behind {count} other line(s) (“{first}…”); join the halves",
        "word": "the paragraph breaks off inside “{word}” and continues on line {line}, behind {count} "
        "other line(s) (“{first}…”); join the halves",
        "pause": "the paragraph ends with “{mark}”, and its sentence continues on line {line}, behind "
        "{count} other line(s) (“{first}…”); join the halves",
        "join": "join the halves; what stands between them is kept",
    }
    examples = (
        Bad(
            "离岸基地面向全球搭建创新网络，吸纳超过五十家人才集聚机构为联盟成员单位及合作支持单\n\n"
            "颁奖仪式\n\n活动方供图\n\n"
            "位。与英国全球技术创新伙伴联盟等机构达成战略合作关系。\n\n下一步，基地将继续扩大合作。\n",
            "离岸基地面向全球搭建创新网络，吸纳超过五十家人才集聚机构为联盟成员单位及合作支持单"
            "位。与英国全球技术创新伙伴联盟等机构达成战略合作关系。\n\n"
            "颁奖仪式\n\n活动方供图\n\n下一步，基地将继续扩大合作。\n",
            ("及合作支持单",),
        ),
        Bad(
            "今年的海交会采用了线上线下结合的方式。\n"
            "企业作为需求方也同样希望吸引到优秀人才，海交会为匹\n"
            "海交会： 云端不落幕 引才更多元\n业 丰\n配双方需求提供了广阔平台。这同样是许多参展企业的心声。\n",
            "今年的海交会采用了线上线下结合的方式。\n"
            "企业作为需求方也同样希望吸引到优秀人才，海交会为匹配双方需求提供了广阔平台。"
            "这同样是许多参展企业的心声。\n海交会： 云端不落幕 引才更多元\n业 丰\n",
        ),
        Bad(
            "会议指出，各级党委要坚决维护以人民为\n\n"
            "绿色船舶订单量快速增长，数字化造船不断升级。\n\n"
            "中心的发展思想，把重大部署落到实处。\n",
            "会议指出，各级党委要坚决维护以人民为中心的发展思想，把重大部署落到实处。\n\n"
            "绿色船舶订单量快速增长，数字化造船不断升级。\n",
        ),
        Good(
            "大会昨天开幕，两百名代表出席。\n\n颁奖仪式\n\n活动方供图\n\n"
            "代表们参观了展览，并与企业座谈。\n"
        ),
        Good("这台机器有以下特点：\n\n功率大，噪音低\n\n保修三年\n\n详情请咨询当地经销商。\n"),
        Good("海交会云端不落幕\n\n企业希望吸引到优秀人才，大会提供了广阔平台。\n"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: ARG002
        for found in document.get(Breaks).of_kind(Kind.INTERRUPTED):
            yield halves(self, document, found)
