"""What the author of a document says himself, though the same line would be furniture elsewhere.

Under “## 交流群” in a project's description, or under “三、报名方式” in a notice, he gives the number of a
group and asks the reader to scan a code; a clause of his terms forbids copying; a film has a cameraman
among its makers; and an article on how to build pages lists their buttons, behind a colon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kanwu.analysis.page_lines import PageLines

LONGEST = 20
"""Of a numbered heading, as folded."""
FARTHEST = 12
"""Lines, blank ones aside, between a numbered heading and a line of its section."""
LONGEST_SECTION = 60
"""Lines between a heading that is marked up and a line of its section."""
HEADINGS = (Role.TITLE, Role.HEADING)
NUMBERED = Pattern(
    r"^(?:[一二三四五六七八九十]{1,3}、|[(【][一二三四五六七八九十]{1,3}[)】]|第[一二三四五六七八九十]{1,3}[章节條条])"
    r"[^。;!?:]{2,18}:?$"
)
MATTERS = Pattern(
    r"联[系络]|聯[繫絡]|交流|社区|社區|社群|[qQ微讨读用]*群|反馈|回饋|关注|關注|公众号|公眾號|微信|加入|参与|參與|贡献|貢獻"
    r"|报名|報名|咨询|諮詢|投稿|招[聘募]|应聘|應徵|订阅|訂閱|下载|下載|支持|赞助|贊助|捐[赠贈]|打赏|感谢|致谢|鸣谢|作者|关于|關於"
    r"|版权|版權|许可|許可|授权|授權|协议|協議|声明|聲明|免责|免責|引用|参考|參考|出处|出處|来源|來源|资料|資料|评论|讨论|更新"
    r"|licen[sc]e|copyright|contact|communit|contribut|sponsor|donat|support|author|about|credit|acknowledg|disclaimer"
    r"|reference|source|feedback|join|discuss|changelog"
)
CLAUSE = Pattern(
    r"^[(\[【]?(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}(?:[.、)\]】 ]|(?=[^0-9.]))|[一二三四五六七八九十]{1,3}[、.)】]|[①-⑳]|第[一二三四五六七八九十百]{1,5}[条條款项項])"
)
FIELD = Pattern(r"^[^:。!?,;]{1,10}:[^。!?;]{1,60}$")
LEAST_FIELDS = 5
LONGEST_INTRODUCED = 12
UNDER = 3
"""Lines behind what is introduced within which prose goes on."""
SHORTEST_INTRODUCTION = 6
CLAUSES = frozenset(("comment-prompt", "copyright-disclaimer"))
FIELDS = frozenset(("contact-group-list", "credit-line", "follow-us", "meta-line"))
KINDS = frozenset(
    (
        "advertisement",
        "comment-prompt",
        "contact-group-list",
        "copyright-disclaimer",
        "credit-line",
        "follow-us",
        "meta-line",
        "site-footer",
    )
)
"""What may be said under such a heading; in a document without markup only what stands inside articles."""


def in_own_section(page: PageLines, index: int) -> bool:
    """Whether the nearest heading above a line names its matter."""
    marked_up = page.document.markup == "markdown"
    heading = index if marked_up and page.roles[index] in HEADINGS else page.above(index)
    steps = 0
    while heading is not None:
        line = page[heading]
        if page.roles[heading] in HEADINGS if marked_up else is_numbered(line):
            return MATTERS.search(line) is not None
        steps += 1
        if steps == (LONGEST_SECTION if marked_up else FARTHEST):
            return False
        heading = page.above(heading)
    return False


def is_numbered(line: str) -> bool:
    """Whether a folded line is a short heading with a number of its own."""
    return len(line) <= LONGEST and NUMBERED.search(line) is not None


def is_clause(page: PageLines, index: int, known: Collection[int]) -> bool:
    """Whether a line is one of several numbered ones that stand together and are not all furniture."""
    if CLAUSE.search(page[index]) is None:
        return False
    beside = [at for at in (page.above(index), page.below(index)) if at is not None]
    return any(at not in known and CLAUSE.search(page[at]) is not None for at in beside)


def is_field(page: PageLines, index: int, known: Collection[int]) -> bool:
    """Whether a line is one of several “name: value” that stand together, most of them no furniture."""
    if FIELD.search(page[index]) is None:
        return False
    fields = [index, *fields_beside(page, index, -1), *fields_beside(page, index, 1)]
    return len(fields) >= LEAST_FIELDS and 2 * sum(at in known for at in fields) < len(fields)


def fields_beside(page: PageLines, index: int, step: int) -> Iterator[int]:
    """The lines next to one, up or down, that are fields too."""
    for _ in range(FARTHEST):
        beside = page.above(index) if step < 0 else page.below(index)
        if beside is None or FIELD.search(page[beside]) is None:
            return
        yield (index := beside)


def introduced(page: PageLines, known: Collection[int]) -> Iterator[int]:
    """The furniture that a line of prose leads up to with a colon, and behind which prose goes on."""
    last = -1
    for index in sorted(known):
        above = page.above(index)
        if index <= last or above is None or above in known or not leads_up(page, above):
            continue
        rows = [index]
        while (last := page.below(rows[-1]) or -1) in known:
            rows.append(last)
        if last >= 0 and len(rows) <= LONGEST_INTRODUCED and goes_on(page, last, known):
            yield from rows
        last = rows[-1]


def goes_on(page: PageLines, index: int, known: Collection[int]) -> bool:
    """Whether prose begins at a line or a little below it, and no furniture before that."""
    below: int | None = index
    for _ in range(UNDER):
        if below is None or below in known:
            return False
        if page.roles[below] is Role.BODY:
            return True
        below = page.below(below)
    return False


def leads_up(page: PageLines, index: int) -> bool:
    """Whether a line is prose and ends with a colon."""
    line = page[index]
    return (
        line.endswith(":") and len(line) >= SHORTEST_INTRODUCTION and page.roles[index] is Role.BODY
    )
