"""BOI017 page-furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class PageFurniture(FurnitureRule):
    """Page numbers, running heads or the buttons of an electronic newspaper stand in the text.

    “第04版：要闻 上一版 下一版”, “（下转第二版）” and “第 3 页 共 10 页” are about sheets and screens. In running
    text they cut sentences in two. The unsafe fix takes them out.

    **What it leaves alone.** Numbers alone on a line, which number parts as often as pages; a number
    between dashes unless it cuts a sentence in two; paragraphs that begin with “（上接第一版）”; editions
    of a program (“2.0版：新功能”); and sentences about pages (“第3页有一处错误。”).

    **Source.** The wording of electronic editions of Chinese newspapers, of gazettes and of files made
    of printed pages, in `phrases/page-furniture.toml`.
    """

    code = "BOI017"
    name = "page-furniture"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "furniture of a printed page, “{first}”: it interrupts the text; take it out",
        "lines": "{count} lines of furniture of a printed page, from “{first}” on: they interrupt the "
        "text; take them out",
        "remove": "remove the furniture of the page",
    }
    examples = (
        Bad("第04版：要闻\n上一版 下一版\n会议昨日在京举行。\n", "会议昨日在京举行。\n"),
        Bad(
            "会议昨日在京举行。（下转第二版）\n（下转第二版）\n",
            "会议昨日在京举行。（下转第二版）\n",
        ),
        Bad(
            "本办法自公布之日起施行。\n第 3 页 共 10 页\n附件一\n",
            "本办法自公布之日起施行。\n附件一\n",
        ),
        Good("他走进门来，屋里没有人。\n\n- 2 -\n\n第二天他又来了。"),
        Good("第3页有一处错误，请更正。"),
        Good("2.0版：增加了批量导入的功能。"),
    )
