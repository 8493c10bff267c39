"""BOI016 injected-spam."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class InjectedSpam(FurnitureRule):
    """A line planted for search engines stands in the text.

    Hacked and mirrored pages carry lines of gambling, pornography, forged papers, private game servers,
    loans or surrogacy, before an innocent article, behind it, or in the middle of it: words strung together
    with separators, joined to “官网”, “开户”, “下载”, and no sentence anywhere. The unsafe fix takes them out.

    **What it leaves alone.** Reports on such crimes, results of lotteries (“双色球第2020001期开奖”), adult
    education, the stocks of casinos: one word says nothing, and a line that reads like a report, with
    police, courts, reporters or a full stop in it, stays.

    **Source.** What such lines look like on hacked and mirrored pages: the density of the words and the
    forms of advertising beside them, in `phrases/injected-spam.toml`.
    """

    code = "BOI016"
    name = "injected-spam"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "a line planted for search engines, “{first}”: it has nothing to do with the article; "
        "take it out",
        "lines": "{count} lines planted for search engines, from “{first}” on: they have nothing to do "
        "with the article; take them out",
        "remove": "remove the spam",
    }
    examples = (
        Bad(
            "时时彩平台_时时彩官网_注册送彩金_百家乐开户\n\n论坛在北京闭幕。\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "论坛在北京闭幕。\n代开发票，真票保真，电话13800000000\n记者张三报道。\n",
            "论坛在北京闭幕。\n记者张三报道。\n",
        ),
        Bad(
            "会议昨日结束。\n\n新开传奇私服发布网|热血传奇私服|超变传奇手游\n",
            "会议昨日结束。\n",
        ),
        Good("警方捣毁一个网络赌博团伙，涉及百家乐、时时彩等多种赌博平台，抓获嫌疑人12名。"),
        Good("福彩双色球第2020001期开奖结果：红球01 05 12 18 22 30，蓝球09。"),
        Good("澳门博彩股午后走强，金沙中国、永利澳门涨逾3%"),
    )
