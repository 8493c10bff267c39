"""FIG003 across files: what one document cannot show."""

import json
from random import Random

import pytest

from kanwu.documents.document import Document
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.linting import Linter
from kanwu_rules.figures.reused_identifier import MOST_RELATED, ReusedIdentifier


def findings(files, order=None):
    rule = ReusedIdentifier()
    documents = [Document(text, path=path) for path, text in files.items()]
    store = RecordStore()
    for checked in Linter([rule]).check(order(documents) if order else documents):
        assert not checked.findings
        store.add(checked.records)
    return compare([rule], store)


A = "北京大学读书会：gh_63kh26cd\n武汉大学翻译组：gh_k28knfp3\n厦门大学天文社：wxe89428p9\n"
B = "重庆大学志愿者群：clubngc7kbdd\n天津大学校友群：wxe89428p9\n同济大学校友群：club6h63e3fb\n"


def test_one_account_under_two_names_in_two_files():
    (finding,) = findings({"a.txt": A, "b.txt": B})
    assert (finding.place.path, finding.place.start.line) == ("b.txt", 2)
    (other,) = finding.related
    assert (other.place.path, other.place.start.line) == ("a.txt", 3)
    message = str(finding.message)
    assert "“天津大学校友群”" in message
    assert "“厦门大学天文社”" in message
    assert "reused" in message
    assert finding.fix is None


def test_the_order_of_documents_does_not_matter():
    files = {"a.txt": A, "b.txt": B, "c.txt": A}
    expected = findings(files)
    assert expected
    for seed in range(3):
        shuffled = findings(files, lambda d, seed=seed: Random(seed).sample(d, len(d)))
        assert shuffled == expected


def test_related_places_are_capped_and_counted():
    files = {f"{n:02}.txt": A for n in range(30)} | {"z.txt": B}
    (finding,) = findings(files)
    assert len(finding.related) == MOST_RELATED
    assert finding.evidence["count"] == 31
    assert finding.evidence["labels"] == ["厦门大学天文社", "天津大学校友群"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("北京海归群：163984970\n上海海归群：203237940\n", "QQ群 北京海归 （163984970）\n"),
        ("北京海归群：163984970\n上海海归群：203237940\n", "客服QQ：163984970\n"),
        # A phone without its area code is another one in another town.
        (
            "电话\n办公室 66270001\n人事科 66270002\n财务科 66270003\n",
            "电话\n教务处 66270001\n保卫处 66270005\n后勤处 66270006\n",
        ),
        ("天津校友群：163984970\n", "津门校友群（原天津校友群）：163984970\n"),
    ],
)
def test_silent_across_files(one, other):
    assert not findings({"a.txt": one, "b.txt": other})


def test_a_phone_under_three_names_is_meant_for_all():
    lists = {
        f"{n}.txt": f"电话\n{name} 010-66270001\n甲{n}科 010-6627100{n}\n乙{n}科 010-6627200{n}\n"
        for n, name in enumerate(("教务处", "人事处", "财务处"))
    }
    assert not findings(lists)


def test_records_hold_what_json_holds():
    (checked,) = Linter([ReusedIdentifier()]).check([Document(A, path="a.txt")])
    assert len(checked.records) == 3
    for _, record in checked.records:
        assert json.loads(json.dumps(record.data)) == record.data
