"""BOI007 byline."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Fix, Good, Rule, Safety, edit, place, remove_lines
from kanwu_rules.boilerplate.bylines import BylineLines, Bylines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span


class BylineRule(Rule):
    """A line, or a bracket behind the last sentence, says who wrote the article.

    “本报记者 张三” under a headline, “作者：张三”, “文/张三”, “By John Smith”, the column's “(广州市科协)” below
    the last paragraph: these are about the article and no part of it. Harder to see, and to take out
    by hand, is the reporter's name glued to the end of the last sentence: “…全部完工。（记者 张三）”, or
    “…著名品牌。李肖璨)” where a bracket was lost on the way. In a corpus such names interrupt the text at
    places where no sentence has them. The unsafe fix takes out the line, or the name with its
    brackets; what it takes out is provenance and is kept in the record of removed text.

    **What it leaves alone.** The reporter in the dateline of a first paragraph (“本报讯（记者 张三）…”),
    which is part of its sentence. Names in dialogue and interviews (“记者：您怎么看？”), the author in the
    card of a book, a film or a program, persons whom the text speaks of, authors of quotations
    (“……”（鲁迅）), citations (Smith, 2010), remarks (笑) （完） （未完待续）, and whoever signs a letter, a
    notice or a statement: such a signature belongs to the document. Names without a word like 记者 or
    作者 beside them count only behind a headline or at the end of an article, and only where the text
    names them nowhere else. Who took the pictures, edited or supplied the text is not said here; nor is
    a line that gives the author among date and source. Headings and titles.

    **Source.** Bylines of Chinese newspapers and news sites, among them the two in the documents that
    kanwu is shown with.
    """

    code = "BOI007"
    name = "byline"
    safety = Safety.UNSAFE
    where = (BylineLines(),)
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        "line": "byline “{text}”: it says who wrote the article and is no part of it; take it out",
        "signature": "signature “{text}”: it says from whom the article comes and is no part of it; "
        "take it out",
        "glued": "“{text}” is glued to the last sentence: it says who wrote the article and is no part "
        "of the sentence; take it out",
        "remove-line": "remove the line",
        "remove-name": "remove the name",
    }
    examples = (
        Bad(
            "新校舍启用\n\n本报记者 张三\n\n新校舍昨日启用，三百名学生搬进了明亮的教室，开始了新学期。\n",
            "新校舍启用\n\n新校舍昨日启用，三百名学生搬进了明亮的教室，开始了新学期。\n",
            finds=("本报记者 张三",),
        ),
        Bad(
            "全长十二公里的隧道昨日贯通，明年春天通车。（记者 李四 通讯员 王五）\n",
            "全长十二公里的隧道昨日贯通，明年春天通车。\n",
            finds=("（记者 李四 通讯员 王五）",),
        ),
        Bad(
            "将“赤子计划”打造成人才工作的著名品牌。李肖璨)\n",
            "将“赤子计划”打造成人才工作的著名品牌。\n",
            finds=("李肖璨)",),
        ),
        Bad(
            "長江上的新橋已經全部完工，下個月通車。\n記者張三／台北報導\n",
            "長江上的新橋已經全部完工，下個月通車。\n",
            finds=("記者張三／台北報導",),
        ),
        Good("本报讯（记者 张三）新校舍昨日启用，三百名学生搬进了明亮的教室。"),
        Good("记者：您怎么看这件事？\n张三：我觉得还有时间。\n记者：谢谢。"),
        Good("他说：“其实地上本没有路，走的人多了，也便成了路。”（鲁迅）"),
        Good(
            "会议推迟到下个月举行，地点另行通知，请各位代表留意。\n\n特此通知。\n\n王小明\n2020年5月1日"
        ),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: ARG002
        for kind, row, (start, end) in document.get(Bylines).found:
            if kind == "glued":
                gone, title = edit(document, start, end, ""), "remove-name"
            else:
                gone, title = remove_lines(document, row, row), "remove-line"
            said = document.text[start:end].strip()
            yield self.finding(
                place(document, end - len(said), end),
                self.say(kind, text=said),
                evidence={"kind": kind},
                fix=Fix(Safety.UNSAFE, self.say(title), (gone,)),
            )
