"""Entries: the lines of contact lists, and the identifiers and labels in them."""

from __future__ import annotations

from typing import NamedTuple

from kanwu_rules.contacts.identifiers import Identifier, folded, identifiers
from kanwu_rules.contacts.labels import NOBODY, Label, group_pattern, label
from kanwu_rules.contacts.vocabulary import MARKS, matcher, service_pattern, word_pattern

LONGEST_NAME = 40
LONGEST_INSTRUCTION = 150
# Characters beside the identifiers of a line: so many for each, and so many more.
WORDS_EACH, WORDS_MORE = 30, 30

SENTENCE_END = "[。!?]"


class Part(NamedTuple):
    """One identifier of a line, the label beside it in that line, and the words around it."""

    identifier: Identifier
    label: Label
    words: str


def parts(line: str) -> list[Part]:
    """The identifiers of a line with their labels; none where the line is prose.

    Labels stand before identifiers, or after them where nothing stands before the first.
    """
    text = folded(line)
    found = list(identifiers(text))
    if not found:
        return []
    edges = [0, *(edge for i in found for edge in (i.start, i.end)), len(line)]
    gaps = [(edges[k], edges[k + 1]) for k in range(0, len(edges), 2)]
    if is_prose(text, gaps):
        return []
    before = label(line[slice(*gaps[0])])
    after = before is NOBODY and any(
        label(line[slice(*gap)]) is not NOBODY for gap in gaps[1:]
    )
    made = []
    current = NOBODY
    for k, identifier in enumerate(found):
        start, end = gaps[k + 1] if after else gaps[k]
        if not after and k:
            # （已满） belongs to the identifier before.
            closing = matcher(rf"{MARKS}*[(\[【][^()\[\]【】]{{0,20}}[)\]】](?=.*[^\W_])").match(text, start, end)
            start = closing.end() if closing else start
        own = label(line[start:end])
        current = own if own is not NOBODY or after else current
        made.append(Part(identifier, current, text[slice(*gaps[k])] + text[slice(*gaps[k + 1])]))
    return made


def is_prose(text: str, gaps: list[tuple[int, int]]) -> bool:
    """Whether a line says more than a list would beside its identifiers."""
    if sum(end - start for start, end in gaps) > WORDS_EACH * (len(gaps) - 1) + WORDS_MORE:
        return not is_instruction(text)
    within = matcher(rf"{SENTENCE_END}(?=.*[^\W_])")
    return any(within.search(text, start, end) for start, end in gaps) and not is_instruction(text)


def is_name(text: str) -> bool:
    """Whether a folded, stripped line can be the name of what stands on the next or the last one."""
    return (
        len(text) <= LONGEST_NAME
        and bool(matcher(r"[^\W\d_]").search(text))
        and not matcher(SENTENCE_END).search(text)
        and not any(identifiers(text))
    )


def is_heading(text: str) -> bool:
    """Whether a folded, stripped line can head a contact list."""
    if len(text) > LONGEST_NAME or matcher(SENTENCE_END).search(text):
        return False
    told = rf"{group_pattern()}|{service_pattern()}|{word_pattern('headings')}"
    return bool(matcher(told).search(text)) or not matcher(r"[^\W_]").search(text)


def is_instruction(text: str) -> bool:
    """Whether a folded, stripped line says how to join a group."""
    return (
        len(text) <= LONGEST_INSTRUCTION
        and bool(matcher(word_pattern("joining")).search(text))
        and bool(matcher(rf"{group_pattern()}|{service_pattern()}").search(text))
    )
