"""ENC011 html-entity."""

from __future__ import annotations

from html import unescape
from html.entities import name2codepoint
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Bad, Fix, Good, Pattern, Rule, Runs, Safety, Span, place
from kanwu.analysis.lines import Lines
from kanwu.analysis.roles import Role, Roles
from kanwu_rules.encoding.mentions import Mentions
from kanwu_rules.encoding.misread import weakened
from kanwu_rules.encoding.occurrences import apart_or_together, edits, others

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu import Document, Finding

ENTITY = Pattern(
    r"""
    [&＆] (?P<layers> (?:amp[;；]){0,8} )
    (?:
        (?: (?P<name> [A-Za-z][A-Za-z0-9]{1,30} ) | \# (?:[0-9]{2,7} | [xX][0-9A-Fa-f]{2,6}) ) [;；]
        # Browsers read these without the semicolon too, and no word and no parameter is called so.
        | (?:nbsp|[lr]dquo|[lr]squo|hellip|mdash|middot|e[mn]sp) (?![A-Za-z0-9=])
    )
    """
)
# Of HTML 5, only what editors write for punctuation: of its 2,000 names many are words of programs.
LATER_NAMES = frozenset(
    [
        "apos",
        "colon",
        "comma",
        "excl",
        "lpar",
        "NewLine",
        "percnt",
        "period",
        "quest",
        "rpar",
        "semi",
        "Tab",
    ]
)
BEFORE_ADDRESSES = frozenset("=(,&|!*[{")
SYMBOLS = frozenset(("quot", "amp", "lt", "gt", "nbsp", "apos"))
UNDECODED = frozenset(("\ufffd", ""))
SHOWN = 12


class Escape(NamedTuple):
    """Entities that stand one after the other, and what they stand for."""

    span: Span
    text: str


class HtmlEntity(Rule):
    """A character is written as an entity of HTML, which only browsers turn back.

    `&nbsp;`, `&ldquo;` and `&#8221;` are the source of a web page. Where a text was taken out of the
    source by pattern, or was escaped once too often (`&amp;nbsp;`), they stay in the sentence: nobody
    wants to read them, search does not find 中国 in `&#20013;&#22269;`, and models learn them as words.

    Entities that stand together are one place; a document with more than five places has one finding.
    The fix writes the characters that they stand for, through all layers of escaping, and nothing else:
    the no-break space of `&nbsp;` is judged by ENC014. Entities whose ampersand or semicolon was made
    full width are read too.

    **What it leaves alone.** Names that HTML does not have; addresses of variables in programs
    (`p = &sum;`), and lines that are code; an entity that stands alone in quotation marks or brackets,
    or in a passage that speaks of HTML, escaping or characters; in Markdown, where entities are proper
    writing, all that were escaped once only, and there the fix is unsafe.

    **Source.** HTML Living Standard, 13.5 (named character references) and 13.2.5.80 (numeric ones).
    """

    code = "ENC011"
    name = "html-entity"
    safety = Safety.SAFE
    where = (Runs("&＆", at_least=1),)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "“{source}” is HTML for “{text}”: the text was taken out of a page's source",
        "many": "{count} places hold entities of HTML, the first “{source}” for “{text}”: the text was "
        "taken out of a page's source",
        "again": "here too",
        "decode": "write the characters themselves",
    }
    examples = (
        Bad("他说：&ldquo;今天开会。&rdquo;", "他说：“今天开会。”", finds=("&ldquo;", "&rdquo;")),
        Bad("&#20013;&#22269;科学院发布报告", "中国科学院发布报告", finds=("&#20013;&#22269;",)),
        Bad("全年增长&amp;gt;5%", "全年增长>5%", finds=("&amp;gt;",)),
        Bad("研发与&#x521b;新&nbsp；大会", "研发与创新\u00a0大会", ("&#x521b;", "&nbsp；")),
        Bad("见 https://example.com/?a=1&amp;b=2 一文", "见 https://example.com/?a=1&b=2 一文"),
        Bad("多余的&amp;hellip;转换", "多余的&hellip;转换", markup="markdown"),
        Good("AT&T 与 R&D 部门; 研究&开发；完"),
        Good("空格用“&nbsp;”表示，小于号写作 &lt;，这些叫字符实体。"),
        Good("p = &sum;\nscanf(name, &copy;)"),
        Good("版权所有 &copy; 2024", markup="markdown"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        found = list(joined(entities(document, places)))
        if not found:
            return
        lines, roles = document.get(Lines), document.get(Roles).of_lines
        prose = [e for e in found if roles[lines.index(e.span.start)] is not Role.CODE]
        safety = Safety.UNSAFE if document.markup == "markdown" else Safety.SAFE
        for some in apart_or_together(prose):
            spans = [escape.span for escape in some]
            first = some[0]
            yield self.finding(
                place(document, *first.span),
                self.say(
                    "one" if len(some) == 1 else "many",
                    count=len(some),
                    source=shortened(document.text[slice(*first.span)]),
                    text=shortened(first.text),
                ),
                related=others(document, spans, self.say("again")),
                evidence={"count": len(some), "text": shortened(first.text)},
                fix=Fix(
                    weakened(safety, document.text, spans),
                    self.say("decode"),
                    edits(document, some),
                ),
            )


def entities(document: Document, places: Iterable[Span]) -> Iterator[Escape]:
    """The entities that stand where a character is meant."""
    text = document.text
    mentions = Mentions(text)
    for place_ in places:
        match = ENTITY.match(text, place_.end - 1)
        if match is None:
            continue
        span = Span(*match.span())
        decoded = decode(match, markdown=document.markup == "markdown")
        if decoded not in UNDECODED and not is_code(text, match) and not mentions.has(span):
            yield Escape(span, decoded)


def decode(match: re.Match[str], *, markdown: bool) -> str:
    """What an entity stands for; nothing where it is none, or is as it should be."""
    name = match["name"]
    if name is not None and name not in name2codepoint and name not in LATER_NAMES:
        return ""
    source = match[0].replace("＆", "&").replace("；", ";")
    if not source.endswith(";"):
        source += ";"
    if markdown:
        return source.replace("amp;", "", match["layers"].count("amp")) if match["layers"] else ""
    for _ in range(match["layers"].count("amp") + 1):
        source = unescape(source)
    return source


def is_code(text: str, match: re.Match[str]) -> bool:
    """Whether a name may be that of a variable whose address is taken."""
    name = match["name"]
    if name is None or name in SYMBOLS or match["layers"]:
        return False
    return text[max(0, match.start() - 2) : match.start()].rstrip()[-1:] in BEFORE_ADDRESSES


def joined(found: Iterable[Escape]) -> Iterator[Escape]:
    """The same with those that touch one another made one."""
    run: list[Escape] = []
    for escape in found:
        if run and run[-1].span.end != escape.span.start:
            yield whole(run)
            run = []
        run.append(escape)
    if run:
        yield whole(run)


def whole(run: Sequence[Escape]) -> Escape:
    """One escape for several that touch."""
    return Escape(Span(run[0].span.start, run[-1].span.end), "".join(escape.text for escape in run))


def shortened(text: str) -> str:
    """So much of a text as fits a message."""
    return text if len(text) <= 2 * SHOWN else f"{text[:SHOWN]}…{text[-SHOWN:]}"
