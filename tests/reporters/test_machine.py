"""`json` and `jsonl`: the shape that programs rely on, and that they can always read it."""

from __future__ import annotations

import io
import json

import pytest

from kanwu import __version__
from kanwu.engine.finding import Safety
from kanwu.reporters.base import reporter_for
from kanwu.reporters.summary import Summary


def test_every_key_is_there_in_the_documented_form(maker, report):
    make = maker("第一行\n中关村围绕围绕高端人才，\n聚焦高精尖", record="rows.jsonl:12#text")
    finding = make.finding(
        "围绕围绕",
        related=(make.related("聚焦", "goes on here"),),
        evidence={"word": "围绕"},
        safety=Safety.SAFE,
        write="围绕",
    )
    (line,) = report("jsonl", [finding]).splitlines()
    assert json.loads(line) == {
        "code": "WRD001",
        "name": "doubled-word",
        "severity": "warning",
        "message": "“围绕围绕” is doubled",
        "path": "文章.txt",
        "record": "rows.jsonl:12#text",
        "fingerprint": finding.fingerprint,
        "start": {"line": 2, "column": 4, "offset": 7},
        "end": {"line": 2, "column": 8, "offset": 11},
        "related": [
            {
                "path": "文章.txt",
                "record": "rows.jsonl:12#text",
                "start": {"line": 3, "column": 1, "offset": 17},
                "end": {"line": 3, "column": 3, "offset": 19},
                "message": "goes on here",
            }
        ],
        "evidence": {"word": "围绕"},
        "fix": {
            "safety": "safe",
            "title": "write “围绕”",
            "edits": [
                {
                    "start": {"line": 2, "column": 4, "offset": 7},
                    "end": {"line": 2, "column": 8, "offset": 11},
                    "text": "围绕",
                }
            ],
            "encoding": None,
        },
    }


def test_absent_things_are_null_or_empty(maker, report):
    told = json.loads(report("jsonl", [maker("围绕围绕").finding("围绕围绕")]))
    assert list(told) == [
        *("code", "name", "severity", "message", "path", "record", "fingerprint", "start", "end"),
        *("related", "evidence", "fix"),
    ]
    assert told["record"] is None
    assert told["fix"] is None
    assert told["related"] == []
    assert told["evidence"] == {}


def test_json_is_one_object_with_the_same_findings_and_a_summary(maker, report):
    make = maker("围绕围绕，来自来自")
    findings = [make.finding("围绕围绕"), make.finding("来自来自")]
    told = json.loads(report("json", findings))
    assert list(told) == ["version", "findings", "summary"]
    assert told["version"] == __version__
    assert told["findings"] == [json.loads(line) for line in report("jsonl", findings).splitlines()]
    assert told["summary"]["findings"] == 2


def test_json_without_findings_is_an_object_all_the_same(report):
    summary = Summary(3, 1234, unreadable=1, compared={"reused-identifier": 7}, seconds=0.25)
    assert json.loads(report("json", [], summary=summary)) == {
        "version": __version__,
        "findings": [],
        "summary": {
            "documents": 3,
            "characters": 1234,
            "unreadable": 1,
            "findings": 0,
            "severities": {"error": 0, "warning": 0, "info": 0},
            "codes": {},
            "fixable": 0,
            "fixable_unsafe": 0,
            "fixed": None,
            "compared": {"reused-identifier": 7},
            "suppressed": 0,
            "old": 0,
            "seconds": 0.25,
        },
    }
    assert report("jsonl", []) == ""


@pytest.mark.parametrize(
    "odd",
    [
        "\udce4\ud800",
        "\u2028",
        "\u2029",
        "\x85",
        "\x00",
        "\x1c",
        "\n",
        '"',
        "\\",
        "\u200b",
        "𠮷",
    ],
)
def test_any_character_survives_and_none_breaks_a_line(maker, report, odd):
    make = maker(f"甲{odd}乙", path=f"文{odd}.txt")
    finding = make.finding(f"甲{odd}乙", evidence={f"k{odd}": odd}, safety=Safety.SAFE, write=odd)
    text = report("jsonl", [finding])
    text.encode()
    (line,) = text.splitlines()
    told = json.loads(line)
    assert told["path"] == f"文{odd}.txt"
    assert told["evidence"] == {f"k{odd}": odd}
    assert told["fix"]["edits"][0]["text"] == odd
    assert json.loads(report("json", [finding]))["findings"] == [told]


def test_chinese_is_written_as_it_is(maker, report):
    assert "围绕围绕" in report("jsonl", [maker("围绕围绕").finding("围绕围绕")])


def test_evidence_that_json_lacks_is_told_as_text(maker, report):
    finding = maker("围绕围绕").finding("围绕围绕", evidence={"seen": {"甲"}, "pair": (1, 2)})
    assert json.loads(report("jsonl", [finding]))["evidence"] == {"seen": "{'甲'}", "pair": [1, 2]}


@pytest.mark.parametrize("format_name", ["json", "jsonl"])
def test_output_is_utf8_with_lf_whatever_the_locale(maker, format_name):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="\r\n")
    reporter = reporter_for(format_name)(stream)
    reporter.write([maker("围绕\udce4围绕").finding("围绕")])
    reporter.close(Summary(1, 5))
    stream.flush()
    written = raw.getvalue()
    assert "围绕".encode() in written
    assert b"\r" not in written
    json.loads(written)
