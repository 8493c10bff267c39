"""BOI015 advertisement."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class Advertisement(FurnitureRule):
    """An advertisement, or the mark above one, stands in the text.

    “广告” alone on a line, “赞助商链接”, “限时优惠，点击领取”: what stood in the frame between two paragraphs. The
    picture is gone, the words are left, and the article seems to sell something. The unsafe fix takes
    them out.

    **What it leaves alone.** Articles about advertising, goods and prices; “广告” as the heading of a
    paragraph; sentences that quote an offer.

    **Source.** The marks and calls on Chinese news sites, portals and public accounts and on English
    pages, in `phrases/advertisement.toml`.
    """

    code = "BOI015"
    name = "advertisement"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "an advertisement, “{first}”: it is not part of the article; take it out",
        "lines": "{count} lines of advertisement, from “{first}” on: they are not part of the article; "
        "take them out",
        "remove": "remove the advertisement",
    }
    examples = (
        Bad(
            "论坛在北京闭幕。\n\n【广告】\n\n记者张三报道。\n",
            "论坛在北京闭幕。\n\n记者张三报道。\n",
        ),
        Bad(
            "论坛在北京闭幕。\n赞助商链接\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "会议昨日结束。\n原价299元，现价99元，限时抢购！\n点击领取\n",
            "会议昨日结束。\n",
        ),
        Good("广告\n\n广告是商品经营者通过媒介介绍商品的活动。历史上最早的广告是实物陈列。"),
        Good("商家打出“限时优惠”的牌子，消费者却并不买账。"),
        Good("手机售价4999元，比上一代便宜500元。"),
    )
