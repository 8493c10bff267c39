"""BOI010 pager."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class Pager(FurnitureRule):
    """Links to another page stand in the text.

    “上一篇：… 下一篇：…”, “上一页 1 2 3 下一页”, “返回列表”, “展开全文”: the controls by which a reader of the
    page went on, or back to its top. Out of the page they lead nowhere, and the neighbour's headline
    behind “下一篇：” reads like part of the article. The unsafe fix takes them out.

    **What it leaves alone.** Sentences about the next chapter or page (“下一章将讨论这个问题。”), headings
    that only begin alike, and the names of editions in e-papers (“上一版”), which are page furniture.

    **Source.** The controls of Chinese news sites, government sites, blogs, novels and forums and of
    English pages, in `phrases/pager.toml`.
    """

    code = "BOI010"
    name = "pager"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "a link to another page, “{first}”: it belongs to the page and not to the article; "
        "take it out",
        "lines": "{count} lines of links to other pages, from “{first}” on: they belong to the page "
        "and not to the article; take them out",
        "remove": "remove the links",
    }
    examples = (
        Bad(
            "论坛在北京闭幕。\n\n上一篇：春耕开始了\n下一篇：没有了\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "论坛在北京闭幕。\n首页 上一页 1 2 3 下一页 尾页\n记者张三报道。\n",
            "论坛在北京闭幕。\n记者张三报道。\n",
        ),
        Bad(
            "会议昨日结束。\n\n【返回列表】【返回顶部】\n",
            "会议昨日结束。\n",
        ),
        Bad(
            "The forum closed on Monday.\n\nBack to top\n",
            "The forum closed on Monday.\n",
        ),
        Good("下一章将讨论这个问题，并给出三个例子。"),
        Good("他翻到下一页，\n看见了自己的名字。"),
        Good("返回列表的函数叫作生成器，这是初学者常有的误解。"),
    )
