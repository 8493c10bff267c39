"""Labels: what an identifier is called, and whether two labels call the same thing."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from kanwu import Pattern
from kanwu_rules.contacts.identifiers import folded
from kanwu_rules.contacts.vocabulary import MARKS, WordPattern, any_of, any_service

# Longer texts are sentences, not names.
LONGEST = 30

# Bullets, numbering, and kind words or states set apart by a mark: “1. QQ群 ”, “（已满）”.
START = WordPattern(
    lambda: (
        rf"{MARKS}*(?:[0-9]{{1,3}}(?:[.、):]|\s(?![0-9群]))|[①-⓿❶-➓])?{MARKS}*"
        rf"(?:(?:{any_service()}|{any_of('states')})(?={MARKS}|$){MARKS}*)*"
    )
)
END = WordPattern(
    lambda: (
        rf"(?:(?:{MARKS}|^)(?:{any_service()}|(?:{any_of('nouns')})++|{any_of('states')})"
        rf"|{MARKS})*$"
    )
)
LETTER = Pattern(r"[^\W_]")
ALL_MARKS = Pattern(rf"{MARKS}+")
# What a name loses before it is compared.
NAME_END = WordPattern(
    lambda: rf"(?:{any_service()}|{any_of('purposes')}|{any_of('nouns')}|{any_of('states')})++$"
)
NAME_START = WordPattern(lambda: rf"(?:{any_service()}|{any_of('purposes')})++")
NO_LABEL = WordPattern(lambda: rf"{any_of('no_labels')}|{any_of('joining', 'asking')}|[，；]")
NO_NAME = WordPattern(lambda: rf"{any_of('purposes', 'particles')}*")


class Label(NamedTuple):
    """The words beside an identifier."""

    shown: str
    """As written, less marks and the words for its kind that stand apart from it."""
    name: str
    """What it names, for comparing; empty where it names nobody: 客服, QQ群, 点击加入."""


NOBODY = Label("", "")


def label(text: str) -> Label:
    """The label in a piece of a line; NOBODY where it holds none."""
    line = folded(text)
    if not LETTER.search(line):
        return NOBODY
    head = START.match(line)
    start = head.end() if head else 0
    tail = END.search(line, start)
    shown = text[start : tail.start() if tail else len(text)]
    for opening, closing in ("（）", "()"):
        if shown.count(opening) > shown.count(closing):
            shown += closing
    if not LETTER.search(shown):
        return NOBODY
    return Label(shown, "" if len(shown) > LONGEST or NO_LABEL.search(shown) else name(shown))


def name(shown: str) -> str:
    """The part of a label that tells one owner from another, in one letter case and without marks."""
    bare = ALL_MARKS.compiled.sub("", folded(shown)).lower()
    bare = NAME_END.compiled.sub("", bare)
    start = NAME_START.match(bare)
    bare = bare[start.end() :] if start else bare
    return "" if NO_NAME.fullmatch(bare) else bare


def simplified(text: str) -> str:
    """A name in simplified characters, where it holds any that GB 2312 lacks."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return str(_converter().convert(text))
    return text


@cache
def _converter() -> Any:
    from opencc import OpenCC  # slow to load, and traditional names are rare

    return OpenCC("t2s")


def same_name(one: str, other: str) -> bool:
    """Whether two names may well be one, written shorter the second time.

    Numerals tell names apart: 海归二群 is not 海归一群, nor 海归群.
    """
    short, long = sorted((simplified(one), simplified(other)), key=len)
    if short == long:
        return True
    if [c for c in short if c.isnumeric()] != [c for c in long if c.isnumeric()]:
        return False
    if len(short) < 4:
        # 李静 and 李静怡 are two people; 李静 and 李静老师 are one.
        return short in long and len(long) - len(short) > 1
    rest = iter(long)
    return all(character in rest for character in short)
