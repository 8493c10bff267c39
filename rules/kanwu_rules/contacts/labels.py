"""Labels: what an identifier is called, and whether two labels call the same thing."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kanwu_rules.contacts.identifiers import folded
from kanwu_rules.contacts.vocabulary import (
    MARKS,
    any_of,
    matcher,
    service_pattern,
    table,
    word_pattern,
)

# Longer texts are sentences, not names.
LONGEST = 30


class Label(NamedTuple):
    """The words beside an identifier."""

    shown: str
    """As written, less marks and the words for its kind that stand apart from it."""
    name: str
    """What it names, for comparing; empty where it names nobody: 客服, QQ群, 联系人."""


NOBODY = Label("", "")


def label(text: str) -> Label:
    """The label in a piece of a line; NOBODY where it holds none."""
    line = folded(text)
    kind, nouns, states = service_pattern(), word_pattern("nouns"), word_pattern("states")
    start = matcher(
        rf"{MARKS}*(?:[0-9]{{1,3}}(?:[.、)）:]|\s(?![0-9群]))|[①-⓿❶-➓])?{MARKS}*"
        rf"(?:(?:{kind}|{states})(?={MARKS}|$){MARKS}*)*"
    ).match(line)
    assert start is not None  # every part of it may be missing
    end = matcher(rf"(?:(?:{MARKS}|^)(?:{kind}|(?:{nouns})+|{states})|{MARKS})*$").search(
        line, start.end()
    )
    shown = text[start.end() : end.start() if end else len(text)]
    if shown.count("（") + shown.count("(") > shown.count("）") + shown.count(")"):
        shown += "）" if "（" in shown else ")"
    if len(shown) > LONGEST or not matcher(r"[^\W_]").search(shown):
        return NOBODY
    return Label(shown, name(shown))


def name(shown: str) -> str:
    """The part of a label that tells one owner from another, in one letter case and without marks."""
    bare = matcher(rf"{MARKS}+").sub("", simplified(folded(shown))).lower()
    kind, nouns = service_pattern(), word_pattern("nouns")
    purposes, states = word_pattern("purposes"), word_pattern("states")
    bare = matcher(rf"(?:{kind}|{purposes}|{nouns}|{states})++$").sub("", bare)
    bare = matcher(rf"^(?:{kind}|{purposes})++").sub("", bare)
    return "" if matcher(rf"{word_pattern('purposes', 'particles')}*").fullmatch(bare) else bare


def simplified(text: str) -> str:
    """The label in simplified characters, where it holds any that GB 2312 lacks."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        from opencc import OpenCC  # noqa: PLC0415 - slow to load, for traditional labels alone

        return str(OpenCC("t2s").convert(text))
    return text


def same_name(one: str, other: str) -> bool:
    """Whether two names may well be one, written shorter the second time.

    Numerals tell names apart: 海归二群 is not 海归一群, nor 海归群.
    """
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    if [c for c in short if c.isnumeric()] != [c for c in long if c.isnumeric()]:
        return False
    if len(short) < 4:
        # 李静 and 李静怡 are two people; 李静 and 李静老师 are one.
        return short in long and len(long) - len(short) > 1
    rest = iter(long)
    return all(character in rest for character in short)


@cache
def group_pattern() -> str:
    """群 and its like, where people can join it: neither 集群 nor 群众."""
    groups = table("groups")
    han = [word for word in groups["words"] if not word[0].isascii()]
    latin = [word for word in groups["words"] if word[0].isascii()]
    return rf"(?:(?<![{groups['before']}]){any_of(han)}(?![{groups['after']}])|{any_of(latin)})"
