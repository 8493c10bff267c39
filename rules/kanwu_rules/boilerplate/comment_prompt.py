"""BOI012 comment-prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class CommentPrompt(FurnitureRule):
    """The box for comments, or what stands around it, is in the text.

    “发表评论”, “3条评论”, “登录后参与评论”, “文明上网，理性发言”, “回复 举报 顶 踩”: the page asks its readers to speak.
    None of it was written by the author. The unsafe fix takes it out; the comments themselves stay.

    **What it leaves alone.** Sentences about comments (“这条微博下有3000条评论，多数表示支持。”), the first
    line of a document, and single words such as “评论” or “回复” unless another button stands beside them.

    **Source.** The wording on Chinese news sites, portals, blogs and forums in both scripts and on English
    pages, in `phrases/comment-prompt.toml`.
    """

    code = "BOI012"
    name = "comment-prompt"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "a prompt for comments, “{first}”: it belongs to the page and not to the article; "
        "take it out",
        "lines": "{count} lines of prompts for comments, from “{first}” on: they belong to the page "
        "and not to the article; take them out",
        "remove": "remove the prompt",
    }
    examples = (
        Bad(
            "论坛在北京闭幕。\n\n发表评论\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "论坛在北京闭幕。\n3条评论\n登录后参与评论\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "會議昨日結束。\n\n發表留言\n",
            "會議昨日結束。\n",
        ),
        Bad(
            "The forum closed on Monday.\n\nLeave a comment\n",
            "The forum closed on Monday.\n",
        ),
        Good("这条微博下有3000条评论，多数表示支持，也有人提出疑问。"),
        Good("发表评论的人多，读完全文的人少。"),
        Good("文明上网不是一句口号，学校和家庭都要担起责任。"),
    )
