"""Entries: the lines of contact lists, and the identifiers and labels in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu_rules.contacts.identifiers import CANDIDATE, folded, identifiers
from kanwu_rules.contacts.labels import LETTER, NOBODY, label
from kanwu_rules.contacts.vocabulary import (
    CHAT,
    MARKS,
    WordPattern,
    any_group,
    any_of,
    any_service,
)

if TYPE_CHECKING:
    from kanwu_rules.contacts.identifiers import Identifier
    from kanwu_rules.contacts.labels import Label

LONGEST_NAME = 40
LONGEST_INSTRUCTION = 150
LONGEST_SUBHEADING = 10
SHORTEST_SENTENCE = 16
# Characters beside the identifiers of a line: so many for each, and so many more.
WORDS_EACH, WORDS_MORE = 30, 30
LONG_IDENTIFIER = 40

WORD = Pattern(r"[^\W\d_]")
SENTENCE_END = Pattern(r"[。!?]")
# Each end of a sentence looks no further than the next one.
SENTENCE_WITHIN = Pattern(r"[。!?][^。!?\w]*[^\W_]")
# （已满） behind an identifier belongs to it, not to the next one.
REMARK = Pattern(rf"{MARKS}*[(\[【][^()\[\]【】]{{0,20}}[)\]】](?=.*[^\W_])")
HEADING_WORD = WordPattern(lambda: any_of("headings"))
JOINING = WordPattern(lambda: any_of("joining"))
# These stand in any text: only where a chat service is named, too, do they tell how to join.
ASKING = WordPattern(lambda: any_of("joining", "asking"))
GROUP_OR_SERVICE = WordPattern(lambda: rf"{any_group()}|{any_service()}")


class Part(NamedTuple):
    """One identifier of a line, the label beside it in that line, and the words around it."""

    identifier: Identifier
    label: Label
    words: str
    """Folded."""


def parts(line: str) -> list[Part]:
    """The identifiers of a line with their labels; none where the line is prose.

    Labels stand before identifiers, or after them where nothing stands before the first.
    """
    if is_long_prose(line):
        return []
    text = folded(line)
    found = list(identifiers(text))
    if not found:
        return []
    edges = [0, *(edge for i in found for edge in (i.start, i.end)), len(line)]
    gaps = list(zip(edges[::2], edges[1::2], strict=True))
    if is_prose(text, gaps):
        return []
    first = label(line[slice(*gaps[0])])
    after = first is NOBODY and any(label(line[slice(*gap)]) is not NOBODY for gap in gaps[1:])
    made = []
    current = NOBODY
    for k, identifier in enumerate(found):
        start, end = gaps[k + 1] if after else gaps[k]
        if k and not after and (remark := REMARK.match(text, start, end)):
            start = remark.end()
        own = label(line[start:end])
        current = own if own is not NOBODY or after else current
        words = text[slice(*gaps[k])] + text[slice(*gaps[k + 1])]
        made.append(Part(identifier, current, words))
    return made


def is_long_prose(line: str) -> bool:
    """Whether a line is too long for a list of as many identifiers as it can hold at most."""
    if len(line) <= WORDS_EACH + LONG_IDENTIFIER + WORDS_MORE:
        return False
    most = sum(1 for _ in CANDIDATE.finditer(line))
    return len(line) > (WORDS_EACH + LONG_IDENTIFIER) * most + WORDS_MORE


def is_prose(text: str, gaps: list[tuple[int, int]]) -> bool:
    """Whether a line says more than a list would beside its identifiers."""
    beside = sum(end - start for start, end in gaps)
    return (
        beside > WORDS_EACH * (len(gaps) - 1) + WORDS_MORE
        or any(SENTENCE_WITHIN.search(text, start, end) for start, end in gaps)
    ) and not is_instruction(text)


def is_name(text: str) -> bool:
    """Whether a folded, stripped line can be the name of what stands on the next or the last one."""
    return (
        len(text) <= LONGEST_NAME
        and WORD.search(text) is not None
        and not SENTENCE_END.search(text)
        and not any(identifiers(text))
    )


def is_heading(text: str) -> bool:
    """Whether a folded, stripped line can head a contact list; a table's rule can, too."""
    return (
        len(text) <= LONGEST_NAME
        and not SENTENCE_END.search(text)
        and (GROUP_OR_SERVICE.search(text) is not None or not LETTER.search(text))
    )


def opens_list(text: str) -> bool:
    """Whether a folded, stripped line that names no service can stand right above a contact list."""
    return (
        len(text) <= SHORTEST_SENTENCE
        and not SENTENCE_END.search(text)
        and (text[-1] == ":" or says_list(text))
    )


def is_subheading(text: str) -> bool:
    """Whether a folded, stripped line is short enough to part a list: 华北地区."""
    return len(text) <= LONGEST_SUBHEADING and not is_heading(text) and is_name(text)


def says_list(text: str) -> bool:
    """Whether a folded line calls what follows a list, or ways of getting in touch."""
    return HEADING_WORD.search(text) is not None


def is_instruction(text: str) -> bool:
    """Whether a folded, stripped line says how to join a group."""
    return (
        len(text) <= LONGEST_INSTRUCTION
        and GROUP_OR_SERVICE.search(text) is not None
        and (
            JOINING.search(text) is not None
            or (ASKING.search(text) is not None and CHAT.search(text) is not None)
        )
    )
