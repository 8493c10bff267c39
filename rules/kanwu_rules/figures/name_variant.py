"""FIG004 name-variant."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Characters, CorpusRule, Good, Literals, Record, Related
from kanwu.engine.finding import span_of, whole_file
from kanwu_rules.contacts.labels import simplified
from kanwu_rules.figures.name_contexts import lead_of
from kanwu_rules.figures.name_forms import (
    difference,
    meeting,
    order,
    place_of,
    used_apart,
    weight,
)
from kanwu_rules.figures.names import names, vocabulary
from kanwu_rules.figures.pinyin import common_reading, sound_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

MOST_RELATED = 20
BESIDE = 12
"""Code points on each side of a name that are noted with it."""
MOST_COUNTED = 200
SOUND, SHAPE, MET = "sound ", "shape ", "met "
MOST_FORMS = 8
"""What is written in more ways than this is no name."""


class NameVariant(CorpusRule):
    """One name is written in two ways: one character differs, and sounds or looks the same.

    “广州麦伦信息科技有限公司” in one article and “广州麦仑信息科技有限公司” in another on the same event are
    one company, and one of the articles misspells it: whoever types pinyin picks the wrong character
    easily, and a machine takes 仓 for 仑. Compared are names of organisations (…有限公司, …大学), persons
    beside a title (记者王小明, 王小明同志), places (…村, …县), foreign names with a dot, and what stands in
    quotation marks or 《》; inside a document and across all documents of the run. The finding shows both
    forms with what stands beside them, and how many documents write it so. It picks no winner.

    **What it leaves alone.** Names that differ in more than one character, or in one of another sound
    and shape; what rests on numerals or on pairs that tell names apart (台州 and 泰州, 山西 and 陕西, 他 and
    她); the simplified and the traditional form of one name. Names in documents that have nothing else
    in common, since 李建军 and 李建君 may both live; names of two characters, since 张伟 and 张炜 surely do;
    two names that one document uses side by side.

    **Source.** Real articles on one event, of which two name a company with 伦 and with 仑. Readings are
    those of pypinyin's table.
    """

    code = "FIG004"
    name = "name-variant"
    where = (
        Literals(
            *(
                "有限公司",
                "有限责任公司",
                "集团",
                "大学",
                "学院",
                "研究院",
                "研究所",
                "委员会",
                "协会",
                "学会",
            ),
            *(
                "基金会",
                "医院",
                "中学",
                "小学",
                "出版社",
                "银行",
                "实验室",
                "联合会",
                "商会",
                "博物馆",
                "图书馆",
            ),
            *("俱乐部", "事务所", "开发区", "示范区", "新区", "科技园", "产业园"),
            *(
                "记者",
                "院士",
                "教授",
                "主席",
                "总统",
                "总理",
                "部长",
                "书记",
                "市长",
                "省长",
                "县长",
                "董事长",
            ),
            *(
                "总经理",
                "院长",
                "校长",
                "主任",
                "局长",
                "总裁",
                "创始人",
                "研究员",
                "教练",
                "队长",
                "导演",
                "演员",
            ),
            *(
                "作家",
                "诗人",
                "画家",
                "律师",
                "法官",
                "发言人",
                "负责人",
                "委员长",
                "运动员",
                "选手",
                "村民",
                "医生",
            ),
            *("博士", "同志", "先生", "女士", "烈士", "将军"),
        ),
        Characters("“《「『·・村县縣镇鎮港河江湖山"),
    )
    fewest = 2
    messages: ClassVar[Mapping[str, str]] = {
        "sound": "“{name}” here is “{other}” elsewhere: one character differs and sounds the same "
        "({character} and {other_character}, both {reading}), so one of them may be misspelt",
        "shape": "“{name}” here is “{other}” elsewhere: one character differs and looks much the same "
        "({character} and {other_character}), so one of them may be misspelt",
        "sound-counted": "“{name}” here (in documents: {count}) is “{other}” elsewhere (in documents: "
        "{others}): one character differs and sounds the same ({character} and {other_character}, both "
        "{reading}), so one of them may be misspelt",
        "shape-counted": "“{name}” here (in documents: {count}) is “{other}” elsewhere (in documents: "
        "{others}): one character differs and looks much the same ({character} and {other_character}), so "
        "one of them may be misspelt",
        "also": "it is “{name}” here",
    }
    examples = (
        Bad(
            "参展企业广州麦仑信息科技有限公司负责人告诉记者，公司需要人才。",
            finds=("广州麦仑信息科技有限公司",),
            beside=("参展企业广州麦伦信息科技有限公司负责人表示，企业希望吸引人才。",),
        ),
        Bad(
            "新桥昨天通车。市交通局局长陈建辉说，新桥将缩短路程。陈建晖同志还感谢了工人。",
            finds=("陈建晖",),
        ),
        Bad(
            "江边机械制造有限公司今天开工。江边机戒制造有限公司的新厂房有三层。"
            "江边机械制造有限公司去年迁来。",
            finds=("江边机戒制造有限公司",),
        ),
        Good(
            "记者李建君从市里获悉，路灯换新。",
            beside=("选手李建军获得冠军，观众鼓掌。",),
        ),
        Good("台州学院与泰州学院结对。", beside=("泰州学院迎来新生。",)),
        Good("广州市第一中学和广州市第二中学同时开学。"),
        Good("广州市科学技术协会开会。", beside=("杭州市科学技术协会开会。",)),
    )

    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:
        text = document.text
        read = list(names(text, places))
        if not read:
            return
        found = {name.text: name for name in reversed(read)}
        # In a long list of names it would take too long to look for each of them in the whole text.
        times = Counter(name.text for name in read) if len(found) > MOST_COUNTED else None
        shapes, lead = vocabulary().shapes, lead_of(text)
        whole = whole_file(document.path, document.record)
        for name in found.values():
            written = name.text
            start, end = span_of(document, name.start, name.end)
            data = {
                "name": written,
                "kind": name.kind,
                "at": [*start, *end] if document.origin else list(start),
                "before": text[max(0, name.start - BESIDE) : name.start],
                "after": text[name.end : name.end + BESIDE],
                "times": times[written] if times else text.count(written),
                "lead": lead,
            }
            yield Record(SOUND + sound_of(written), whole, data)
            if not shapes.keys().isdisjoint(written):
                yield Record(SHAPE + "".join(shapes.get(c, c) for c in written), whole, data)

    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding | Record]:
        if key.startswith(MET):
            yield self._tell(records)
            return
        forms: dict[str, list[Record]] = {}
        for record in records:
            forms.setdefault(record.data["name"], []).append(record)
        if not 1 < len(forms) <= MOST_FORMS:
            return
        for one, other in combinations(forms, 2):
            at = difference(one, other)
            if at is None or one[at] + other[at] in vocabulary().distinct:
                continue
            sound = common_reading(one[at]) if key.startswith(SOUND) else ""
            if not sound and common_reading(one[at]) == common_reading(other[at]):
                continue  # told under the key of its sound
            if simplified(one) == simplified(other) or used_apart(forms[one], forms[other]):
                continue
            context = meeting(forms[one], forms[other])
            if context:
                yield from met(forms[one], forms[other], at, {"sound": sound, "context": context})

    def _tell(self, records: Sequence[Record]) -> Finding:
        """One finding for two forms, though they may be parts of several names: 雄安新区, 河北雄安新区."""
        shortest = min(
            (record.data["name"] for record in records), key=lambda name: (len(name), name)
        )
        variant = next(r.data["other"] for r in records if r.data["name"] == shortest)
        forms = {
            name: [r for r in records if r.data["name"] == name] for name in (shortest, variant)
        }
        # The finding stands where the rarer form is; of two as rare, at the later one.
        later, earlier = sorted(forms, key=lambda name: order(forms[name][0]), reverse=True)
        most, rare = later, earlier
        if weight(forms[later]) <= weight(forms[earlier]):
            most, rare = earlier, later
        at = difference(most, rare) or 0
        here, *more = forms[rare]
        counts = {name: weight(forms[name])[0] for name in (most, rare)}
        documents = {record.place.path for record in records}
        said = "sound" if here.data["sound"] else "shape"
        return self.finding(
            place_of(here),
            self.say(
                f"{said}-counted" if sum(counts.values()) > 2 else said,
                name=rare,
                other=most,
                character=rare[at],
                other_character=most[at],
                reading=here.data["sound"],
                count=counts[rare],
                others=counts[most],
            ),
            related=[
                Related(place_of(record), self.say("also", name=record.data["name"]))
                for record in [*forms[most], *more][:MOST_RELATED]
            ],
            evidence={
                "shared": len(most) - 1,
                "context": here.data["context"],
                "documents": counts,
            },
            documents=sorted(documents),
        )


def met(
    one: Sequence[Record], other: Sequence[Record], at: int, data: Mapping[str, str]
) -> Iterator[Record]:
    """The records of two forms of one name, under a key of what stands around the difference."""
    names = one[0].data["name"], other[0].data["name"]
    key = MET + " ".join(sorted(name[max(0, at - 1) : at + 2] for name in names))
    for record in (*one, *other):
        name = record.data["name"]
        variant = names[0] if name == names[1] else names[1]
        yield Record(key, record.place, {**record.data, **data, "other": variant})
