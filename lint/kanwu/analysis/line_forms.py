"""What a line alone says about its role, before its neighbours are asked."""

from __future__ import annotations

from enum import Enum

from kanwu.analysis import line_patterns as patterns
from kanwu.analysis.line_words import is_han, line_words
from kanwu.analysis.role import Role


class Form(Enum):
    """What a line looks like whose role hangs on its neighbours."""

    SENTENCE = 1
    """Ends as a sentence does."""
    DATELINE = 2
    """Begins as the first paragraph of a news article does."""
    FRAGMENT = 3
    """Prose with no end."""
    LABEL = 4
    """Short, and not a sentence."""
    MARKED = 5
    """A label behind the number of a list or of a part."""
    CELLS = 6
    """A few pieces with gaps between."""
    METER = 7
    """Clauses of one length, as in a poem."""
    BRACKETED = 8
    """A few words in brackets."""


LONG = 60
"""Lines of Chinese at least so long are paragraphs, unless their first or last words say otherwise."""
PROSE = 30
"""Lines of Chinese at least so long, with punctuation inside, are prose whether they end or not."""
LONGEST_LABEL = 42
LONGEST_LABEL_WITH_COMMA = 20
LONGEST_ARTICLE_NAME = 20
MOST_WORDS = 14
"""Of a label in Latin letters."""
LONGEST_CREDIT = 150
LONGEST_PERSON = 40

SENTENCE_END = frozenset("。！？!?…；;.")
CLAUSE_END = frozenset("，、：:,")
CLOSERS = "”’」』》〉）)】〕］]\"'"
LAST_OF_CREDIT = frozenset("摄攝图圖影料源国发供）)】]绘文道片社")
FIRST_OF_CAPTION = frozenset("图圖上下左右中题（(【▲△F")
FIRST_OF_MARK = frozenset("（(一二三四五六七八九十0123456789①②③④⑤⑥⑦⑧⑨⑩第附CSPABCDEabcde")
NEVER_LAST = frozenset("和与及在把将被从对向并但而或若因為為著跟給给")
"""No label ends in one of these, nor begins with one of those."""
NEVER_FIRST = frozenset("的了们們着吗，。、；：！？）》”」』")
PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("「", "」"), ("『", "』"), ("(", ")"))


def form_of(text: str) -> Role | Form:
    """The role or the form of a line, without white space at its ends."""
    words, size = line_words(), len(text)
    first, last = text[0], text[-1]
    if text in words.menu:
        return Role.NAVIGATION
    end = text.rstrip(CLOSERS)[-1:]
    if first in words.beginnings and (role := opened(text, end)):
        return role
    if first in FIRST_OF_CAPTION and size < LONGEST_CREDIT and patterns.CAPTION.match(text):
        return Role.CAPTION
    if last in LAST_OF_CREDIT and size < LONGEST_CREDIT and (role := credited(text)):
        return role
    if not patterns.HAN_LETTER.search(text):
        return form_without_han(text, end)
    if size >= LONG:
        return long_form(text, end)
    role = fact(text, end) or person(text)
    return role or short_form(text, end, prose=patterns.INNER.search(text) is not None)


def opened(text: str, end: str) -> Role | None:
    """The role that the first words of a line give it."""
    role = line_words().opening(text)
    if role is Role.NAVIGATION and (end in SENTENCE_END or patterns.INNER.search(text)):
        return None
    return role


def long_form(text: str, end: str) -> Role | Form:
    """The form of a long line that holds Han."""
    if patterns.DATELINE.match(text):
        return Form.DATELINE
    if patterns.RIGHTS.match(text):
        return Role.META
    if end in SENTENCE_END:
        return Form.SENTENCE
    return labelled(text, end) or unended_form(text, end)


def unended_form(text: str, end: str) -> Role | Form:
    """The form of a long line that ends like no sentence."""
    if end in CLAUSE_END or patterns.INNER.search(text):
        return Form.CELLS if text.count("\t") > 1 else Form.FRAGMENT
    if ">" in text and patterns.BREADCRUMB.match(text):
        return Role.NAVIGATION
    pieces = patterns.CELL_GAP.compiled.split(text)
    if len(pieces) > max(2, len(text) // 20):
        return Form.CELLS
    pieces = text.split()
    menu = len(pieces) > 5 and len(text) < 9 * len(pieces)
    return Role.NAVIGATION if menu and sum(map(str.isascii, pieces)) < 3 else Form.FRAGMENT


def short_form(text: str, end: str, *, prose: bool) -> Role | Form:
    """The form of a short line that holds Han and is none of the fixed kinds.

    `prose` says that it has punctuation inside.
    """
    form = form_by_mark(text, end, prose=prose)
    if form is None and prose and patterns.METER.match(text):
        form = Form.METER
    if form is not None:
        return form
    if end in SENTENCE_END:
        return Form.SENTENCE
    if end in CLAUSE_END or patterns.DATELINE.match(text) or text in line_words().connectives:
        return Form.FRAGMENT
    if not prose and len(patterns.CELL_GAP.compiled.findall(text)) > (not {"\t", "|"} & set(text)):
        return Form.CELLS
    if patterns.BRACKETED.match(text):
        if patterns.META_WORD.search(text):
            return Role.META
        return Role.CREDIT if patterns.CREDIT_WORD.search(text) else Form.BRACKETED
    return Form.LABEL if is_label(text, prose=prose) else Form.FRAGMENT


def form_by_mark(text: str, end: str, *, prose: bool) -> Role | Form | None:
    """The form of a short line that begins with the mark of a list or the number of a part."""
    if patterns.BULLET.match(text):
        return Role.LIST_ITEM
    if text[0] not in FIRST_OF_MARK:
        return None
    ended = end in SENTENCE_END
    if not ended and patterns.CHAPTER.match(text):
        return Role.HEADING
    mark = patterns.MARK.match(text)
    if mark is None:
        return None
    if mark["article"]:
        if ended or prose or end in CLAUSE_END or len(text) > LONGEST_ARTICLE_NAME:
            return Form.SENTENCE if ended else Form.FRAGMENT
        return Form.MARKED
    if prose and len(text) >= PROSE:
        return Form.SENTENCE if ended else Form.FRAGMENT
    return Role.LIST_ITEM if ended or prose or end in CLAUSE_END else Form.MARKED


def is_label(text: str, *, prose: bool) -> bool:
    """Whether a line that ends like no sentence is short and whole enough to name something."""
    if len(text) > (LONGEST_LABEL_WITH_COMMA if prose else LONGEST_LABEL):
        return False
    if text[-1] in NEVER_LAST or text[0] in NEVER_FIRST:
        return False
    if patterns.UNLIKE_LABEL.search(text):
        return False
    return all(text.count(opening) == text.count(closing) for opening, closing in PAIRS)


def form_without_han(text: str, end: str) -> Role | Form:
    """The form of a line in Latin letters, kana, digits or signs."""
    if not any(map(str.isalnum, text)):
        return Form.SENTENCE if end in SENTENCE_END else Role.BLANK
    role = fact(text, end) or (Role.BYLINE if patterns.BYLINE.match(text) else None)
    if role or patterns.BULLET.match(text):
        return role or Role.LIST_ITEM
    if end in SENTENCE_END:
        return Form.SENTENCE
    if len(patterns.CELL_GAP.compiled.findall(text)) > 1 or "\t" in text:
        return Form.CELLS
    if text.count(" ") >= MOST_WORDS or len(text) >= 2 * LONG or end in CLAUSE_END:
        return Form.FRAGMENT
    return form_by_mark(text, end, prose=False) or Form.LABEL


def fact(text: str, end: str) -> Role | None:
    """The role of a date, a count, a breadcrumb, or of what its first word and a colon name."""
    if end not in SENTENCE_END and patterns.DATE.match(text):
        return Role.META
    if patterns.COUNT.match(text) or patterns.RIGHTS.match(text):
        return Role.META
    if patterns.BREADCRUMB.match(text):
        return Role.NAVIGATION
    return labelled(text, end)


def labelled(text: str, end: str) -> Role | None:
    """The role of a line such as 责任编辑：张三."""
    if len(text) < LONG and patterns.EDITED.match(text):
        return Role.CREDIT
    found = patterns.LABELLED.match(text)
    role = line_words().labels.get(found[1].lower()) if found else None
    if found is None or role is None or end in SENTENCE_END or len(text) > 2 * LONG:
        return None
    inside = role is not Role.META and patterns.INNER.search(text, found.end())
    return None if inside else role


def credited(text: str) -> Role | None:
    """Credit or caption, where a line ends in who made or supplied a picture."""
    if patterns.AGENCY.match(text) or patterns.SUPPLIED.match(text):
        return Role.CREDIT
    if role := person(text):
        return role
    if patterns.CREDIT_AT_END.search(text, max(0, len(text) - LONGEST_PERSON)):
        return Role.CAPTION
    return None


def person(text: str) -> Role | None:
    """Credit or byline, where a line is the names of persons, with or without what they did."""
    found = patterns.PERSON.match(text) if len(text) <= LONGEST_PERSON else None
    if found is None:
        return None
    words = line_words()
    job, names, did, source = found.group("job", "names", "did", "source")
    wrote = did is None or did.strip(" \u3000/") in ("文", "报道")
    known = words.is_surname(names)
    if job:
        sure = not is_han(job[-1]) or "·" in names or (known and len(names) < 4)
    elif source:
        sure = known and len(names) < 4 and source.endswith(words.picture_sources)
    else:
        sure = known if did else is_list_of_names(names)
    if not sure:
        return None
    return Role.BYLINE if wrote and not source else Role.CREDIT


def is_list_of_names(names: str) -> bool:
    """Whether words with spaces between are names: 陈 慧, 张三 李四."""
    parts = names.replace("\u3000", " ").split(" ")
    if len(parts) < 2 or "".join(parts) in line_words().spaced_words:
        return False
    if all(len(part) == 1 for part in parts):
        return True
    return all(len(part) in (2, 3) and line_words().is_surname(part) for part in parts)
