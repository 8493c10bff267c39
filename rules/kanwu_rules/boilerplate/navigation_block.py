"""BOI014 navigation-block."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu.analysis.page_lines import PageLines
from kanwu.engine.line_edges import ADORNING
from kanwu_rules.boilerplate.furniture import MENU
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule
from kanwu_rules.boilerplate.phrase_book import phrase_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kanwu import Document, Span


class NavigationBlock(FurnitureRule):
    """A menu, or other lines around an article that lead through a site, stands in the text.

    When a whole page is turned into text, its menus become columns of short lines (“首页”, “新闻”,
    “财经”, “体育”), before the article and behind it, often ten times as many lines as the article has.
    One finding covers each run of them; the unsafe fix takes them out. A run of known entries of menus
    is always found. Where a document is a whole page, with menus, share bars and a footer, what
    stands between these outside the article is furniture too, whatever its words.

    **What it leaves alone.** Titles and headings; short lines that are the text: verse, subtitles,
    lists of names, dialogue, directories. Where nothing on a page is surely furniture, nothing is.

    **Source.** The menus of Chinese sites, in `phrases/navigation-block.toml`. Where the article is, is
    found by maximum subsequence segmentation (Pasternack and Roth, WWW 2009).
    """

    code = "BOI014"
    name = "navigation-block"
    where = (MENU,)
    messages: ClassVar[Mapping[str, str]] = {
        "line": "“{first}” leads through the site and is not part of the article; take it out",
        "lines": "{count} lines of menus and links, from “{first}” on: they lead through the site and are "
        "not part of the article; take them out",
        "remove": "remove the menu",
    }
    examples = (
        Bad("首页\n新闻\n财经\n体育\n\n论坛在北京闭幕。\n", "论坛在北京闭幕。\n"),
        Bad(
            "论坛昨日在北京闭幕，各方达成共识。\n网站首页\n关于我们\n联系我们\n网站地图\n",
            "论坛昨日在北京闭幕，各方达成共识。\n",
        ),
        Bad("Home\nNews\nBusiness\nSports\n\nThe forum closed.\n", "The forum closed.\n"),
        Good("新闻\n\n昨日，论坛在北京闭幕。"),
        Good("床前明月光\n疑是地上霜\n举头望明月\n低头思故乡"),
        Good("出席名单\n张三\n李四\n王五\n赵六\n孙七\n周八\n"),
    )

    def may_speak(self, document: Document, places: Sequence[Span]) -> bool:
        """Whether one of some short lines is the entry of a menu."""
        page = document.get(PageLines)
        index_of, menu_words = page.lines.index, phrase_book().menu_words
        return any(
            page[index].strip(ADORNING) in menu_words
            for start, end in places
            for index in range(index_of(start), index_of(end) + 1)
        )
