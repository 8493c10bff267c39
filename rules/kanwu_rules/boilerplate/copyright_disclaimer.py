"""BOI002 copyright-disclaimer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class CopyrightDisclaimer(FurnitureRule):
    """A notice on rights, reprinting, opinions or risks stands in the text.

    “声明：凡本网注明……”, “未经授权不得转载”, “图片来源网络，侵删” and “投资有风险，入市需谨慎” are said by a
    site of all its pages. They are nothing that the article says, and the same words in thousands of
    texts teach a model nothing but themselves. The unsafe fix takes them out.

    **What it leaves alone.** Articles and statutes on these matters (“未经著作权人许可，不得复制其作品。”),
    quotations (“他在文末写道：‘转载请注明出处。’”), reports of a trial, and what an expert reminds
    investors of.

    **Source.** The wording of such notices on Chinese news sites, portals, blogs and public accounts,
    in `phrases/copyright-disclaimer.toml`.
    """

    code = "BOI002"
    name = "copyright-disclaimer"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "a notice on rights or risks, “{first}”: the site says it of all its pages, the article "
        "does not; take it out",
        "lines": "{count} lines of notices on rights or risks, from “{first}” on: the site says them of "
        "all its pages, the article does not; take them out",
        "remove": "remove the notice",
    }
    examples = (
        Bad(
            "会议昨日在京举行。\n\n声明：凡本网注明“来源：XXX”的稿件，均转载自其它媒体，并不意味着本网赞同其观点。\n",
            "会议昨日在京举行。\n",
        ),
        Bad(
            "会议昨日在京举行。\n本报记者供稿，未经授权不得转载。\n图片来源网络，侵删\n",
            "会议昨日在京举行。\n",
        ),
        Bad(
            "股指昨日收涨。\n以上内容仅供参考，不构成投资建议。投资有风险，入市需谨慎。\n",
            "股指昨日收涨。\n",
        ),
        Good("未经著作权人许可，任何人不得复制、发行其作品。"),
        Good("专家提醒，投资有风险，入市需谨慎，不要轻信高收益的承诺。"),
        Good("法院认为，被告未经许可转载原告的文章，构成侵权，应当赔偿损失。"),
    )
