"""BOI005 credit-line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class CreditLine(FurnitureRule):
    """To whom pictures, figures or the page are owed stands on a line of its own.

    “责任编辑：张三”, “新华社记者 李四 摄” and “（本版照片均为资料图）” are about the making of a page. Without
    the pictures they are about nothing. Credits are provenance: what the unsafe fix takes out can be
    written to the file of `--removed`.

    **What it leaves alone.** A caption that ends with its credit (see `caption-line`), the author's
    own line, sentences about editors and photographers (“编辑部决定……”), and the steps of a
    procedure (“审核：三个工作日”).

    **Source.** The wording of such lines in Chinese newspapers, on news sites, at universities and in
    public accounts, in `phrases/credit-line.toml`.
    """

    code = "BOI005"
    name = "credit-line"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "a credit, “{first}”: it is about the making of the page and no part of the article; "
        "keep it elsewhere and take it out",
        "lines": "{count} lines of credits, from “{first}” on: they are about the making of the page and "
        "no part of the article; keep them elsewhere and take them out",
        "remove": "remove the credits",
    }
    examples = (
        Bad("会议昨日在京举行。\n\n新华社记者 丁汀摄\n", "会议昨日在京举行。\n"),
        Bad("会议昨日在京举行。\n（责任编辑：汤诗瑶、丁涛）\n", "会议昨日在京举行。\n"),
        Bad(
            "会议昨日在京举行。\n（本版照片除署名外均来源网络）\n\n数据来源：自治区侨务办公室\n",
            "会议昨日在京举行。\n",
        ),
        Good("编辑部决定从下月起改版，内容有三项变化。"),
        Good("审核：三个工作日\n发证：五个工作日"),
        Good("数据显示，去年全国快递业务量超过一千亿件。"),
    )
