"""BOI001 contact-group-list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Fix, Good, Listed, Option, Safety, place, remove_lines
from kanwu.analysis.lines import Lines
from kanwu.analysis.page_lines import PageLines
from kanwu_rules.boilerplate.furniture_rule import SHOWN, FurnitureRule
from kanwu_rules.boilerplate.group_lists import GroupList, groups_in, named
from kanwu_rules.boilerplate.own_text import in_own_section, is_field
from kanwu_rules.contacts.lists import contact_lists
from kanwu_rules.contacts.triggers import TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.contacts.lists import ContactList

LEAST_NAMED = 3


class ContactGroupList(FurnitureRule):
    """A list of chat groups or accounts and their numbers stands in the text.

    Sites hang lists of QQ, WeChat and Telegram groups below their articles: “海归QQ群”, how to ask for
    admission, then a name and a number for every province. None of it belongs to the article, the
    numbers soon lead nowhere, and a model trained on the text learns to recite them. One finding
    covers the list from its heading to its last number; the unsafe fix takes out these lines, with the
    blank ones that would be left over. A single short line that does nothing but offer a group
    (“欢迎加入QQ群：123456789”) counts as a list of one, and so do lines on how to join (“加群请备注城市”),
    codes to scan (“扫码进群”) and groups listed without their numbers.

    **What it leaves alone.** Sentences that mention a group or a number, the contact line of a notice
    (“联系人：张三 电话：010-66271234”), one account or customer service number by itself, and lists
    of nothing but phone numbers or mail addresses, which are often what an article is there to tell
    (the option `phones` reports these too). Prices, statistics, postcodes, ISBNs and dates are no
    identifiers.

    **Source.** Real articles scraped with such lists below them; the forms of the numbers follow what
    the services hand out (QQ numbers have 5 to 11 digits, WeChat accounts 6 to 20 letters, digits,
    hyphens and underscores, Telegram names 5 to 32).
    """

    code = "BOI001"
    name = "contact-group-list"
    safety = Safety.UNSAFE
    where = TRIGGERS
    phones = Option(
        default=False, help="also report lists of nothing but phone numbers or mail addresses"
    )
    messages: ClassVar[Mapping[str, str]] = {
        "list": "list of {count} contact(s) ({kinds}) from “{first}” on: boilerplate, not part of the "
        "article; take it out",
        "lines": "{count} lines that offer groups to join, from “{first}” on: boilerplate, not part of the "
        "article; take them out",
        "line": "an offer to join a group, “{first}”: boilerplate, not part of the article; take it out",
        "remove": "remove the list",
    }
    examples = (
        Bad(
            "论坛在北京闭幕。\n\n海归QQ群\n申请加群请以“国家-城市”格式发送请求。\n"
            "北京海归群\n163984971\n上海海归群\n203237942\n",
            "论坛在北京闭幕。\n",
        ),
        Bad(
            "会议次日结束。\n微信群：\n广东家长群（gdjz2021）、广西家长群（gxjz_88）、海南家长群（hnjz2020）\n作者李明。\n",
            "会议次日结束。\n作者李明。\n",
        ),
        Bad("全书完。\n\n欢迎加入读者QQ群：123456789", "全书完。"),
        Bad(
            "正文到此为止。\n\nTelegram groups\nBeijing readers: @bj_readers\nTaipei readers: @tp_readers\n\n正文继续。",
            "正文到此为止。\n\n正文继续。",
        ),
        Good("警方在一个名为“股神”的QQ群里发现了线索，群号为123456789，群内有500人。"),
        Good("联系人：张三\n电话：010-66271234\n邮箱：zhang@example.org\n"),
        Good("第七次人口普查\n北京：21893095\n上海：24870895\n天津：13866009\n"),
        Good("各区教育局电话\n东城区：010-64031234\n西城区：010-66201234\n海淀区：010-88481234\n"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        lines, page = document.get(Lines), document.get(PageLines)
        lists = [
            found
            for contacts in contact_lists(document, places)
            for found in self.groups_in(lines, contacts)
            if not in_own_section(page, found.first)
            and not (found.first == found.last and is_field(page, found.first, (found.first,)))
        ]
        if self.may_speak(document, places):
            lists += (GroupList(b.first, b.last) for b in self.blocks(document, places))
        for found in together(page, lists):
            yield self.report_list(document, found)

    def groups_in(self, lines: Lines, contacts: ContactList) -> Iterable[GroupList]:
        """The lists of groups in a list of contacts; all of it, where it names phones and may."""
        if self.phones and named(contacts) >= LEAST_NAMED:
            return (GroupList(*contacts),)
        return groups_in(lines, contacts)

    def report_list(self, document: Document, found: GroupList) -> Finding:
        """The finding on a list, with the fix that takes it out."""
        lines, (first, last, entries) = document.get(Lines), found
        kinds = Counter(e.service or e.identifier.form for e in entries)
        counts = dict(sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0])))
        start = lines.starts[first] + len(lines[first]) - len(lines[first].lstrip())
        many = len(entries) > 1
        return self.finding(
            place(document, start, lines.ends[last]),
            self.say(
                "list" if many else "line" if first == last else "lines",
                count=len(entries) if many else sum(1 for i in range(first, last + 1) if lines[i]),
                kinds=Listed(tuple(counts)),
                first=lines[first].strip()[:SHOWN],
            ),
            evidence={"entries": len(entries), "kinds": counts},
            fix=Fix(Safety.UNSAFE, self.say("remove"), (remove_lines(document, first, last),)),
        )


def together(page: PageLines, lists: Iterable[GroupList]) -> Iterator[GroupList]:
    """Lists in order, those that overlap or touch as one."""
    whole: GroupList | None = None
    for found in sorted(lists, key=lambda found: found[:2]):
        if whole is not None and (
            found.first <= whole.last or page.above(found.first) == whole.last
        ):
            entries = dict.fromkeys((*whole.entries, *found.entries))
            whole = GroupList(whole.first, max(whole.last, found.last), tuple(entries))
            continue
        if whole is not None:
            yield whole
        whole = found
    if whole is not None:
        yield whole
