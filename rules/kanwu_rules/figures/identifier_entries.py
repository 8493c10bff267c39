"""Identifiers and versions in the ledger: numbers that name something and count nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu.analysis.lines import Lines
from kanwu.engine.ledger import Entry
from kanwu_rules.contacts.identifiers import (
    BEFORE,
    CANDIDATE,
    folded,
    identifiers,
    is_announced,
)
from kanwu_rules.contacts.lists import LONGEST_LINE, Contacts
from kanwu_rules.contacts.vocabulary import service_named
from kanwu_rules.figures.checked_numbers import labelled, unlabelled
from kanwu_rules.figures.invalid_identifier import LABELS, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu import Document
    from kanwu.engine.ledger import EntryKind
    from kanwu_rules.contacts.identifiers import Identifier

SERVICES = {"qq": "QQ", "wechat": "WeChat", "telegram": "Telegram", "mail": "mail"}
PHONES = frozenset(("phone", "extension"))
DOUBTFUL = frozenset(("number", "handle"))
LABEL = Pattern("|".join((*LABELS, *PREFIXES)))
# v1.2, 1.2.3, 版本 2.0, 2.0版, Ubuntu 22.04; but no date, no address of a machine and no section.
VERSION = Pattern(
    r"""
    (?<![0-9A-Za-z.,:/第§$¥_-])
    (?: (?P<marked>v[0-9]{1,4}(?:\.[0-9]{1,5}){0,3} | [vV]\.?\ ?[0-9]{1,4}(?:\.[0-9]{1,5}){1,3})
      | (?<=版本)[号號]?[为為是:：\ ]{0,2}(?P<named>[0-9]{1,4}(?:\.[0-9]{1,5}){1,3})
      | (?P<edited>[0-9]{1,3}\.[0-9]{1,3}(?:\.[0-9]{1,5}){0,2})(?=\ ?版(?!权|權|面|次|税))
      | (?<=[A-Za-z]\ )(?P<product>[0-9]{1,2}(?:\.[0-9]{1,5}){2})
    )
    (?![0-9A-Za-z%％‰]|\.[0-9]|\ ?(?:GHz|[万亿倍]))
    """
)


def identifier_entries(document: Document) -> Iterator[Entry]:
    """The rows of the identifiers of a document: contacts, and numbers that the text names by their kind."""
    seen = [*contacts_of(document), *checked_of(document)]
    seen.sort(key=lambda found: (found.start, -found.end))
    end = 0
    for found in seen:
        if found.start >= end:
            yield found
            end = found.end


def contacts_of(document: Document) -> Iterator[Entry]:
    """Contacts in lists, with their labels, and phones and mail addresses of sentences."""
    text = document.text
    for listed in document.get(Contacts).lists:
        for found in listed.entries:
            form, service = found.identifier.form, found.service
            if form in DOUBTFUL and not (service or found.group):
                continue  # fail2ban, or a number that the list says nothing of
            kind: EntryKind = "phone" if form in PHONES or service == "phone" else "id"
            unit = "" if kind == "phone" else SERVICES.get(form, SERVICES.get(service, service))
            value, owner = found.identifier.value, found.label.shown
            yield named(found.start, found.end, kind, value, unit=unit, owner=owner)
    lines = document.get(Lines)
    at = 0
    while candidate := CANDIDATE.search(text, at):
        line = lines.index(candidate.start())
        start, end = lines.starts[line], lines.ends[line]
        at = max(end, candidate.end())
        if end - start <= LONGEST_LINE:
            said = folded(text[start:end])
            for told in identifiers(said):
                if told.form not in DOUBTFUL or is_announced(said, told.start):
                    yield in_sentence(said, told, start)


def in_sentence(line: str, told: Identifier, start: int) -> Entry:
    """The row of an identifier in a sentence, which its characters or the words before it tell."""
    service = service_named(line[max(0, told.start - BEFORE) : told.start])
    kind: EntryKind = "phone" if told.form in PHONES or service == "phone" else "id"
    unit = "" if kind == "phone" else SERVICES.get(told.form, SERVICES.get(service, service))
    return named(start + told.start, start + told.end, kind, told.value, unit=unit)


def checked_of(document: Document) -> Iterator[Entry]:
    """Numbers with a check digit, of which the text says what they are."""
    text = document.text
    at = 0
    while label := LABEL.search(text, at):
        kind = LABELS.get(label[0])
        found = labelled(text, kind, label.end()) if kind else unlabelled(text, label.start())
        at = label.end()
        if found is not None:
            yield named(found.start, found.end, "id", found.number, unit=found.scheme.name)
            at = max(at, found.end)


def version_entries(document: Document) -> Iterator[Entry]:
    """The rows of the versions of a document."""
    if "." in document.text or "v" in document.text or "V" in document.text:
        for match in VERSION.finditer(document.text):
            group = match.lastgroup or ""
            value = match[group].lstrip("vV. ")
            yield named(*match.span(group), "version", value)


def named(
    start: int, end: int, kind: EntryKind, value: str, *, unit: str = "", owner: str = ""
) -> Entry:
    """The row of what is named and not counted."""
    return Entry(start, end, kind, value, "=", value, value, unit, owner, "")
