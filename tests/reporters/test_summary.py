"""The closing line, the counts behind it, and `--statistics`."""

from __future__ import annotations

import json
import re

import pytest

from kanwu.engine.finding import Safety, Severity
from kanwu.reporters.summary import RuleCount, Summary, Tally, closing

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

COUNTS = (
    RuleCount("WRD001", "doubled-word", WARNING, 12, 3, 2),
    RuleCount("ENC005", "replacement-character", ERROR, 2, 0, 0),
)


@pytest.mark.parametrize(
    ("summary", "line"),
    [
        (Summary(), "No documents found: nothing was checked"),
        (Summary(1, 1), "Checked 1 document (1 character): no findings"),
        (Summary(5, 12345), "Checked 5 documents (12,345 characters): no findings"),
        (
            Summary(5, 12345, compared={"reused-identifier": 1200, "repeated-paragraph": 34}),
            "Checked 5 documents (12,345 characters, 1,234 items compared): no findings",
        ),
        (
            Summary(5, 12345, COUNTS),
            (
                "Checked 5 documents (12,345 characters): 14 findings (2 errors, 12 warnings), "
                "3 fixable with `kanwu fix`, 2 more with --unsafe-fixes"
            ),
        ),
        (
            Summary(1, 9, (RuleCount("TRU001", "split-paragraph", INFO, 1, 0, 1),)),
            (
                "Checked 1 document (9 characters): 1 finding (1 info), "
                "1 fixable with `kanwu fix --unsafe-fixes`"
            ),
        ),
        (
            Summary(0, 0, unreadable=1),
            "Nothing was checked: 1 file could not be read",
        ),
        (
            Summary(2, 10, unreadable=2),
            "Checked 2 documents (10 characters): no findings, 2 files could not be read",
        ),
        (
            Summary(2, 10, fixed=1200),
            "fixed 1,200, left 0\nChecked 2 documents (10 characters): no findings",
        ),
    ],
)
def test_the_closing_line_says_how_much_was_checked(summary, line):
    assert closing(summary) == line


def test_colour_changes_nothing_but_colour():
    summary = Summary(2, 10, COUNTS, unreadable=1)
    coloured = closing(summary, color=True)
    assert "\x1b[1;31m2 errors\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == closing(summary)


def test_a_dry_run_says_what_would_be():
    line = closing(Summary(1, 5, COUNTS, fixed=3), dry_run=True)
    assert line.startswith("would fix 3, leave 14\n")


def test_a_tally_counts_what_fix_would_repair(maker):
    make = maker("围绕围绕")
    findings = [
        make.finding("围绕围绕"),
        make.finding("围绕围绕", safety=Safety.SAFE),
        make.finding("围绕围绕", safety=Safety.UNSAFE),
        make.finding("围绕围绕", safety=Safety.SHOWN),
        make.finding("围绕围绕", code="TRU009", severity=INFO, safety=Safety.SAFE),
    ]
    tally, chosen = Tally(), Tally(frozenset({"TRU009"}))
    tally.add(findings[:2])
    tally.add(findings[2:])
    chosen.add(findings)
    assert tally.counts() == (
        RuleCount("WRD001", "doubled-word", WARNING, 4, 1, 1),
        RuleCount("TRU009", "other-defect", INFO, 1, 0, 0),
    )
    assert chosen.counts()[1].fixable == 1


def test_statistics_are_a_table_of_counts(report):
    summary = Summary(5, 12345, COUNTS)
    for format_name in ("full", "concise"):
        assert report(format_name, [], statistics=True, summary=summary) == (
            "12  WRD001  doubled-word           warning  [*] 3 fixable, 2 with --unsafe-fixes\n"
            " 2  ENC005  replacement-character  error\n"
        )
    assert report("full", [], statistics=True) == ""


def test_statistics_for_programs(report, maker):
    make = maker("围绕围绕")
    findings = [make.finding("围绕围绕", safety=Safety.SAFE)] * 3
    row = {
        "code": "WRD001",
        "name": "doubled-word",
        "severity": "warning",
        "findings": 3,
        "fixable": 3,
        "fixable_unsafe": 0,
    }
    assert json.loads(report("jsonl", findings, statistics=True)) == row
    told = json.loads(report("json", findings, statistics=True))
    assert told["statistics"] == [row]
    assert told["summary"]["codes"] == {"WRD001": 3}
    assert json.loads(report("json", [], statistics=True))["statistics"] == []
    assert report("jsonl", [], statistics=True) == ""
