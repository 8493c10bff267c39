"""name-variant: what a finding shows, and what names are read."""

from kanwu import Characters, Document, Literals
from kanwu.engine.corpus import RecordStore, compare
from kanwu_rules.figures.name_variant import NameVariant
from kanwu_rules.figures.names import names, vocabulary

REPORT = "参展企业{}负责人告诉记者，公司需要人才。"


def findings(*texts):
    rule, store = NameVariant(), RecordStore()
    for number, text in enumerate(texts):
        document = Document(text, path=f"{number}.txt")
        records = rule.collect(document, places(text))
        store.add(("name-variant", record) for record in records)
    return compare([rule], store)


def places(text):
    return sorted({span for trigger in NameVariant.where for span in trigger.find(text)})


def read(text):
    return [name.text for name in names(text, places(text))]


def test_the_rule_is_called_for_what_its_table_reads():
    words, marks = NameVariant.where
    assert isinstance(words, Literals)
    assert isinstance(marks, Characters)
    readers = vocabulary().readers
    assert {word for word in readers if len(word) > 1} == words.given
    assert all(mark in marks.characters for mark in readers if len(mark) == 1)


def test_the_majority_is_shown_and_the_finding_stands_at_the_rarer_form():
    one, other = "广州麦伦信息科技有限公司", "广州麦仑信息科技有限公司"
    (finding,) = findings(*(REPORT.format(name) for name in (one, other, one)))
    assert finding.place.path == "1.txt"
    assert finding.place.excerpt.inside == other
    assert finding.evidence["documents"] == {one: 2, other: 1}
    assert "(in documents: 1)" in str(finding.message)
    assert [also.place.path for also in finding.related] == ["0.txt", "2.txt"]
    assert finding.documents == ("0.txt", "1.txt", "2.txt")


def test_a_place_made_from_a_record_is_the_place_in_the_text():
    text = "第一行\n第二行，" + REPORT.format("广州麦仑信息科技有限公司")
    (finding,) = findings(text, REPORT.format("广州麦伦信息科技有限公司") * 2)
    start, end = finding.place.start, finding.place.end
    assert text[start.offset : end.offset] == "广州麦仑信息科技有限公司"
    assert (start.line, start.column) == (2, text.index("广州") - text.index("第二行") + 1)


def test_one_slip_is_told_once_though_it_stands_in_several_names():
    lead = "江城考察\n一行人在{0}考察，河北{0}、深入推进{0}建设。他们沿着新修的街道步行，看了三处工地。"
    assert len(findings(lead.format("雄安新区"), lead.format("雄鞍新区"))) == 1


def test_names_are_read_beside_titles_and_at_their_ends():
    assert read("记者王小明说，院士徐宗本也来了。") == ["王小明", "徐宗本"]
    assert read("来自广州麦仑信息科技有限公司") == ["广州麦仑信息科技有限公司"]
    assert read("丰台区永定河畔的杰克·佩里先生") == ["永定河", "杰克·佩里"]
    assert read("记者了解到，同志们好，各村都好，“好”") == []
