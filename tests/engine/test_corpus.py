"""The corpus pass: the same findings whatever the order or the number of stores."""

import random
from typing import ClassVar

from kanwu.documents.document import Document
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.finding import place
from kanwu.engine.linting import Linter
from kanwu.engine.rule import CorpusRule, Record
from kanwu.engine.triggers import Literals


class SameWord(CorpusRule):
    """A corpus rule for tests: a word that stands in several documents."""

    code = "TST001"
    name = "same-word"
    where = (Literals("甲", "乙"),)
    messages: ClassVar = {"same": "“{word}” stands in {count} documents"}

    def collect(self, document, places):
        for start, end in places:
            yield Record(document.text[start:end], place(document, start, end), {})

    def compare(self, key, records):
        if len(records) > 1:
            yield self.finding(records[0].place, self.say("same", word=key, count=len(records)))


def findings(documents):
    rule = SameWord()
    store = RecordStore()
    for checked in Linter([rule]).check(documents):
        store.add(checked.records)
    return compare([rule], store)


def test_findings_do_not_depend_on_the_order_of_documents():
    documents = [Document(f"第{n}篇甲{'乙' * (n % 2)}", path=f"{n:02}.txt") for n in range(12)]
    expected = findings(documents)
    assert [str(f.message) for f in expected] == [
        "“甲” stands in 12 documents",
        "“乙” stands in 6 documents",
    ]
    shuffled = documents[:]
    random.Random(1).shuffle(shuffled)
    assert findings(shuffled) == expected


def test_alike_findings_in_one_document_have_different_fingerprints():
    from kanwu import check_text

    text = "围着\ufffd走。\n" * 3
    found = check_text(text, select=["ENC005"])
    prints = [f.fingerprint for f in found]
    assert len(set(prints)) == len(prints) == 3


def test_fingerprint_survives_moved_lines_and_not_a_changed_one():
    from kanwu import check_text

    (before,) = check_text("围着\ufffd走。\n", select=["ENC005"])
    (moved,) = check_text("一行。\n\n围着\ufffd走。\n", select=["ENC005"])
    (changed,) = check_text("绕着\ufffd走。\n", select=["ENC005"])
    assert before.fingerprint == moved.fingerprint != changed.fingerprint


def test_fingerprint_is_the_same_with_other_line_ends():
    unix, windows = Document("甲一。\n乙二。\n"), Document("甲一。\r\n乙二。\r\n")
    assert place(unix, 1, 5).anchor == place(windows, 1, 6).anchor
