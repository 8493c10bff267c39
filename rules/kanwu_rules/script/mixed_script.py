"""SCR001 mixed-script."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Characters, Good, Option, Rule, Safety, edit, place
from kanwu.engine.finding import Fix
from kanwu_rules.script.conversion import converter
from kanwu_rules.script.passages import Scripts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

# The most frequent characters that only traditional Chinese writes. Simplified text has none of them,
# so that it costs nothing; and no text is mixed without one.
FREQUENT = (
    "這們個來國說時為會對學發經過還進動種長東車開見問間無樣與從實現當關點機業產體電應將"
    "員場處設議論記認證軍區並內總數華語運黨爾義兩權聯縣書話請單歷廠變號園圖團壞聲備頭買寶審"
)

# What the dictionaries of OpenCC are called for each region.
REGIONS = {"standard": "t", "taiwan": "tw", "hong-kong": "hk"}


class MixedScript(Rule):
    """Simplified and traditional characters stand in one text.

    Where a text is put together from several sources, or a converter did half of its work, a paragraph
    or a clause is left in the other script. A reader stumbles, and a search for 国家 does not find 國家.
    Reported are whole lines, and stretches inside a line, that hold at least three characters (two
    different ones) which only the script that the text has less of writes; where characters of both
    scripts stand between one another, some must be frequent words, so that names are not taken for a
    slip.

    The fix converts the passage. It is unsafe: one simplified character may stand for several
    traditional ones (发 for 發 and 髮), which only the words around it tell, and what was taken over
    word for word may have to stay.

    **What it leaves alone.** What stands in quotes, in title marks and in brackets; names and single
    characters in the other script; verse; code; menus; Japanese lines, whose characters are of both kinds;
    texts that speak of the two scripts.
    Characters that are good in both scripts, such as 后, 里, 只, 台, 干, 余 and 着, tell nothing, and old
    and rare forms neither.

    **Source.** The characters of each script come from the dictionaries of OpenCC, see `markers.toml`.
    The fix uses them too, by opencc-python-reimplemented.
    """

    code = "SCR001"
    name = "mixed-script"
    safety = Safety.UNSAFE
    where = (Characters(FREQUENT),)
    region = Option(
        "taiwan",
        "whose traditional forms the fix writes, and expects where it writes simplified ones: "
        "taiwan (為, 裡), hong-kong (為, 裏) or standard, those of OpenCC itself (爲, 裏)",
        choices=tuple(REGIONS),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "passage": "{script} characters ({count} of them) in a text that is otherwise {own}; write one script",
        "convert": "write {own} characters",
    }
    examples = (
        Bad(
            "会议在广州举行，来自各国的专家参加了开幕式。\n與會專家認為，這個項目將會產生長遠的影響。\n会后还举行了签约仪式。",
            "会议在广州举行，来自各国的专家参加了开幕式。\n与会专家认为，这个项目将会产生长远的影响。\n会后还举行了签约仪式。",
            finds=("與會專家認為，這個項目將會產生長遠的影響。",),
        ),
        Bad(
            "我們在這裡開會，討論發展經濟的問題。他说这个问题还没有结论，大家聽了都點頭。",
            "我們在這裡開會，討論發展經濟的問題。他說這個問題還沒有結論，大家聽了都點頭。",
            finds=("说这个问题还没有结论",),
        ),
        Bad(
            "这家公司成立多年，业务遍及各地，员工来自许多国家，产品质量优良，销往东亚和欧洲。\n總經理說還會繼續。\n\n員工們也這樣認為。",
            "这家公司成立多年，业务遍及各地，员工来自许多国家，产品质量优良，销往东亚和欧洲。\n总经理说还会继续。\n\n员工们也这样认为。",
        ),
        Good(
            "他引用了原文：“這個國家的學術發展，還會繼續。”他说，这句话虽然写得早，对后来的学者还是产生了很长远的影响，许多专业书都引过。"
        ),
        Good("歌手周杰倫的专辑《葉惠美》发行了，这张专辑在台湾卖得很好。"),
        Good("皇后在公里以外的台上，只有干粮；余下的人从里面出来。"),
        Good("我們的皇后在台上，這裡只有幾里路。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: ARG002
        found = document.get(Scripts).mixture
        if found is None:
            return
        own = "simplified" if found.script == "traditional" else "traditional"
        text = document.text
        region = REGIONS[self.region]
        convert = converter(f"{region}2s" if found.script == "traditional" else f"s2{region}")
        for passage in found.passages:
            edits = (
                edit(document, start, end, convert(text[start:end])) for start, end in passage.spans
            )
            yield self.finding(
                place(document, passage.spans[0][0], passage.spans[-1][1]),
                self.say("passage", script=found.script, own=own, count=passage.characters),
                evidence={"script": found.script, "count": passage.characters},
                fix=Fix(Safety.UNSAFE, self.say("convert", own=own), tuple(edits)),
            )
