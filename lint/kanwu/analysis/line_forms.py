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
MOST_WORDS = 14
"""Of a label in Latin letters."""

SENTENCE_END = frozenset("。！？!?…；;")
CLAUSE_END = frozenset("，、：:,")
CLOSERS = "”’」』》〉）)】〕］]\"'"
LAST_OF_CREDIT = frozenset("摄攝图圖影料源国发供）)】]绘文道片社")
FIRST_OF_CAPTION = frozenset("图圖上下左右中题（(【▲△F")
FIRST_OF_MARK = frozenset("（(一二三四五六七八九十0123456789第附CSP")
PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("「", "」"), ("『", "』"), ("(", ")"))


def form_of(text: str) -> Role | Form:
    """The role or the form of a line, without white space at its ends."""
    words, size = line_words(), len(text)
    first, last = text[0], text[-1]
    if first in words.beginnings and (role := words.opening(text)):
        return role
    if first in FIRST_OF_CAPTION and size < 200 and patterns.CAPTION.match(text):
        return Role.CAPTION
    if last in LAST_OF_CREDIT and size < 150 and (role := credited(text)):
        return role
    if not patterns.HAN_LETTER.search(text):
        return form_without_han(text)
    end = text.rstrip(CLOSERS)[-1:]
    if size >= LONG:
        return long_form(text, end)
    role = fact(text, end) or person(text)
    return role or short_form(text, end)


def long_form(text: str, end: str) -> Role | Form:
    """The form of a long line that holds Han."""
    if patterns.DATELINE.match(text):
        return Form.DATELINE
    if patterns.RIGHTS.match(text):
        return Role.META
    if end in SENTENCE_END:
        return Form.SENTENCE
    gaps = len(patterns.CELL_GAP.compiled.findall(text))
    if not patterns.INNER.search(text):
        if ">" in text and patterns.BREADCRUMB.match(text):
            return Role.NAVIGATION
        if gaps + text.count(" ") >= 5:
            return Form.CELLS if any(map(str.isdigit, text)) else Role.NAVIGATION
    if gaps > len(text) // 20:
        return Form.CELLS
    return labelled(text, end) or Form.FRAGMENT


def short_form(text: str, end: str) -> Role | Form:
    """The form of a short line that holds Han and is none of the fixed kinds."""
    size = len(text)
    prose = patterns.INNER.search(text) is not None
    if patterns.BULLET.match(text):
        return Role.LIST_ITEM
    if end not in SENTENCE_END:
        gaps = len(patterns.CELL_GAP.compiled.findall(text))
        if gaps > 1 or (gaps and ("\t" in text or "|" in text)):
            return Form.CELLS
    if text[0] in FIRST_OF_MARK:
        if end not in SENTENCE_END and patterns.CHAPTER.match(text):
            return Role.HEADING
        mark = patterns.MARK.match(text)
        if mark and not (prose and size >= PROSE):
            if end in SENTENCE_END:
                return Form.SENTENCE if mark["article"] else Role.LIST_ITEM
            return Role.LIST_ITEM if end in CLAUSE_END else Form.MARKED
    if prose and patterns.METER.match(text):
        return Form.METER
    if end in SENTENCE_END or end in CLAUSE_END:
        return Form.SENTENCE if end in SENTENCE_END else Form.FRAGMENT
    if patterns.BRACKETED.match(text):
        if patterns.META_WORD.search(text):
            return Role.META
        return Role.CREDIT if patterns.CREDIT_WORD.search(text) else Form.BRACKETED
    if size > (LONGEST_LABEL_WITH_COMMA if prose else LONGEST_LABEL) or is_torn(text):
        return Form.FRAGMENT
    return Form.LABEL


def is_torn(text: str) -> bool:
    """Whether a bracket or quotation mark opens or closes that has no partner."""
    return any(text.count(opening) != text.count(closing) for opening, closing in PAIRS)


def form_without_han(text: str) -> Role | Form:
    """The form of a line in Latin letters, kana, digits or signs."""
    if patterns.DIVIDER.match(text):
        return Role.BLANK
    end = text.rstrip(CLOSERS)[-1:]
    if role := fact(text, end):
        return role
    if patterns.BYLINE.match(text):
        return Role.BYLINE
    if patterns.BULLET.match(text):
        return Role.LIST_ITEM
    if end == "." or end in SENTENCE_END:
        return Form.SENTENCE
    if len(patterns.CELL_GAP.compiled.findall(text)) > 1 or "\t" in text:
        return Form.CELLS
    if text.count(" ") >= MOST_WORDS or len(text) >= 2 * LONG or end in CLAUSE_END:
        return Form.FRAGMENT
    if patterns.CHAPTER.match(text):
        return Role.HEADING
    return Form.MARKED if patterns.MARK.match(text) else Form.LABEL


def fact(text: str, end: str) -> Role | None:
    """The role of a date, a count, a breadcrumb, or of what its first word and a colon name."""
    if patterns.DATE.match(text) and end not in SENTENCE_END:
        return Role.META
    if patterns.COUNT.match(text) or patterns.RIGHTS.match(text):
        return Role.META
    if patterns.BREADCRUMB.match(text):
        return Role.NAVIGATION
    return labelled(text, end)


def labelled(text: str, end: str) -> Role | None:
    """The role of a line such as 责任编辑：张三."""
    found = patterns.LABELLED.match(text)
    role = line_words().labels.get(found[1].lower()) if found else None
    if found is None or role is None or end in SENTENCE_END or len(text) > 2 * LONG:
        return None
    if role is not Role.META and patterns.INNER.search(text, found.end()):
        return None
    return role


def credited(text: str) -> Role | None:
    """Credit or caption, where a line ends in who made or supplied a picture."""
    if patterns.AGENCY.match(text) or patterns.SUPPLIED.match(text):
        return Role.CREDIT
    if len(text) <= 40 and (role := person(text)):
        return role
    if patterns.CREDIT_AT_END.search(text, max(0, len(text) - 40)):
        return Role.CAPTION
    return None


def person(text: str) -> Role | None:
    """Credit or byline, where a line is the names of persons, with or without what they did."""
    if len(text) > 40:
        return None
    found = patterns.PERSON.match(text)
    if found is None:
        return None
    words = line_words()
    job, names, did, source = found.group("job", "names", "did", "source")
    apart = job is None or not is_han(job[-1])
    known = words.is_surname(names) and len(names) < 4
    did = (did or "").strip(" \u3000/")
    if job and (apart or known or "·" in names):
        return Role.CREDIT if did and did not in ("文", "报道") or source else Role.BYLINE
    if job:
        return None
    if source:
        return Role.CREDIT if known and source.endswith(words.picture_sources) else None
    if did:
        if not words.is_surname(names):
            return None
        return Role.BYLINE if did in ("文", "报道") else Role.CREDIT
    parts = names.replace("\u3000", " ").split(" ")
    if len(parts) < 2 or "".join(parts) in words.spaced_words:
        return None
    if all(len(part) == 1 for part in parts):
        return Role.BYLINE
    if all(len(part) in (2, 3) and words.is_surname(part) for part in parts):
        return Role.BYLINE
    return None
