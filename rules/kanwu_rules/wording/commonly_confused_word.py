"""WRD002 commonly-confused-word."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from kanwu import Bad, Fix, Good, Literals, Related, Rule, Safety, edit, place
from kanwu_rules.wording.confusions import confused_words, confusions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.wording.confusions import Confusion

LISTED = 20
"""So many other places a finding names."""


class CommonlyConfusedWord(Rule):
    """A word is written with a wrong character: 格士 for 格式, 迫不急待 for 迫不及待.

    The pen, the input method or a machine that reads print took a character that sounds or looks like the
    right one. No search finds such a word, and readers trust a text less for it. Reported are 1,700 forms
    that are wrong in nearly every text, many of them idioms, and 1,200 in traditional characters.

    A form that a document has several times is one finding. The fix writes the right word. It is safe for
    idioms and other words of four characters and more, and unsafe for shorter ones: now and then two words
    meet in them.

    **What it leaves alone.** Accepted variants (部份, 帐号, 身分). Two words that meet: 自己|经过,
    王侯|选择, 当时|侯景. A form that is named rather than used: “格士”应为“格式”, and texts on misspellings.
    Titles in 《》, short quotations, and lines with kana. Where 的, 地 or 得 should stand: no pattern
    was found that is right nine times in ten.

    **Source.** Xiandai Hanyu Cidian for what is right. The lists and where they come from stand in
    `confused_words.txt`, `confused_idioms.txt` and `confused_traditional.txt`.
    """

    code = "WRD002"
    name = "commonly-confused-word"
    safety = Safety.SAFE
    messages: ClassVar[Mapping[str, str]] = {
        "confused": "“{wrong}” is a common slip for “{right}”; nobody who searches for the word finds it",
        "again": "here too",
        "fix": "write “{right}”",
    }
    examples = (
        Bad("请下载文件格士的说明。", "请下载文件格式的说明。", finds=("格士",)),
        Bad("大家迫不急待地打开了礼物。", "大家迫不及待地打开了礼物。"),
        Bad(
            "会议己经结束，他既使在家也不来。", "会议已经结束，他即使在家也不来。", ("己经", "既使")
        ),
        Bad(
            "這時專家一愁莫展，報名的人卻穿流不息。",
            "這時專家一籌莫展，報名的人卻川流不息。",
            ("一愁莫展", "穿流不息"),
        ),
        Bad("小时侯他常按装玩具。", "小时候他常安装玩具。", finds=("时侯", "按装")),
        Good("我发现自己经常忘事，自己经过的路也不记得。"),
        Good("学习贯彻会议精神，按装机容量计算，当时侯景中军多病，王侯选择了投降。"),
        Good("“格士”应为“格式”，“迫不急待”是错别字。"),
        Good("他读过《迫不急待的人》，部份帐号已经登录。"),
    )

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(options)
        self.where = (Literals(*confused_words()),)

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        by_form: defaultdict[str, list[Confusion]] = defaultdict(list)
        for found in confusions(text, places):
            by_form[text[found.start : found.end]].append(found)
        for form, several in by_form.items():
            first = several[0]
            yield self.finding(
                place(document, first.start, first.end),
                self.say("confused", wrong=form, right=first.right),
                related=[
                    Related(place(document, other.start, other.end), self.say("again"))
                    for other in islice(several, 1, 1 + LISTED)
                ],
                evidence={"right": first.right, "count": len(several)},
                fix=Fix(
                    Safety.SAFE if first.sure else Safety.UNSAFE,
                    self.say("fix", right=first.right),
                    tuple(edit(document, at.start, at.end, at.right) for at in several),
                ),
            )
