"""BOI008 share-bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class ShareBar(FurnitureRule):
    """The buttons for sharing the page stand in the text.

    “分享到：微信 微博 QQ空间” are the buttons of the page, turned into words when its text was taken.
    They say nothing, and a reader who meets them in the middle of an article thinks that it ends
    there. Neighbouring lines are one finding; the unsafe fix takes them out.

    **What it leaves alone.** Sentences about sharing (“他把照片分享到朋友圈，引来一片赞声。”), and the
    name of a service alone on a line, unless another button stands beside it.

    **Source.** The words of the buttons on Chinese news sites, blogs and forums, in
    `phrases/share-bar.toml`.
    """

    code = "BOI008"
    name = "share-bar"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "a button for sharing the page, “{first}”: it belongs to the page and not to the article; "
        "take it out",
        "lines": "{count} lines of buttons for sharing the page, from “{first}” on: they belong to the page "
        "and not to the article; take them out",
        "remove": "remove the share bar",
    }
    examples = (
        Bad("论坛在北京闭幕。\n\n分享到：微信 微博 QQ空间\n", "论坛在北京闭幕。\n"),
        Bad(
            "论坛在北京闭幕。\n【分享到朋友圈】\n记者张三报道。\n",
            "论坛在北京闭幕。\n记者张三报道。\n",
        ),
        Bad("会议昨日结束。\n微信\n微博\nQQ空间\n", "会议昨日结束。\n"),
        Good(
            "他把照片分享到朋友圈，引来一片赞声，也引来了税务部门，调查随后展开，历时三个月才告结束。"
        ),
        Good("微信\n是一款即时通讯软件。"),
        Good("公司三大产品是微博、微信和搜索，三者互相导流。"),
    )
