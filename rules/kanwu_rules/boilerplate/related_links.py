"""BOI009 related-links."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class RelatedLinks(FurnitureRule):
    """The heading of a list of other articles stands in the text.

    “相关阅读”, “猜你喜欢”, “热门文章”, “Related articles”: below an article, and sometimes in the middle
    of it, a site offers other ones. Their headlines tell of other days and other people; whoever reads
    on, or learns from the text, takes them for part of this one. The unsafe fix takes the heading out,
    with the list that belongs to it.

    **What it leaves alone.** The first line of a document, and sentences that begin with the same words
    (“相关新闻报道后，当地成立了调查组。”). “相关链接” and its like head a box of background in
    newspapers: they count only where a list of headlines follows.

    **Source.** The headings on Chinese news sites, portals, blogs and public accounts, on sites in Taiwan
    and Hong Kong and on English pages of Chinese sites, in `phrases/related-links.toml`.
    """

    code = "BOI009"
    name = "related-links"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "the heading of a list of other articles, “{first}”: these belong to the page and not "
        "to the article; take it out",
        "lines": "{count} lines of links to other articles, from “{first}” on: they belong to the page "
        "and not to the article; take them out",
        "remove": "remove the links",
    }
    examples = (
        Bad(
            "论坛在北京闭幕。\n\n相关阅读\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "论坛在北京闭幕。\n【相关新闻】 更多>>\n春耕从南方开始\n跨海大桥通车\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "會議昨日結束。\n延伸閱讀：三年前的那場會議\n",
            "會議昨日結束。\n",
        ),
        Bad(
            "The forum closed on Monday.\n\nYou may also like\n",
            "The forum closed on Monday.\n",
        ),
        Good("相关新闻报道后，当地成立了调查组，并于次日公布了结果。"),
        Good("延伸阅读\n\n所谓延伸阅读，是指读完一本书以后，顺着它的线索再读别的书。"),
        Good("他说，热门文章往往不是好文章。"),
    )
