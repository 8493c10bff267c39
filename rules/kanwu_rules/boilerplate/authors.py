"""What a few words say of an author: whether they name one, and by what."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.line_words import is_han, line_words
from kanwu.analysis.patterns import WIDE_LETTER, trie_pattern
from kanwu.analysis.role import Role

LONGEST = 60
LONGEST_UNIT = 24
"""What stands before a job or a name: 北京市朝阳区人民法院法官."""
LONGEST_PEN_NAME = 12
MARKS = " \t\u3000\u00a0■□●○◎◆◇▲△☉⊙★☆▌▍—"
UNIT = "-·《》"
OUTER = {"（": "）", "(": ")", "【": "】", "[": "]", "［": "］", "〔": "〕"}
SPACED = str.maketrans(
    dict.fromkeys("、，,;；/／|｜丨：:\u3000\u00a0\t（）()【】[]", " ") | {"•": "·", "・": "·"}
)
SENTENCE = Pattern(r"[。！？!?…“”]")
LABEL = Pattern(
    r"([^\s:：|｜/／丨，、（()）【】\[\]]{1,8}) [\ \u3000]{0,4} [】\]]? [\ \u3000]{0,2} [:：|｜/／丨]"
)
ENGLISH = Pattern(
    r"""
    (?: (?: Written | Reported | Reporting | Writing | Story | Text ) [\ ] )? [Bb][Yy] :? [\ ]{1,2}
    (?P<name> (?: [A-Z][A-Za-z.'’-]{0,20} [\ ]{1,2} ){1,3} [A-Z][A-Za-z'’-]{1,20} )
    (?: (?: [\ ]? [,;/|&] [\ ]? | [\ ] and [\ ] | [\ ] in [\ ] ) [A-Z][^.!?]{1,80} )? \Z
    """
)
DOTTED = Pattern(rf"{WIDE_LETTER}{{1,8}} (?: · [^\W\d_a-z]{{1,8}} ){{1,3}}")
LATIN = Pattern(r"[A-Z][A-Za-z.'’-]{1,20}")
BEHIND = Pattern(
    r"(?: \A | \s | [)）] ) ([^\s/／:：]{2,12}) [\ ]? [/／] [\ ]? (?:文|撰文|图文|文图|采写|撰稿|圖文) (?: \Z | \s )"
)


class By(Enum):
    """By what an author is told."""

    LABEL = 1
    """作者：张三, 文/张三"""
    JOB = 2
    """本报记者 张三; the name of a paper with its editors; By John Smith; （作者系北京大学教授）"""
    NAMES = 3
    """Nothing but names."""


class Author(NamedTuple):
    """What some words say of an author."""

    by: By
    label: str = ""
    """The word before the colon, in lower case; with `By.LABEL` only."""


class Words:
    """The word lists of `bylines.toml`."""

    def __init__(self) -> None:
        table = read_table(__file__, "bylines.toml")
        data = {key: tuple(several.split()) for key, several in table.items()}
        self.jobs = data["jobs"]
        self.labels = frozenset(data["labels"])
        self.sure_labels = frozenset(data["sure_labels"])
        always = (*self.jobs, *data["collectives"], *data["about_author"])
        labels = self.labels.union(map(str.capitalize, self.labels))
        self.telling = Pattern(
            f"{trie_pattern(always)}|[/／] ?文"
            f"|{trie_pattern(labels)}[ \u3000】\\]]{{0,6}}[:：|｜/／丨]",
            re.NOFLAG,
        )
        """Found in every text that says in words who wrote it, but for English ones."""
        self.done = data["done"]
        self.pictures = data["pictures"]
        self.collectives = data["collectives"]
        self.papers = data["papers"]
        self.organisations = data["organisations"]
        self.about_author = data["about_author"]
        self.cards = frozenset(data["cards"])
        self.letters = data["letters"]
        self.not_names = frozenset(data["not_names"])
        self.not_english_names = frozenset(data["not_english_names"])


@cache
def words() -> Words:
    """The word lists, loaded at the first call."""
    return Words()


def author_in(text: str) -> Author | None:
    """What a text says of its author, if it is about nothing else. Outer brackets are no matter."""
    text = unwrapped(text)
    if not 1 < len(text) <= LONGEST:
        return None
    if text.isascii():
        return english(text)
    if text.startswith(words().about_author):
        return Author(By.JOB)
    if SENTENCE.search(text):
        return None
    return (
        labelled(text) or with_job(text) or collective(text) or signed_behind(text) or named(text)
    )


def unwrapped(text: str) -> str:
    """The text without marks and brackets around it."""
    text = text.strip(MARKS)
    if text and OUTER.get(text[0]) == text[-1]:
        text = text[1:-1].strip(MARKS)
    return text


def english(text: str) -> Author | None:
    """The author in English: By John Smith, China Daily."""
    found = ENGLISH.match(text)
    if found is None or not words().not_english_names.isdisjoint(found["name"].split()):
        return None
    return Author(By.JOB)


def labelled(text: str) -> Author | None:
    """The author behind a label, others perhaps behind theirs: 作者：张三　责任编辑：李四."""
    found = LABEL.match(text)
    if found is None or found[1].lower() not in words().labels:
        return None
    label, rest = found[1].lower(), text[found.end() :]
    roles = line_words().labels
    names = rest
    for other in LABEL.finditer(rest):
        role = roles.get(other[1].lower())
        if role is Role.META:
            # A line of facts, of which the author is one.
            return None
        apart = rest[: other.start()][-1:].isspace() and other[0][-1] in ":："
        if (role is not None or apart) and len(names) == len(rest):
            names = rest[: other.start()]
    names = names.strip(MARKS)
    if not names:
        return None
    if label in words().sure_labels and len(names) <= LONGEST_PEN_NAME and "《" not in names:
        return Author(By.LABEL, label)
    # 文/图 张三
    for picture in words().pictures:
        names = names.removeprefix(picture + " ")
    return Author(By.LABEL, label) if persons(names) else None


def with_job(text: str) -> Author | None:
    """The author with what he is: 本报记者 张三　通讯员 李四　报道."""
    if not any(job in text for job in words().jobs):
        return None
    if text[-1] in OUTER.values() and text[:-1].endswith(line_words().picture_sources):
        return None
    rest = undone(text)
    if rest is None:
        return None
    names: list[str] = []
    worked, paper = False, False
    for token in rest.translate(SPACED).split():
        job = next((job for job in words().jobs if job in token), None)
        if job is None:
            if len(token) <= LONGEST_UNIT and token.endswith(words().papers):
                paper = True
                continue
            names.append(token)
            continue
        before, _, name = token.rpartition(job)
        if len(before) > LONGEST_UNIT or not all(is_han(c) or c in UNIT for c in before):
            return None
        worked = True
        paper |= before.endswith(words().papers)
        if name:
            if not is_person(name):
                return None
            names.append(name)
    names = joined(names)
    known = paper or any(map(is_person, names))
    return Author(By.JOB) if worked and known and all(map(like_name, names)) else None


def undone(text: str) -> str | None:
    """The text without what was done behind the names; None where that was a picture."""
    done = max(filter(text.endswith, words().done + words().pictures), key=len, default="")
    rest = text[: -len(done)] if done else text
    if done in words().pictures:
        return None
    # 罗文 is a name.
    return rest.rstrip(MARKS + "/／") if len(done) > 1 or rest[-1:] in " \u3000/／" else text


def collective(text: str) -> Author | None:
    """Those who write for a paper without a name: 人民日报评论员."""
    for writers in words().collectives:
        if text.endswith(writers):
            paper = text[: -len(writers)].rstrip(MARKS)
            if len(paper) <= LONGEST_UNIT and paper.endswith(words().papers):
                return Author(By.JOB)
    return None


def signed_behind(text: str) -> Author | None:
    """The author before what he did: 张三/文　李四/摄."""
    found = BEHIND.search(text)
    if found is None:
        return None
    sure = persons(found[1]) or (like_name(found[1]) and text.count("/") + text.count("／") > 1)
    return Author(By.JOB) if sure else None


def named(text: str) -> Author | None:
    """Nothing but names: 张三　李四."""
    names = text.translate(SPACED).split()
    if len(names) > 1:
        names = joined(names)
    return Author(By.NAMES) if 0 < len(names) < 5 and all(map(is_person, names)) else None


def persons(text: str) -> bool:
    """Whether a text is names, the last of them surely one; what a person is may stand before."""
    names = joined(text.translate(SPACED).split())
    if not names:
        return False
    if all(map(LATIN.fullmatch, names)):
        return 1 < len(names) < 5
    *others, last = names
    return is_person(last) and all(len(o) <= LONGEST_UNIT and all(map(is_han, o)) for o in others)


def joined(names: list[str]) -> list[str]:
    """The words, with single characters put together: 罗 文."""
    found: list[str] = []
    alone = False
    for name in names:
        if alone and len(name) == 1:
            found[-1] += name
            alone = False
        else:
            found.append(name)
            alone = len(name) == 1
    return found


def like_name(name: str) -> bool:
    """Whether a word could be a name."""
    if DOTTED.fullmatch(name):
        return True
    return 1 < len(name) < 5 and all(map(is_han, name)) and name not in words().not_names


def is_person(name: str) -> bool:
    """Whether a word is a Chinese name with a frequent family name, or a foreign one with a dot."""
    if DOTTED.fullmatch(name):
        return True
    surnames = line_words().surnames
    longest = 4 if name[:2] in surnames else 3
    return 1 < len(name) <= longest and line_words().is_surname(name) and like_name(name)
