"""Lists of chat groups and accounts that hang below articles, told from lists of other contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu.analysis.lines import Lines
from kanwu_rules.contacts.identifiers import folded
from kanwu_rules.contacts.lists import Contacts
from kanwu_rules.contacts.vocabulary import MARKS, WordPattern, any_group, any_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu import Document
    from kanwu_rules.contacts.lists import ContactList, Entry

LONGEST_OFFER = 60
ADDRESS = Pattern(r"https?://[!-~]+")
# 群 right before the number, but for its own number and nouns: QQ②群号：
OFFER = WordPattern(
    lambda: (
        rf"{any_group()}(?:{any_of('nouns')}|{any_of('purposes')}|{MARKS}"
        r"|[0-9一二三四五六七八九十①-⑳])*+$"
    )
)
# Nothing behind it, or whether it is full, a remark, or how to join.
OFFERED = WordPattern(
    lambda: (
        rf"{MARKS}*(?:(?:{any_of('states')}|{any_of('purposes')})?{MARKS}*"
        rf"|[(\[【][^()\[\]【】]*[)\]】]{MARKS}*)"
        rf"|(?={MARKS}.{{0,25}}$).*(?:{any_of('joining')}|{any_of('joining', 'asking')}).*"
    )
)


class GroupList(NamedTuple):
    """Lines, by index and inclusive, that list groups or accounts, and what they list."""

    first: int
    last: int
    entries: tuple[Entry, ...] = ()


class GroupLists:
    """The lists of groups in a document, in order."""

    def __init__(self, lists: Iterable[GroupList]) -> None:
        self.lists = tuple(lists)

    @classmethod
    def of(cls, document: Document) -> GroupLists:
        lists = document.get(Contacts).lists
        return cls(found for one in lists for found in groups_in(document.get(Lines), one))


def groups_in(lines: Lines, found: ContactList) -> Iterator[GroupList]:
    """A whole list of contacts where most are groups or accounts, else the lines that offer a group."""
    if lists_groups(found):
        yield GroupList(*found)
        return
    for line in sorted({entry.line for entry in found.entries if offers_group(lines, entry)}):
        yield GroupList(line, line, tuple(e for e in found.entries if e.line == line))


def lists_groups(found: ContactList) -> bool:
    """Whether most entries of a list can be joined or written to, and they are several."""
    entries = found.entries
    groups = sum(e.group and (e.of_chat or e.identifier.form != "phone") for e in entries)
    chats = sum(e.of_chat or (e.group and e.identifier.form != "phone") for e in entries)
    if 2 * chats < len(entries):
        return False
    return (groups and chats >= 2) or (chats >= 3 and named(found) >= 3)


def named(found: ContactList) -> int:
    """How many names stand beside the entries of a list."""
    return len({e.label.name for e in found.entries if e.label.name})


def offers_group(lines: Lines, entry: Entry) -> bool:
    """Whether a line is short and does nothing but offer a group: “读者QQ群：123456789（已满）”."""
    start = lines.starts[entry.line]
    line = folded(lines[entry.line])
    reachable = entry.of_chat or entry.identifier.form in ("number", "handle")
    if not reachable or len(ADDRESS.compiled.sub("", line).strip()) > LONGEST_OFFER:
        return False
    before, after = line[: entry.start - start], line[entry.end - start :]
    return OFFER.search(before) is not None and OFFERED.fullmatch(after) is not None
