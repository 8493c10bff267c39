"""BOI001 contact-group-list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Fix, Good, Option, Pattern, Rule, Safety, place, remove_lines
from kanwu.analysis.lines import Lines
from kanwu_rules.contacts.identifiers import folded
from kanwu_rules.contacts.lists import contact_lists
from kanwu_rules.contacts.triggers import TRIGGERS
from kanwu_rules.contacts.vocabulary import MARKS, WordPattern, any_group, any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
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


class ContactGroupList(Rule):
    """A list of chat groups or accounts and their numbers stands in the text.

    Sites hang lists of QQ, WeChat and Telegram groups below their articles: “海归QQ群”, how to ask for
    admission, then a name and a number for every province. None of it belongs to the article, the
    numbers soon lead nowhere, and a model trained on the text learns to recite them. One finding
    covers the list from its heading to its last number; the unsafe fix takes out these lines, with the
    blank ones that would be left over. A single short line that does nothing but offer a group
    (“欢迎加入QQ群：123456789”) counts as a list of one.

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
        lines = document.get(Lines)
        for found in contact_lists(document, places):
            if self.is_list(found):
                spans = [(found.first, found.last)]
            else:
                spans = sorted({(e.line, e.line) for e in found.entries if offers_group(lines, e)})
            for first, last in spans:
                inside = [e for e in found.entries if first <= e.line <= last]
                yield self.report(document, lines, first, last, inside)

    def is_list(self, found: ContactList) -> bool:
        """Whether most of its entries can be joined or written to, and they are several."""
        entries = found.entries
        groups = sum(e.group and (e.of_chat or e.identifier.form != "phone") for e in entries)
        chats = sum(e.of_chat or (e.group and e.identifier.form != "phone") for e in entries)
        named = len({e.label.name for e in entries if e.label.name})
        if 2 * chats >= len(entries) and ((groups and chats >= 2) or (chats >= 3 and named >= 3)):
            return True
        return self.phones and named >= 3

    def report(
        self, document: Document, lines: Lines, first: int, last: int, entries: Sequence[Entry]
    ) -> Finding:
        kinds = Counter(e.service or e.identifier.form for e in entries)
        counts = dict(sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0])))
        start, end = lines.starts[first], lines.ends[last]
        start += len(lines[first]) - len(lines[first].lstrip())
        return self.finding(
            place(document, start, end),
            self.say(
                "line" if len(entries) == 1 else "list",
                count=len(entries),
                kinds=", ".join(counts),
                first=lines[first].strip()[:20],
            ),
            evidence={"entries": len(entries), "kinds": counts},
            fix=Fix(Safety.UNSAFE, self.say("remove"), (remove_lines(document, first, last),)),
        )


def offers_group(lines: Lines, entry: Entry) -> bool:
    """Whether a line is short and does nothing but offer a group: “读者QQ群：123456789（已满）”."""
    start = lines.starts[entry.line]
    line = folded(lines[entry.line])
    reachable = entry.of_chat or entry.identifier.form in ("number", "handle")
    if not reachable or len(ADDRESS.compiled.sub("", line).strip()) > LONGEST_OFFER:
        return False
    before, after = line[: entry.start - start], line[entry.end - start :]
    return OFFER.search(before) is not None and OFFERED.fullmatch(after) is not None
