"""Identifiers: numbers and names under which somebody can be reached, as they stand in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from kanwu import Pattern
from kanwu.analysis.patterns import WIDE_LETTER
from kanwu_rules.contacts.vocabulary import MARKS, WordPattern, any_of, any_service, plain_words

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

Form = Literal["mail", "phone", "extension", "number", "handle"]


class Identifier(NamedTuple):
    """One identifier, at characters `start` to `end` of its line.

    `form` is what its characters alone tell: a `number` may be a QQ number or a phone without its
    area code, a `handle` an account of any service, an `extension` a phone with one.
    """

    form: Form
    value: str
    """Without spaces, hyphens, country code 86 and letter case."""
    start: int
    end: int


# The full-width forms of ASCII, U+3000 and U+00A0, for looking only: a line keeps its length.
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}

# What a line with an identifier holds at least, in the text as it is, before any folding. It begins
# with one class of characters, so that the search leaps from one of them to the next.
CANDIDATE = Pattern(
    r"""
    [@＠0-9０-９:：号號/]
    (?: (?<=[@＠])
      | (?<=[0-9０-９]) (?: [0-9０-９]{4} | [ -][0-9０-９]{3} )
      | (?<=[A-Za-zａ-ｚＡ-Ｚ_][0-9０-９])
      | (?<=[:：号號])[ ]?[A-Za-zａ-ｚＡ-Ｚ]
      | (?<=\.me/) | (?<=\.gg/) | (?<=qq\.com/)
    )
    """
)

SHAPES = Pattern(
    r"""
    (?=[A-Za-z0-9@+(])(?:
      (?i:(?:https?://)?(?:(?:t|telegram)\.me/|discord\.gg/|qm\.qq\.com/q/
        |[jq][mq]\.qq\.com/[a-z/_-]{0,20}\?(?:[a-z_]{1,12}=[0-9a-z_]{1,12}&){0,3}k=))
      (?P<path>[A-Za-z0-9_+-]{4,64})
    | (?P<address>(?i:https?://|www\.)[!-~]*)         # its digits are no identifier
    | (?<![A-Za-z0-9._%+@-])
      (?P<mail>[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![A-Za-z0-9]))
    | (?<![A-Za-z0-9._@/])@(?P<at>[A-Za-z][A-Za-z0-9_]{3,31})
    | (?<![A-Za-z0-9_@$¥#])(?<![A-Za-z0-9][.,-])
      (?P<phone>
        (?:\+?86[ -]?|0086[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}
      | (?:\+?86[ -]?)?(?:0[1-9][0-9]{0,2}|\(0[1-9][0-9]{0,2}\))[ -]{0,2}
        [0-9]{3,4}[ -]?[0-9]{3,4}
      | \+[0-9]{1,3}[ -]?\(?[0-9]{1,4}\)?(?:[ -]?[0-9]{2,4}){2,4}
      | [48]00[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}
      )
      (?P<extension>[ ]?(?:转|轉|[*]|(?i:ext)\.?[ ]?|-)[ ]?[0-9]{1,6})?
      (?![0-9A-Za-z_@])
    | (?<![A-Za-z0-9_@$¥#])(?<![A-Za-z]-)
      (?: (?<![0-9][.:-]) | (?<=[群组組][0-9]:) | (?<=[群组組][0-9]{2}:) | (?<=p[ ][0-9]:) )
      (?P<number>
        [1-9][0-9]{4,10}
      | [2-9][0-9]{2,3}[ -][0-9]{4}                   # a phone without its area code
      | [1-9][0-9]{2}(?:[ ][0-9]{3}){2}
      )
      (?![0-9A-Za-z_@]|[.:-][0-9]|,[0-9]{3}(?![0-9])|/[0-9]{1,4}(?![0-9])|[ ]?[%‰℃°])
    | (?<![A-Za-z0-9._@/$#&=-])
      (?P<handle>[A-Za-z][A-Za-z0-9_-]{4,29})
      (?![A-Za-z0-9_@&=/-]|\.[A-Za-z0-9])
    )
    """
)

# 20201231, and two years: 2019-2020.
DATE = Pattern(r"(?:19|20)[0-9]{2}(?:(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])|[ -](?:19|20)[0-9]{2})")
ACCOUNT = Pattern(r"(?=.{6})(?:gh_|wxid_|[A-Za-z_-]*[0-9])[A-Za-z0-9_-]*")
NOT_DIGITS = Pattern(r"[^0-9]+")
COUNTRY = Pattern(r"^(?:00)?86(?=1[3-9]|0)")
# 微信号abcdef, WeChat ID: abcdef
ANNOUNCED = WordPattern(lambda: rf"{any_service()}(?:\s?[:=]|(?<=[号號]))\s?$")
ANNOUNCING = frozenset(":=号號")
NOT_AFTER = WordPattern(lambda: rf"{any_of('not_identifiers', 'before')}{MARKS}{{0,3}}$")
NO_NUMBER_AFTER = WordPattern(lambda: rf"{any_of('not_identifiers', 'right_before')}$")
# 保障航班17548班: words run on at both sides, and the first does not announce a number.
INSIDE_WORDS = Pattern(rf"(?![群号號组組信码碼]){WIDE_LETTER}[0-9 -]+{WIDE_LETTER}")
NOT_BEFORE = WordPattern(lambda: rf"\s?{any_of('not_identifiers', 'after')}")
# How much of the line before an identifier says what it is.
BEFORE = 16


def folded(line: str) -> str:
    """A line in half-width forms; every character stays at its place."""
    return line.translate(NARROW)


def identifiers(line: str) -> Iterator[Identifier]:
    """Every identifier of a folded line, in order."""
    for match in SHAPES.finditer(line):
        found = identifier(line, match)
        if found is not None and not is_something_else(line, found):
            yield found


def identifier(line: str, match: re.Match[str]) -> Identifier | None:
    """What a match of `SHAPES` is, if it is an identifier by its own characters."""
    shape, (start, end) = match.lastgroup, match.span()
    if shape == "handle":  # first, since it is what nearly all words in Latin letters look like
        value = match["handle"].lower()
        is_account = ACCOUNT.fullmatch(value) or is_announced(line, start)
        known = is_account and value not in plain_words()
        return Identifier("handle", value, start, end) if known else None
    if shape in ("phone", "extension"):
        digits = COUNTRY.compiled.sub("", NOT_DIGITS.compiled.sub("", match["phone"]))
        form: Form = "extension" if match["extension"] else "phone"
        return Identifier(form, digits, start, end) if len(digits) > 8 else None
    if shape == "number":
        digits = NOT_DIGITS.compiled.sub("", match["number"])
        return None if DATE.fullmatch(match["number"]) else Identifier("number", digits, start, end)
    if shape == "mail":
        return Identifier("mail", match["mail"].lower(), start, end)
    name = match["path"] or match["at"]
    return Identifier("handle", name.lower(), start, end) if name else None


def is_announced(line: str, start: int) -> bool:
    """Whether the name of a service and a colon, or the like, stand before an offset."""
    near = max(0, start - BEFORE)
    # Nothing of the kind stands before most words in Latin letters, and this tells it much sooner.
    announcing = line[near:start].rstrip()[-1:] in ANNOUNCING
    return announcing and ANNOUNCED.search(line, near, start) is not None


def implied_service(found: Identifier, line: str) -> str:
    """The service that an identifier's own characters name, or an empty string."""
    if found.form != "handle":
        return ""
    if found.value.startswith(("gh_", "wxid_")):
        return "wechat"
    written = line[found.start : found.end].lower()
    hosts = {".me/": "telegram", "qq.com/": "qq", ".gg/": "other"}
    return next((service for host, service in hosts.items() if host in written), "")


def is_something_else(line: str, found: Identifier) -> bool:
    """Whether the words around it say that it reaches nobody: 邮编 100081, 21893095人."""
    near = max(0, found.start - BEFORE)
    if NOT_AFTER.search(line, near, found.start):
        return True
    return found.form == "number" and bool(
        NO_NUMBER_AFTER.search(line, near, found.start)
        or NOT_BEFORE.match(line, found.end)
        or INSIDE_WORDS.match(line, max(0, found.start - 1))
    )
