"""BOI013 site-footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class SiteFooter(FurnitureRule):
    """The foot of the site stands in the text.

    “京ICP备…号”, “Copyright © … All Rights Reserved”, “主办单位：… 技术支持：…”, “关于我们 | 联系我们 | 网站地图”,
    “违法和不良信息举报电话”: the same lines below every page of a site. They are in thousands of documents and
    belong to none. The unsafe fix takes them out.

    **What it leaves alone.** Articles about registration and copyright, the organisers and the address in
    a notice or a call for papers (such a line counts only beside what nothing but a site has), and
    notices on the copyright of the article itself.

    **Source.** The feet of Chinese news sites, governments, universities, companies and forums, of sites
    in Taiwan and Hong Kong and of English pages, in `phrases/site-footer.toml`.
    """

    code = "BOI013"
    name = "site-footer"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "the foot of a site, “{first}”: it stands below every page and is not part of the "
        "article; take it out",
        "lines": "{count} lines of the foot of a site, from “{first}” on: they stand below every page "
        "and are not part of the article; take them out",
        "remove": "remove the foot",
    }
    examples = (
        Bad(
            "论坛在北京闭幕。\n\n关于我们 | 联系我们 | 网站地图\n京ICP备12345678号-1\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "论坛在北京闭幕。\nCopyright © 2008-2020 某某网 版权所有\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "会议昨日结束。\n\n主办单位：某某县人民政府\n网站标识码：1234567890\n",
            "会议昨日结束。\n",
        ),
        Bad(
            "The forum closed on Monday.\n\nAbout Us | Contact Us | Privacy Policy\n",
            "The forum closed on Monday.\n",
        ),
        Good("网站上线前须办理ICP备案，备案号应当放在首页底部。"),
        Good("主办单位：中国某某学会\n承办单位：某某大学\n会议时间：2020年10月\n"),
        Good("关于我们这一代人，他写过三篇文章。"),
    )
