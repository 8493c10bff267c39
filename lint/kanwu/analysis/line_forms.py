"""What a line alone says about its role, before its neighbours are asked."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from kanwu.analysis import line_patterns as patterns
from kanwu.analysis.line_words import BULLETS, FIRST_OF_CAPTION, is_han, line_words
from kanwu.analysis.members import direct
from kanwu.analysis.meter import LONGEST_METER, has_meter
from kanwu.analysis.persons import role_of_names
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Iterable


@direct
class Form(IntEnum):
    """What a line looks like whose role hangs on its neighbours."""

    SENTENCE = 1
    """Ends as a sentence does."""
    FRAGMENT = 2
    """Prose with no end."""
    LABEL = 3
    """Short, and not a sentence."""
    MARKED = 4
    """A label behind the number of a list or of a part."""
    CELLS = 5
    """A few pieces with gaps between."""
    METER = 6
    """Clauses of one length, as in a poem."""
    BRACKETED = 7
    """A few words in brackets."""


LONG = 60
"""Lines of Chinese at least so long are paragraphs, unless their first or last words say otherwise."""
PROSE = 30
"""Lines of Chinese at least so long, with punctuation inside, are prose whether they end or not."""
LONGEST_LABEL = 42
LONGEST_LABEL_WITH_COMMA = 20
LONGEST_ARTICLE_NAME = 20
MOST_LISTED = 3
"""Pauses between the words of a label."""
LONGEST_BUTTON = 13
MOST_WORDS = 14
"""Of a label in Latin letters."""
LONGEST_CREDIT = 150
CREDIT_TAIL = 40

FULL_STOP = frozenset("。！？…")
QUOTES = frozenset('”"」')
SENTENCE_END = frozenset("。！？!?…；;.")
CLAUSE_END = frozenset("，、：:,—～")
CLOSERS = "”’」』》〉）)】〕］]\"'"
LAST_OF_CREDIT = frozenset("摄攝图圖影料源国发供）)】]绘片社出译譯载載布理")
FIRST_OF_DATE = frozenset("0123456789（(二一中民JFMASONDTW")
FIRST_OF_COUNT = frozenset("第共-—–0123456789昨今前刚【[（(字h")
FIRST_OF_MARK = frozenset("（(一二三四五六七八九十0123456789第附ABCDEPSabcde").union(
    # Numbers in circles and brackets: U+2460 to U+249B, U+2776 to U+2793, U+3220 to U+3229.
    map(chr, (*range(0x2460, 0x249C), *range(0x2776, 0x2794), *range(0x3220, 0x322A)))
)
NEVER_LAST = frozenset("和但或而若被")
"""No label ends in one of these."""
NEVER_FIRST = frozenset("的了们們着吗，。、；：！？）》”」』")
"""Nor begins with one of these."""
PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("「", "」"), ("『", "』"), ("(", ")"))
PAIRED = frozenset("".join(map("".join, PAIRS)))
CRUMB_MARKS = frozenset(">›»＞")
LABEL_MARKS = frozenset(":：|｜/】]")
LONGEST_LABELLED = 20
GAPS = frozenset("\t|｜ \u3000")


def forms_of(lines: Iterable[str]) -> tuple[list[str], list[Role | Form]]:
    """Lines without white space at their ends, and the role or form of each."""
    telling, blank, sentence = line_words().telling, Role.BLANK, Form.SENTENCE
    texts = [line.strip() for line in lines]
    forms: list[Role | Form] = []
    for text in texts:
        if not text:
            forms.append(blank)
        # Most lines are paragraphs beyond doubt: they take the short way.
        elif (
            len(text) > LONGEST_METER
            and text[0] not in telling
            and (text[-1] in FULL_STOP or (text[-1] in QUOTES and text[-2] in FULL_STOP))
        ):
            forms.append(sentence)
        else:
            forms.append(form_of(text))
    return texts, forms


def form_of(text: str) -> Role | Form:
    """The role or the form of a line, without white space at its ends."""
    end = text.rstrip(CLOSERS)[-1:]
    found = opened(text, end) or captioned(text)
    if found is None and text[-1] in LAST_OF_CREDIT and len(text) < LONGEST_CREDIT:
        found = credited(text)
    if found is not None:
        return found
    if text.isascii() or not any(map(is_han, text)):
        return form_without_han(text, end)
    return long_form(text, end) if len(text) >= LONG else short_form(text, end)


def opened(text: str, end: str) -> Role | None:
    """The role that the first words of a line give it."""
    words = line_words()
    first = text[0]
    if first in words.notices and text.startswith(words.notices[first]):
        return Role.META
    if len(text) < LONGEST_BUTTON and text in words.menu:
        return Role.NAVIGATION
    led = first in words.navigation and end not in SENTENCE_END and words.is_navigation(text)
    return Role.NAVIGATION if led and not patterns.INNER.search(text) else None


def captioned(text: str) -> Role | None:
    """Caption, where a line begins as captions do."""
    if text[0] not in FIRST_OF_CAPTION or len(text) > LONGEST_CREDIT:
        return None
    return Role.CAPTION if patterns.CAPTION.match(text) else None


def credited(text: str) -> Role | None:
    """Credit or caption, where a line ends in who made or supplied a picture."""
    if (
        patterns.AGENCY.match(text)
        or patterns.SUPPLIED.match(text)
        or (text[0] in "本原该" and patterns.PUBLISHED.match(text))
    ):
        return Role.CREDIT
    role = role_of_names(text)
    if role is None and patterns.CREDIT_AT_END.search(text, max(0, len(text) - CREDIT_TAIL)):
        role = Role.CAPTION
    return role


def fact(text: str, end: str) -> Role | None:
    """The role of a date, a count, a breadcrumb, or of what its first word and a colon name."""
    first, ended = text[0], end in SENTENCE_END
    meta = (
        (first in FIRST_OF_DATE and not ended and patterns.DATE.match(text))
        or (first in FIRST_OF_COUNT and patterns.COUNT.match(text))
        or (text[-1] == "号" and patterns.FILE_NUMBER.match(text))
        or (text[-1].isdigit() and patterns.DATE_AT_END.search(text, max(0, len(text) - 20)))
        or (("未经" in text or "未經" in text) and patterns.RIGHTS.match(text))
    )
    if meta:
        return Role.META
    if ended:
        return None
    if not CRUMB_MARKS.isdisjoint(text) and patterns.BREADCRUMB.match(text):
        return Role.NAVIGATION
    return labelled(text)


def labelled(text: str) -> Role | None:
    """The role of a line such as 责任编辑：张三."""
    if LABEL_MARKS.isdisjoint(text[:LONGEST_LABELLED]) or len(text) > 2 * LONG:
        return None
    found = patterns.LABELLED.match(text)
    role = line_words().labels.get(found[1].lower()) if found else None
    if found and role and role is not Role.META and patterns.INNER.search(text, found.end()):
        return None
    if role is None and "编" in text and len(text) < LONG and patterns.EDITED.match(text):
        return Role.CREDIT
    return role


def long_form(text: str, end: str) -> Role | Form:
    """The form of a long line that holds Han."""
    if ("未经" in text or "未經" in text) and patterns.RIGHTS.match(text):
        return Role.META
    if end in SENTENCE_END:
        return Form.SENTENCE
    return labelled(text) or unended_form(text, end)


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


def short_form(text: str, end: str) -> Role | Form:
    """The form of a short line that holds Han and has no telling first or last words."""
    prose = patterns.INNER.compiled.search(text) is not None
    found = fact(text, end) or by_mark(text, end, prose=prose)
    if found is None and end in SENTENCE_END:
        found = Form.METER if prose and has_meter(text) else Form.SENTENCE
    if found is not None:
        return found
    if prose and has_meter(text):
        return Form.METER
    if end in CLAUSE_END or text in line_words().connectives:
        return Form.FRAGMENT
    return role_of_names(text) or label_form(text, prose=prose)


def by_mark(text: str, end: str, *, prose: bool) -> Role | Form | None:
    """The role or form of a short line behind the mark of a list or the number of a part."""
    if text[0] in BULLETS:
        bullet = patterns.BULLET.match(text)
        if bullet is not None:
            return role_of_names(text[bullet.end() :]) or Role.LIST_ITEM
    if text[0] not in FIRST_OF_MARK:
        return None
    ended = end in SENTENCE_END
    if not ended and patterns.CHAPTER.match(text):
        return Role.HEADING
    mark = patterns.MARK.match(text)
    if mark is None:
        return None
    open_ended = ended or prose or end in CLAUSE_END
    # 1.2 and the like number headings even where these are long.
    heading = mark["level"] and not ended
    # The articles of a statute are its text, and so is a numbered paragraph.
    paragraph = prose and len(text) >= PROSE and not heading
    if mark["article"]:
        paragraph = open_ended or len(text) > LONGEST_ARTICLE_NAME
    if paragraph:
        return Form.SENTENCE if ended else Form.FRAGMENT
    return Role.LIST_ITEM if open_ended and not heading else Form.MARKED


def label_form(text: str, *, prose: bool) -> Role | Form:
    """The form of a short line that ends like no sentence and begins with no mark."""
    if not (prose or GAPS.isdisjoint(text)):
        gaps = len(patterns.CELL_GAP.compiled.findall(text))
        if gaps > ("\t" not in text and "|" not in text):
            return Form.CELLS
    if text[0] in "（([" and patterns.BRACKETED.match(text):
        if patterns.META_WORD.search(text):
            return Role.META
        return Role.CREDIT if patterns.CREDIT_WORD.search(text) else Form.BRACKETED
    return Form.LABEL if is_label(text, prose=prose) else Form.FRAGMENT


def is_label(text: str, *, prose: bool) -> bool:
    """Whether a line that ends like no sentence is short and whole enough to name something."""
    if len(text) > (LONGEST_LABEL_WITH_COMMA if prose else LONGEST_LABEL):
        return False
    if text[-1] in NEVER_LAST or text[0] in NEVER_FIRST or text.startswith("以下"):
        return False
    if text.endswith("如下") or text.count("、") > MOST_LISTED:
        return False
    if prose and patterns.UNLIKE_LABEL.search(text):
        return False
    if line_words().is_dateline(text):
        return False
    return PAIRED.isdisjoint(text) or all(text.count(a) == text.count(b) for a, b in PAIRS)


def form_without_han(text: str, end: str) -> Role | Form:
    """The form of a line in Latin letters, kana, digits or signs."""
    ended = end in SENTENCE_END
    if not any(map(str.isalnum, text)):
        return Form.SENTENCE if ended else Role.BLANK
    if ended and len(text) >= 2 * LONG:
        return Form.SENTENCE
    found = fact(text, end)
    if found is None and patterns.BYLINE.match(text):
        found = Role.BYLINE
    if found is None and text.isascii() and patterns.CODE.match(text):
        found = Role.CODE
    return found or form_of_words(text, end)


def form_of_words(text: str, end: str) -> Role | Form:
    """The form of a line without Han that is none of the fixed kinds."""
    ended, long = end in SENTENCE_END, len(text) >= 2 * LONG
    if "\t" in text or len(patterns.CELL_GAP.compiled.findall(text)) > 1:
        return Form.SENTENCE if ended else Form.CELLS
    mark = None if long else by_mark(text, end, prose=False)
    if mark is not None:
        return mark
    if ended:
        return Form.SENTENCE
    fragment = long or text.count(" ") >= MOST_WORDS or end in CLAUSE_END
    return Form.FRAGMENT if fragment else Form.LABEL
