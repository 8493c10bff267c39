"""FIG003 reused-identifier."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, CorpusRule, Good, Pattern, Record, Related, place
from kanwu_rules.contacts.labels import same_name
from kanwu_rules.contacts.lists import RENAMED, Contacts, contact_lists
from kanwu_rules.contacts.triggers import TRIGGERS
from kanwu_rules.contacts.vocabulary import WordPattern, any_of
from kanwu_rules.figures.registered_numbers import REGISTERED, registered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.contacts.lists import ContactList, Entry

MOST_RELATED = 20
# A phone or a mail address under more names than these is meant for all of them.
MOST_NAMES = 2
# 教务处考试科 and 教务处学籍科
OFFICE = Pattern(r".*[处處局部院室馆館办辦科所厅廳委中心队隊]")
SECTION = Pattern(r".*[科处處局部院室馆館办辦科所厅廳组組股岗崗窗口台中心班队隊]")
COMMUNITY = WordPattern(lambda: f"{any_of('communities')}$")
SHARED = WordPattern(lambda: any_of("shared"))
MOBILE = Pattern(r"1[3-9][0-9]{9}")


class ReusedIdentifier(CorpusRule):
    """One QQ number, phone, mail address, account or ISBN stands under two different names.

    A list that gives “北京海归群” and “海归部落千人群” the same number was filled in by copying, and at
    least one of the two leads to the wrong place. The rule compares the contact lists inside a
    document and across all documents of the run, and the ISBNs and unified social credit codes that
    stand beside one book or one organisation each. It shows every place and picks no winner, since a
    group may also have been renamed: then say so in the text (“原名…”, “更名为…”) and the rule is
    content.

    **What it leaves alone.** The same list twice; one name in other words (“北京海归群” and
    “QQ群 北京海归”, “李静” and “李静老师”); words that name a purpose and no owner (客服, 投稿, 官方交流群);
    numbers that the text calls a switchboard, shared or renamed, and phones with an extension; phones
    of an office that several people of the list or several of its sections share, and numbers under
    three names or more that many are meant to call; addresses of pages, which many may share, unless
    they lead into a group; ISBNs of sets and their volumes, and numbers that are invalid anyway; fax numbers, postcodes and amounts. Outside of lists it compares nothing:
    two press officers may give one phone.

    **Source.** Real lists, of which one gave three of its thirty QQ numbers to two groups each.
    """

    code = "FIG003"
    name = "reused-identifier"
    where = (*TRIGGERS, REGISTERED)
    messages: ClassVar[Mapping[str, str]] = {
        "reused": "{kind} {number} is reused: it stands under “{label}” here and under “{other}” elsewhere; "
        "one of them may be wrong, or a group was renamed",
        "also": "stands under “{label}” here",
    }
    examples = (
        Bad(
            "北京海归群\n163984971\n上海海归群\n203237942\n天津海归群\n163984971\n",
            finds=("163984971",),
        ),
        Bad(
            "手机联系表\n赵敏 （13800138000）\n钱伟 （13900139000）\n孙丽 （13800138000）\n",
            finds=("13800138000",),
        ),
        Bad(
            "邮箱\n合唱团：a1@example.org\n读书会：b2@example.org\n摄影社：a1@example.org",
            finds=("a1@example.org",),
        ),
        Bad(
            "《江边旧桥》，ISBN 978-7-115-12345-9\n《水稻新种》，ISBN 978-7-115-12345-9",
            finds=("978-7-115-12345-9",),
        ),
        Good("北京海归群：163984971\n上海海归群：203237942\nQQ群 北京海归 163984971\n"),
        Good(
            "天津校友群：163984971\n上海校友群：203237942\n津门校友群（原天津校友群）：163984971\n"
        ),
        Good("教务处 010-66271234转801\n人事处 010-66271234转802\n总机 010-66271234\n"),
        Good("客服QQ：163984971\n投稿QQ：163984971\n合作QQ：163984971\n"),
    )

    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:
        numbers = list(registered(document, places))
        renamed = bool(numbers) and RENAMED.search(document.text) is not None
        for number in numbers:
            data = {
                "kind": number.kind,
                "label": number.owner,
                "name": number.owner,
                "explained": renamed,
            }
            at = place(document, number.start, number.end)
            yield Record(f"{number.kind}:{number.number}", at, data)
        lists = contact_lists(document, places)
        entries = [entry for found in lists for entry in comparable(found)]
        if not entries:
            return
        explained = document.get(Contacts).renamed()
        explained |= offices_shared(e for e in entries if e.identifier.value not in explained)
        for entry in entries:
            kind, value = kind_of(entry), entry.identifier.value
            key = f"{entry.identifier.form}:{value}"
            if kind == "phone" and entry.identifier.form == "number":
                # Without its area code it is another phone in another town.
                key += f" in {document.path} {document.record or ''}"
            yield Record(
                key,
                place(document, entry.start, entry.end),
                {
                    "kind": kind,
                    "label": entry.label.shown,
                    "name": entry.label.name,
                    "explained": value in explained or is_shared(entry),
                },
            )

    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding]:
        if any(record.data["explained"] for record in records):
            return
        names: list[str] = []
        first_of: list[Record] = []
        for record in records:
            if not any(same_name(record.data["name"], name) for name in names):
                names.append(record.data["name"])
                first_of.append(record)
        kind = records[0].data["kind"]
        if len(names) < 2 or (len(names) > MOST_NAMES and kind in ("phone", "mail")):
            return
        if (
            kind == "phone"
            and not MOBILE.fullmatch(key.partition(":")[2])
            and of_one_office([record.data["label"] for record in first_of])
        ):
            return
        # The later of two places, since the copy is more often the one below.
        here, other = first_of[1], first_of[0]
        elsewhere = [record for record in records if record != here]
        yield self.finding(
            here.place,
            self.say(
                "reused",
                kind=KINDS[kind],
                number=here.place.excerpt.inside,
                label=here.data["label"],
                other=other.data["label"],
            ),
            related=[
                Related(record.place, self.say("also", label=record.data["label"]))
                for record in elsewhere[:MOST_RELATED]
            ],
            evidence={
                "count": len(records),
                "kind": kind,
                "labels": [record.data["label"] for record in first_of],
            },
        )


KINDS = {
    "qq": "QQ number",
    "wechat": "WeChat account",
    "telegram": "Telegram account",
    "phone": "phone number",
    "mail": "mail address",
    "number": "number",
    "isbn": "ISBN",
    "credit": "unified social credit code",
    "handle": "account",
    "other": "account",
}


def kind_of(entry: Entry) -> str:
    """What an identifier is: its own form where that is plain, else the service named for it."""
    form = entry.identifier.form
    return form if form in ("mail", "phone") else entry.service or form


def comparable(found: ContactList) -> Iterator[Entry]:
    """The entries of a list that are surely identifiers and stand under a name.

    Phones and mail addresses need a list of three names: what stands at the end of a notice is the
    phone of an office, and whoever answers it changes.
    """
    entries = [e for e in found.entries if e.label.name and e.identifier.form != "extension"]
    names = len({e.label.name for e in entries})
    clubs = sum(COMMUNITY.search(e.label.shown) is not None for e in entries)
    for entry in entries:
        if kind_of(entry) in ("phone", "mail"):
            sure = names >= 3
        elif names >= 2:
            sure = bool(entry.group or entry.service or 2 * clubs > len(entries))
        else:
            sure = entry.group and COMMUNITY.search(entry.label.shown) is not None
        if sure:
            yield entry


def is_shared(entry: Entry) -> bool:
    """Whether the words beside a phone say that it serves several."""
    return kind_of(entry) == "phone" and SHARED.search(entry.words) is not None


def of_one_office(names: Sequence[str]) -> bool:
    """Whether labels are those of sections of one office, which may well share a phone."""
    shared = 0
    while all(len(name) > shared and name[shared] == names[0][shared] for name in names):
        shared += 1
    office = OFFICE.match(names[0][:shared])
    start = office.end() if office else 0
    return start > 1 and all(SECTION.match(name, start) for name in names)


def offices_shared(entries: Iterable[Entry]) -> frozenset[str]:
    """Landlines and mail addresses under several names, where the document has several such.

    One may be a slip; two or more are the habit of a directory in which rooms share a phone.
    """
    names: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        identifier = entry.identifier
        if kind_of(entry) in ("phone", "mail") and not MOBILE.fullmatch(identifier.value):
            names[identifier.value].add(entry.label.name)
    several = frozenset(value for value, of in names.items() if len(of) > 1)
    return several if len(several) > 1 else frozenset()
