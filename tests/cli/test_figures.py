"""`kanwu figures`: every claim with its reading."""

import csv
import io
import json

import pytest

from kanwu.cli import figures
from kanwu.engine.discovery import discover
from kanwu.engine.ledger import Entry, Ledger
from kanwu.policy.loading import Resolver
from kanwu.reporters import ledger
from kanwu.session.ledger import claimed
from kanwu.session.run import Request, plan

TEXT = "总投资1200多亿元，3月12日签约。\n"


def rows(done):
    assert b"Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_the_formats_are_those_of_the_reporter():
    assert figures.FORMATS == ledger.FORMATS == tuple(ledger.WRITERS)


def test_one_claim_a_line(kanwu):
    kanwu.put("a.txt", TEXT)
    done = kanwu("figures", ".", "--output-format", "jsonl")
    money, date = rows(done)
    assert done.returncode == 0
    assert money == {
        "path": "a.txt",
        "record": None,
        "start": {"line": 1, "column": 4, "offset": 3},
        "end": {"line": 1, "column": 11, "offset": 10},
        "surface": "1200多亿元",
        "kind": "money",
        "value": "120000000000",
        "relation": ">",
        "low": "120000000000",
        "high": "130000000000",
        "unit": "元",
        "counted": "总投资",
        "language": "zh",
    }
    assert (date["kind"], date["surface"]) == ("date", "3月12日")
    assert "2 figures in 1 document" in done.stderr.decode()


def test_a_table_for_people(kanwu):
    kanwu.put("a.txt", TEXT)
    shown = kanwu("figures", "a.txt").stdout.decode()
    assert "a.txt" in shown
    assert "1200多亿元" in shown
    assert "> 120000000000 (to 130000000000)" in shown


def test_comma_separated_values(kanwu):
    kanwu.put("a.txt", TEXT)
    done = kanwu("figures", "a.txt", "--output-format", "csv")
    head, money, *_ = csv.DictReader(io.StringIO(done.stdout.decode())), None
    found = list(head)
    assert money is None
    assert found[0]["surface"] == "1200多亿元"
    assert found[0]["start_line"] == "1"
    assert len(found) == 2


def test_identifiers_phones_and_versions(kanwu):
    kanwu.put(
        "a.txt",
        "江边读书会QQ群：163984971\n山里读书会QQ群：203237942\n\n"
        "咨询请拨打010-66271234，或写信到abc@example.org。书号ISBN 978-7-115-12345-9。\n"
        "软件已经升到v1.2.3，3.1版要到明年。\n",
    )
    found = [
        (row["kind"], row["surface"], row["value"], row["unit"], row["counted"])
        for row in rows(kanwu("figures", "a.txt", "--output-format", "jsonl"))
        if row["kind"] in ("id", "phone", "version")
    ]
    assert found == [
        ("id", "163984971", "163984971", "QQ", "江边读书会QQ群"),
        ("id", "203237942", "203237942", "QQ", "山里读书会QQ群"),
        ("phone", "010-66271234", "01066271234", "", ""),
        ("id", "abc@example.org", "abc@example.org", "mail", ""),
        ("id", "978-7-115-12345-9", "9787115123459", "ISBN", ""),
        ("version", "v1.2.3", "1.2.3", "", ""),
        ("version", "3.1", "3.1", "", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2020.12.19，第1.2.3节，占1.5%，地址192.168.1.1，V8发动机，比分3:2。\n",
        "用 fail2ban 保护 1024 台机器，订单编号见下。\n",
    ],
)
def test_what_is_no_identifier_and_no_version(kanwu, text):
    kanwu.put("a.txt", text)
    found = rows(kanwu("figures", "a.txt", "--output-format", "jsonl"))
    assert {row["kind"] for row in found}.isdisjoint(("id", "phone", "version"))


@pytest.mark.parametrize(
    ("text", "said"), [("今天天气很好。\n", "no figures in 1 document"), (None, "No documents")]
)
def test_nothing_found_is_said(kanwu, text, said):
    if text:
        kanwu.put("a.txt", text)
    done = kanwu("figures", ".")
    assert (done.returncode, done.stdout) == (0, b"")
    assert said in done.stderr.decode()


def test_standard_input(kanwu):
    (row,) = rows(kanwu("figures", "-", "--output-format", "jsonl", stdin="来了5个人".encode()))
    assert (row["path"], row["value"]) == ("-", "5")


def test_a_missing_file_is_wrong_use_and_the_rest_is_read(kanwu):
    kanwu.put("a.txt", TEXT)
    done = kanwu("figures", "a.txt", "b.txt", "--output-format", "jsonl")
    assert done.returncode == 2
    assert len(rows(done)) == 2
    assert "b.txt" in done.stderr.decode()


def test_exclude_and_quiet(kanwu):
    kanwu.put("a.txt", TEXT)
    kanwu.put("b.txt", TEXT)
    done = kanwu("figures", ".", "--exclude", "b.txt", "-q", "--output-format", "jsonl")
    assert {row["path"] for row in rows(done)} == {"a.txt"}
    assert done.stderr == b""


def test_undecodable_bytes_are_no_obstacle(kanwu):
    kanwu.put("a.txt", "来了5个\n".encode() + b"\xff\xfe\xff" + "6个\r\n".encode())
    for form in figures.FORMATS:
        done = kanwu("figures", "a.txt", "--output-format", form)
        assert done.returncode == 0
        assert b"Traceback" not in done.stderr


def test_a_plugin_adds_to_the_ledger(kanwu, plugin_environment):
    kanwu.put("a.txt", "见§12，共5个人。\n")
    found = rows(kanwu("figures", ".", "--output-format", "jsonl", env=plugin_environment))
    assert [(row["surface"], row["kind"]) for row in found] == [("§12", "id"), ("5个", "count")]


def test_a_crash_costs_one_document_and_is_told(kanwu):
    class Broken(Ledger):
        def entries(self, document):
            if "坏" in document.text:
                raise ValueError("no")
            yield Entry(0, 1, "count", "1", "=", "1", "1", "", "", "zh")

    paths = tuple(str(kanwu.put(name, text)) for name, text in [("a.txt", "坏"), ("b.txt", "好")])
    unread = []
    planned = plan(Request(paths), Resolver(discover(), isolated=True))
    read = list(claimed(planned, [Broken()], unread.append))
    assert [len(entries) for _, entries in read] == [1]
    assert "ValueError: no" in unread[0].reason
