"""BOI004 meta-line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class MetaLine(FurnitureRule):
    """When and where a page was put up stands in the text.

    “2021-03-18 10:13 来源：新华网 浏览次数：2168 字号：[大 中 小]” is what the site says of its page. Among the
    sentences of an article it is noise. The source and the date are worth keeping elsewhere: what the
    unsafe fix takes out can be written to the file of `--removed`.

    **What it leaves alone.** A date alone, as letters, speeches and statutes have it under the title
    or at the end (“2012年6月24日”), the time and the place of an event (“时间：5月3日 地点：大礼堂”), and
    sentences that begin with a date or a source (“来源于民间的故事……”).

    **Source.** The wording of such lines on Chinese news sites, government gazettes, universities and
    blogs, in `phrases/meta-line.toml`.
    """

    code = "BOI004"
    name = "meta-line"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "a fact about the page, “{first}”: it is no part of the article's text; keep it "
        "elsewhere and take it out",
        "lines": "{count} lines of facts about the page, from “{first}” on: they are no part of the "
        "article's text; keep them elsewhere and take them out",
        "remove": "remove the facts about the page",
    }
    examples = (
        Bad(
            "人才工作会议召开\n\n2021-03-18 10:13 来源: 创新创业中关村 作者: liuxuehr\n\n会议昨日在京举行。\n",
            "人才工作会议召开\n\n会议昨日在京举行。\n",
        ),
        Bad(
            "会议昨日在京举行。\n浏览次数：2168\n字号：[大] [中] [小] [打印]\n",
            "会议昨日在京举行。\n",
        ),
        Bad("发布时间：2019-09-26 10:09:11\n\n会议昨日在京举行。\n", "会议昨日在京举行。\n"),
        Good("关于人才工作的讲话\n\n2012年6月24日\n\n同志们，今天的会议很重要。"),
        Good("时间：2019年5月3日 地点：大礼堂\n\n欢迎各位同学参加。"),
        Good("来源于民间的故事，最有生命力。"),
    )
