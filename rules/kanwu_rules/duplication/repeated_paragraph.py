"""DUP001 repeated-paragraph."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from kanwu import (
    Bad,
    Good,
    Option,
    Pattern,
    Related,
    RepeatedLines,
    Rule,
    Safety,
    edit,
    place,
)
from kanwu.analysis.folding import folded
from kanwu.analysis.lines import Lines
from kanwu.engine.finding import Fix
from kanwu_rules.duplication.repeated_rows import repeats, units_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Edit, Finding, Span
    from kanwu_rules.duplication.repeated_rows import Repeat, Unit

# A headline, a row of a table, a menu or a line of a song ends otherwise, and so does what leads to
# a command or a list.
SENTENCE = Pattern(r"[。！？!?.…] [”’」』）)]{0,2} \Z")
ITEM = Pattern(r"""
      [-*•·●■◆▪○#>|]
    | [（(\[【]? (?: [0-9]{1,3} | [一二三四五六七八九十百]{1,4} | [a-zA-Z] ) [)）\]】.．、]
    | [①-⓿]
    | 第[一二三四五六七八九十百千零〇0-9]{1,8}[条條款章节節]
""")
MARK = Pattern("[,;:。！？!?]")
HAN = Pattern("[㐀-鿿\U00020000-\U0003ffff]")
WORDS = Pattern(r"(?: [A-Za-z]{2,40} [,;:]? [ ] ){8}")
# Statutes and contracts say the same of one thing after another, word for word.
ARTICLE = Pattern(r"(?m) ^ [\ \t\u3000]{0,8} 第 [一二三四五六七八九十百千零〇0-9]{1,8} [条條]")
FEW_ARTICLES = 3
SHORTEST = 20
LEGAL_ROW = 5  # sentences in a row that no two articles share
TEMPLATE = 3


class RepeatedParagraph(Rule):
    """A paragraph, or several in a row, stand twice in one document.

    Text is pasted twice, a page is stored with its preview, a column is scanned again: readers stumble
    over it, and a corpus counts it double. A finding stands at the later copy and names the earlier
    one; several paragraphs in a row are one finding. The fix takes the later copy out. It is unsafe
    since only a reader can tell which of the two places the text belongs to.

    Paragraphs are compared without their spaces, and with ，：；！？（） and digits of either width taken
    for the same. In plain text a paragraph is a line.

    **What it leaves alone.** Paragraphs shorter than `least`, and shorter than `least-apart` unless the
    copies follow one another or belong to a longer row. Whatever does not end like a sentence: headings,
    headlines, menus, lines of songs, rows of tables, phrases that lead to a command; and items of lists,
    unless they are long and follow one another. Markdown code. A paragraph that stands three times and more, apart from one another: it is a
    template, a refrain or a note that was meant. In statutes and contracts, everything but copies that
    follow one another and long rows.

    **Source.** Repeated paragraphs are a mark of bad pages in corpus cleaning since C4 (Raffel et al.
    2020) and Gopher (Rae et al. 2021, appendix A.1.1); what is left alone comes from reading repeated
    lines in statutes, tutorials and news pages.
    """

    code = "DUP001"
    name = "repeated-paragraph"
    safety = Safety.UNSAFE
    where = (RepeatedLines(at_least=SHORTEST),)
    zone = "everything"
    least = Option(
        SHORTEST, "fewest code points, spaces not counted, of a paragraph", minimum=SHORTEST
    )
    least_apart = Option(
        40,
        "the same for a single paragraph whose copies do not follow one another",
        minimum=SHORTEST,
    )
    messages: ClassVar[Mapping[str, str]] = {
        "paragraph": "this paragraph already stands on line {line}; one of the two should go",
        "block": "{size} paragraphs in a row already stand from line {line} on; one copy should go",
        "again": "this paragraph stands {copies} times in a row from line {line} on",
        "blocks": "{size} paragraphs stand {copies} times in a row from line {line} on",
        "first": "it stands here first",
        "fix": "remove the later copy",
    }
    examples = (
        Bad(
            "会议于昨日上午在广州开幕，来自三十个国家的代表参加。\n\n"
            "会议于昨日上午在广州开幕，来自三十个国家的代表参加。\n\n大会将持续三天。\n",
            "会议于昨日上午在广州开幕，来自三十个国家的代表参加。\n\n大会将持续三天。\n",
            finds=("会议于昨日上午在广州开幕，来自三十个国家的代表参加。",),
        ),
        Bad(
            "　　近年来，中关村示范区抓住海外人才回流的机遇，吸引了大批优秀科技人才，"
            "帮助他们成长为创业的主力军。\n小标题\n正文。\n"
            "近年来,中关村示范区抓住海外人才回流的机遇,吸引了大批优秀科技人才,"
            "帮助他们成长为创业的主力军。\n",
            "　　近年来，中关村示范区抓住海外人才回流的机遇，吸引了大批优秀科技人才，"
            "帮助他们成长为创业的主力军。\n小标题\n正文。\n",
        ),
        Bad(
            "第一部分\n甲方代表在会上介绍了项目的进展和下一步安排。\n"
            "乙方代表对双方的合作表示满意并提出建议。\n"
            "第一部分\n甲方代表在会上介绍了项目的进展和下一步安排。\n"
            "乙方代表对双方的合作表示满意并提出建议。",
            "第一部分\n甲方代表在会上介绍了项目的进展和下一步安排。\n"
            "乙方代表对双方的合作表示满意并提出建议。",
            finds=(
                (
                    "第一部分\n甲方代表在会上介绍了项目的进展和下一步安排。\n"
                    "乙方代表对双方的合作表示满意并提出建议。"
                ),
            ),
        ),
        Good("好。\n好。\n好。"),
        Good(
            "打开终端，输入或者粘贴下面这一条命令并回车：\nls\n打开终端，输入或者粘贴下面这一条命令并回车："
        ),
        Good(
            "（五）法律、行政法规规定禁止的其他内容和情形。\n第三十条\n（五）法律、行政法规规定禁止的其他内容和情形。"
        ),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: ARG002
        units = list(units_of(document, folded(document.text).split("\n")))
        times = Counter(unit.key for unit in units)
        counted = [times[unit.key] > 1 and self._counts(document, unit) for unit in units]
        legal = is_legal(document.text)
        for repeat in repeats(units, counted):
            row = range(repeat.start, repeat.start + repeat.size)
            keys = [units[index].key for index in row if counted[index]]
            follows = repeat.start == repeat.before + repeat.size
            if follows or self._matters(keys, times, legal=legal):
                yield self._tell(document, units, repeat)

    def _counts(self, document: Document, unit: Unit) -> bool:
        """Whether a paragraph is one whose repetition says something."""
        key = unit.key
        if len(key) < self.least:
            return False
        if not is_sentence(key) and (len(key) < self.least_apart or not MARK.search(key)):
            return False
        lines = document.get(Lines)
        start, end = lines.starts[unit.first], lines.ends[unit.last]
        if not (HAN.search(document.text, start, end) or WORDS.search(document.text, start, end)):
            return False
        if document.markup == "plain":
            return True
        from kanwu.analysis.zones import Zones

        return document.get(Zones).is_prose(start)

    def _matters(self, keys: Sequence[str], times: Mapping[str, int], *, legal: bool) -> bool:
        """Whether a row whose copies stand apart is more than a phrase that comes twice."""
        keys = [key for key in keys if is_sentence(key)]
        if legal or len(keys) != 1:
            return len(keys) >= (LEGAL_ROW if legal else 2)
        return len(keys[0]) >= self.least_apart and times[keys[0]] < TEMPLATE

    def _tell(self, document: Document, units: Sequence[Unit], repeat: Repeat) -> Finding:
        lines = document.get(Lines)
        before, start, size, copies = repeat
        end = start + size * copies
        first, last = units[start].first, units[end - 1].last
        earlier = place(
            document,
            lines.starts[units[before].first],
            lines.ends[units[before + size - 1].last],
        )
        message = (
            ("paragraph" if size == 1 else "block")
            if copies == 1
            else ("again" if size == 1 else "blocks")
        )
        return self.finding(
            place(document, lines.starts[first], lines.ends[last]),
            self.say(message, size=size, copies=copies + 1, line=earlier.start.line),
            related=[Related(earlier, self.say("first"))],
            evidence={"paragraphs": size, "count": copies + 1},
            fix=Fix(Safety.UNSAFE, self.say("fix"), (removal(document, units, start, end),)),
        )


def is_sentence(key: str) -> bool:
    """Whether a folded paragraph ends like a sentence and is no item of a list."""
    return SENTENCE.search(key) is not None and not ITEM.match(key)


def is_legal(text: str) -> bool:
    """Whether a text has numbered articles, as statutes, contracts and charters do."""
    return len(list(islice(ARTICLE.finditer(text), FEW_ARTICLES))) == FEW_ARTICLES


def removal(document: Document, units: Sequence[Unit], start: int, end: int) -> Edit:
    """Take paragraphs out, with the blank lines behind them, or at the end those before them."""
    lines = document.get(Lines)
    if end < len(units):
        first, last = units[start].first, units[end].first
        return edit(document, lines.starts[first], lines.starts[last], "")
    return edit(document, lines.ends[units[start - 1].last], lines.ends[units[end - 1].last], "")
