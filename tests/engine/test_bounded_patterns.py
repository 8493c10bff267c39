"""Patterns of users: folded as the lines are, and given up when they take too long."""

import time

import pytest

from kanwu.documents.document import Document
from kanwu.engine import linting
from kanwu.engine.bounded_patterns import SECONDS, SECONDS_OF_SLOW, BoundedPattern
from kanwu.engine.declared_rules import declare
from kanwu.engine.finding import Severity
from kanwu.engine.internal import PatternTimeoutError
from kanwu.engine.line_phrases import read_phrases
from kanwu.engine.linting import Linter

ENDLESS = {
    "(x+x+)+y": "x" * 5_000,
    "(?:x|x)+$": "x" * 5_000 + "z",
    "^(.*?,){25}z": ("1," * 400),
}


@pytest.mark.parametrize("source", ENDLESS)
def test_a_pattern_without_end_is_given_up(source):
    with pytest.raises(PatternTimeoutError) as caught:
        BoundedPattern(source).search(ENDLESS[source])
    assert (caught.value.pattern, caught.value.seconds) == (source, SECONDS)


def test_many_slow_lines_are_given_up_as_one_without_end_is():
    slow = rule_with("(x+x+)+y")
    documents = [Document(("x" * 90 + "\n") * 3_000, path=name) for name in "甲乙"]
    begun = time.process_time()
    checked = list(Linter([slow]).check(documents))
    assert time.process_time() - begun < 10
    assert [[f.code for f in done.findings] for done in checked] == [["INT005"]] * 2
    assert f"{SECONDS_OF_SLOW} s" in str(checked[0].findings[0].message)


def test_a_sound_pattern_has_time_for_a_line_of_a_million():
    assert BoundedPattern("[0-9]{3}$").search("甲" * 1_000_000 + "123")


@pytest.mark.parametrize("source", ["(", "[", "(?<n>", "a{3,1}", "\\", "(?{1})", "*", "(" * 5_000])
def test_what_is_no_pattern_is_refused(source):
    with pytest.raises(ValueError, match=r"."):
        BoundedPattern(source)


def test_warnings_of_the_package_trouble_nobody(recwarn):
    BoundedPattern("[[a]").search("a")
    assert not recwarn.list


def rule_with(pattern, code="TST001"):
    table = read_phrases([{"pattern": pattern}], pattern=BoundedPattern)
    return declare(
        code=code,
        name=f"rule-{code.lower()}",
        page="甲。",
        message="“{line}”",
        severity=Severity.WARNING,
        default=True,
        removes=False,
        table=table,
        examples=(),
    )()


def test_the_run_goes_on_with_the_other_rules_and_documents():
    slow, quick = rule_with("(x+x+)+y|^甲"), rule_with("x$", "TST002")
    texts = ["甲", "甲\n" + "x" * 5_000 + "\n甲", "甲"]
    checked = list(Linter([slow, quick]).check([Document(t, path=t[-9:]) for t in texts]))
    assert [[f.code for f in done.findings] for done in checked] == [
        ["TST001"],
        ["INT005", "TST002"],
        ["TST001"],
    ]
    told = checked[1].findings[0]
    assert told.severity is Severity.ERROR
    for said in ("“(x+x+)+y|^甲”", "TST001 rule-tst001", "0.1 s", "“xxxxxxxxxxxxxxxxxxxx”"):
        assert said in str(told.message)
    assert told.place.path == texts[1][-9:]
    assert told.evidence == {"rule": "TST001", "pattern": "(x+x+)+y|^甲"}


def test_after_three_times_the_rule_is_left_out_of_this_part_of_the_run():
    slow = rule_with("(x+x+)+y")
    documents = [Document("x" * 5_000, path=str(n)) for n in range(50)]
    linter = Linter([slow])
    for _ in range(2):
        findings = [f for checked in linter.check(documents) for f in checked.findings]
        assert [f.place.path for f in findings] == ["0", "1", "2"]
        assert [f.message.id for f in findings] == [
            "slow-pattern/slow",
            "slow-pattern/slow",
            "slow-pattern/left",
        ]
    assert len(findings) == linting.TIMEOUTS
