"""ENC012 escaped-text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Bad, Fix, Good, Literals, Pattern, Rule, Safety, Span, place
from kanwu.analysis.lines import Lines
from kanwu.analysis.roles import Role, Roles
from kanwu_rules.encoding.mentions import Mentions
from kanwu_rules.encoding.occurrences import apart_or_together, edits, is_chinese, others

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu import Document, Finding

HEX = "[0-9A-Fa-f]"
ESCAPES = Pattern(
    rf"""
    (?P<unicode> (?: \\{{1,4}} u {HEX}{{4}} | % u {HEX}{{4}} )+ )
    | (?P<bytes> (?: \\{{1,2}} x {HEX}{{2}} )+ )
    | (?P<percent> (?: % {HEX}{{2}} )+ )
    # In mail, a line that ends with the sign goes on in the next one.
    | (?P<mail> (?: = [0-9A-F]{{2}} | =\r?\n (?==) )+ )
    | (?P<breaks> (?: x0[dD]x0[aA] )+ )
    """
)
UNIT = Pattern(rf"u({HEX}{{4}})")
BYTE = Pattern(rf"[x%=]({HEX}{{2}})")
ADDRESS = Pattern(r"://|www\.|[?&][A-Za-z_]{1,20}=|/[!-~]*\Z")
FARTHEST = 300
# In front of a range of characters (`[\u4e00-\u9fa5]`), and in the strings of programs and JSON.
BEFORE_CODE = frozenset("\\[-'\"{$^|(")
FEWEST_CHARACTERS = 2
SHOWN = 12


class Escape(NamedTuple):
    """A run of escapes, and the text that it stands for."""

    span: Span
    text: str
    safety: Safety


class EscapedText(Rule):
    r"""Chinese is written in escapes that a program should have turned back.

    `\u4e2d\u6587` is JSON or JavaScript, `%E4%B8%AD%E6%96%87` belongs into addresses, `=E4=B8=AD` into
    mail, `\xe4\xb8\xad` is how Python shows bytes; `x0dx0a` was a line break in a database. Somebody
    saved the text without decoding it, and readers, search and models get letters and digits.

    The fix decodes a run of escapes byte by byte and only if all of it is valid UTF-8 or UTF-16 and
    gives Chinese. It is safe where the run stands apart from letters, digits and signs of ASCII, and
    unsafe where it may be part of a name of a file; so is a line break.

    **What it leaves alone.** Addresses; strings and classes of programs (`"\u4e2d"`,
    `[\u4e00-\u9fa5]`), JSON and lines that are code; a single character; escapes that stand alone in
    quotation marks or brackets, or in a passage that speaks of encodings; and Markdown code and links.

    **Source.** ECMA-404 (JSON), RFC 3986 (percent-encoding), RFC 2045, 6.7 (quoted-printable).
    """

    code = "ENC012"
    name = "escaped-text"
    safety = Safety.SAFE
    where = (
        Literals(
            *("\\u", "%u", "\\xe", "x0dx0a"),
            *(
                f"{sign}{first}"
                for sign in "%="
                for first in ("e3", "e4", "e5", "e6", "e7", "e8", "e9")
            ),
        ),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "one": "“{source}” is an escape of “{text}” that nobody turned back",
        "many": "{count} places hold escapes that nobody turned back, the first “{source}” for “{text}”",
        "breaks": "“x0dx0a” stands where a line break was",
        "again": "here too",
        "decode": "write the text itself",
    }
    examples = (
        Bad("作者：\\u674e\\u660e", "作者：李明", finds=("\\u674e\\u660e",)),
        Bad("关键词 %E4%B8%AD%E6%96%87 已收录", "关键词 中文 已收录", ("%E4%B8%AD%E6%96%87",)),
        Bad("主题：=E4=BC=9A=E8=AE=AE", "主题：会议", finds=("=E4=BC=9A=E8=AE=AE",)),
        Bad("内容 \\xe4\\xb8\\xad\\xe6\\x96\\x87", "内容 中文"),
        Bad("第一条。x0dx0ax0dx0a第二条。", "第一条。\n\n第二条。", ("x0dx0ax0dx0a",)),
        Good("https://zh.wikipedia.org/wiki/%E4%B8%AD%E6%96%87 是中文的条目"),
        Good("正则 [\\u4e00-\\u9fa5]+ 匹配汉字"),
        Good('{"title": "\\u4e2d\\u6587"}'),
        Good("“中”的编码是 \\u4e2d\\u6587"),
        Good("增长 5%，下降 3%e9"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        found = list(escapes(document, places))
        if not found:
            return
        lines, roles = document.get(Lines), document.get(Roles).of_lines
        prose = [e for e in found if roles[lines.index(e.span.start)] is not Role.CODE]
        for safety in (Safety.SAFE, Safety.UNSAFE):
            for some in apart_or_together([e for e in prose if e.safety is safety]):
                if some:
                    yield self._finding(document, some, safety)

    def _finding(self, document: Document, some: Sequence[Escape], safety: Safety) -> Finding:
        first = some[0]
        kind = "many" if len(some) > 1 else "one" if first.text.strip() else "breaks"
        return self.finding(
            place(document, *first.span),
            self.say(
                kind,
                count=len(some),
                source=shortened(document.text[slice(*first.span)]),
                text=shortened(first.text.replace("\n", "⏎")),
            ),
            related=others(document, [e.span for e in some], self.say("again")),
            evidence={"count": len(some)},
            fix=Fix(
                safety,
                self.say("decode"),
                edits(document, ((escape.span, escape.text) for escape in some)),
            ),
        )


def escapes(document: Document, places: Iterable[Span]) -> Iterator[Escape]:
    """The runs of escapes that stand where text is meant."""
    text = document.text
    mentions = Mentions(text)
    covered = 0
    for span in places:
        if span.start < covered:
            continue
        match = ESCAPES.match(text, span.start)
        if match is None:
            continue
        covered = match.end()
        found = Span(*match.span())
        before, after = text[max(0, found.start - 1) : found.start], text[found.end : found.end + 1]
        if match["breaks"]:
            if is_chinese(before) or is_chinese(after):
                yield Escape(found, "\n" * (len(match[0]) // 6), Safety.UNSAFE)
            continue
        decoded = decode(match)
        if sum(map(is_chinese, decoded)) < max(FEWEST_CHARACTERS, len(decoded) / 2):
            continue
        if before in BEFORE_CODE or is_address(text, found.start) or mentions.has(found):
            continue
        glued = (before.isascii() and before.strip()) or (after.isascii() and after.strip())
        yield Escape(found, decoded, Safety.UNSAFE if glued else Safety.SAFE)


def decode(match: re.Match[str]) -> str:
    """The text that a run of escapes stands for; nothing where it is damaged."""
    try:
        if match["unicode"]:
            units = "".join(UNIT.compiled.findall(match[0]))
            return bytes.fromhex(units).decode("utf-16-be")
        return bytes.fromhex("".join(BYTE.compiled.findall(match[0]))).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def is_address(text: str, start: int) -> bool:
    """Whether what comes before, up to a blank or Chinese, makes this a part of an address."""
    before = text[max(0, start - FARTHEST) : start]
    at = len(before)
    while at and "!" <= before[at - 1] <= "~":
        at -= 1
    return ADDRESS.search(before, at) is not None


def shortened(text: str) -> str:
    """So much of a text as fits a message."""
    return text if len(text) <= 2 * SHOWN else f"{text[: 2 * SHOWN]}…"
