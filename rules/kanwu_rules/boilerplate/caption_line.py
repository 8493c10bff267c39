"""BOI006 caption-line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Severity
from kanwu_rules.boilerplate.furniture_rule import FurnitureRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class CaptionLine(FurnitureRule):
    """The caption of a picture that is gone stands in the flow of the text.

    “图为颁奖仪式现场。” means nothing without its picture, and reads like a paragraph that has lost its
    beginning. Some captions tell what the article does not, so this is told for information only;
    the unsafe fix takes them out where the rule was selected by its name.

    **What it leaves alone.** Sentences about figures and pictures (“图1展示了两种做法的差别。”), and
    captions with none of the words that captions have: nothing but the picture tells that they are
    captions.

    **Source.** The wording of captions in Chinese newspapers and on news sites, in
    `phrases/caption-line.toml`.
    """

    code = "BOI006"
    name = "caption-line"
    severity = Severity.INFO
    messages: ClassVar[Mapping[str, str]] = {
        "line": "the caption of a picture, “{first}”: without the picture it interrupts the text; see "
        "whether the article needs it",
        "lines": "{count} lines of captions, from “{first}” on: without the pictures they interrupt the "
        "text; see whether the article needs them",
        "remove": "remove the captions",
    }
    examples = (
        Bad(
            "会议昨日在京举行，三百人参加，各省都有代表到会。\n\n图为颁奖仪式现场。\n",
            "会议昨日在京举行，三百人参加，各省都有代表到会。\n",
        ),
        Bad(
            "▲新落成的码头\n\n码头下月起通航，往返两地只要半个小时。\n",
            "码头下月起通航，往返两地只要半个小时。\n",
        ),
        Bad(
            "游客在庙会上观看舞狮。新华社记者 李鑫 摄\n\n庙会昨日开幕，为期七天，预计有三十万人参加。\n",
            "庙会昨日开幕，为期七天，预计有三十万人参加。\n",
        ),
        Good("图1展示了两种做法的差别，前一种快一倍，后一种省一半的内存。"),
        Good("他企图为自己辩护，法官没有听。"),
        Good("地图为他指明了方向。"),
    )
