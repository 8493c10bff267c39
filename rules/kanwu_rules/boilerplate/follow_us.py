"""BOI011 follow-us."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class FollowUs(FurnitureRule):
    """A call to follow an account, scan a code or install an app stands in the text.

    “长按识别二维码，关注我们”, “更多精彩内容，请下载客户端”, “微信号：…”: the publisher's own advertisement, with
    the picture of the code gone. It stands before, between and behind the paragraphs and says nothing
    about the matter. The unsafe fix takes it out.

    **What it leaves alone.** Sentences that tell of scanning and following (“扫描二维码后，手机里的钱不翼而飞。”),
    account names among the telephone numbers of a notice, and group lists, which have a rule of
    their own.

    **Source.** The wording of public accounts, news sites and their English pages in both scripts, in
    `phrases/follow-us.toml`.
    """

    code = "BOI011"
    name = "follow-us"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "a call to follow or install something, “{first}”: it advertises the publisher and is "
        "not part of the article; take it out",
        "lines": "{count} lines of calls to follow or install something, from “{first}” on: they "
        "advertise the publisher and are not part of the article; take them out",
        "remove": "remove the call",
    }
    examples = (
        Bad(
            "论坛在北京闭幕。\n\n长按识别二维码，关注我们\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "点击上方蓝字关注我们\n\n论坛在北京闭幕。\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "会议昨日结束。\n更多精彩内容，请扫描二维码下载客户端！\n",
            "会议昨日结束。\n",
        ),
        Bad(
            "The forum closed on Monday.\n\nFollow us on Twitter and Facebook\n",
            "The forum closed on Monday.\n",
        ),
        Good("扫描二维码后，手机里的钱不翼而飞，张女士随即报了警。"),
        Good("联系人：李老师\n电话：010-66271234\n微信号：lilaoshi2020\n"),
        Good("关注民生就是关注人心，这是他常说的一句话。"),
    )
