"""BOI003 breadcrumb."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class Breadcrumb(FurnitureRule):
    """The path through the site to this page stands in the text.

    “您的当前位置：首页 > 新闻中心 > 部内新闻” led the reader of the site to the page. In an article it
    leads nowhere, and counts as its first sentence wherever the text is used. The unsafe fix takes it
    out.

    **What it leaves alone.** Sentences about a position (“当前位置显示在地图上。”), steps through the menus
    of a program (“设置 > 通用 > 关于本机”), comparisons (“甲 > 乙 > 丙”), and HTML.

    **Source.** The wording of the paths on Chinese news, government and university sites, in
    `phrases/breadcrumb.toml`.
    """

    code = "BOI003"
    name = "breadcrumb"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "the path of a page through its site, “{first}”: it belongs to the page and not to the "
        "article; take it out",
        "lines": "{count} lines of a page's path through its site, from “{first}” on: they belong to the "
        "page and not to the article; take them out",
        "remove": "remove the breadcrumb",
    }
    examples = (
        Bad(
            "您的当前位置：首页 > 新闻中心 > 部内新闻\n去年各地引进人才逾万人次。\n",
            "去年各地引进人才逾万人次。\n",
        ),
        Bad("留学人才网 > 新闻资讯 > 海归创业 >\n\n会议昨日在京举行。\n", "会议昨日在京举行。\n"),
        Bad("Home> News\n\nThe fair opened in Guangzhou.\n", "The fair opened in Guangzhou.\n"),
        Good("手机联网以后，当前位置显示在地图上，误差不到十米。"),
        Good("打开设置 > 通用 > 关于本机，就能看到序列号。"),
        Good("首页改版以后，访问量翻了一番。"),
    )
