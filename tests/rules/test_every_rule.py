"""What every rule must keep: its page, its examples, and its four piles of cases.

A pile is a table of `tests/cases/<rule-name>.toml`: `wild` (seen in real documents), `negative` (must
stay silent), `synthetic`, and `known-failure` (must fail until somebody mends the rule).
"""

import tomllib
from pathlib import Path

import pytest

from kanwu.documents.document import Document, Encoding
from kanwu.engine.discovery import discover
from kanwu.engine.housekeeping import HOUSEKEEPING_RULES
from kanwu.engine.internal import INTERNAL_RULES
from kanwu.testing import accepted, run, verify

CATALOGUE = discover()
RULES = [rule for rule in CATALOGUE if rule not in (*INTERNAL_RULES, *HOUSEKEEPING_RULES)]
PILES = ("wild", "negative", "synthetic", "known-failure")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_keeps_the_contract(rule):
    verify(rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_bears_undecodable_bytes(rule):
    for example in rule.examples:
        damaged = "\udcff" + example.text.replace("。", "\udcff。").replace(
            "\n", "\udcff\n\udcff\n"
        )
        run(rule(), Document(damaged + "\n\udcff\n" + example.text), example.beside)


def cases():
    for path in sorted((Path(__file__).parents[1] / "cases").glob("*.toml")):
        piles = tomllib.loads(path.read_text(encoding="utf-8"))
        assert set(piles) <= set(PILES), f"{path.name}: unknown pile {set(piles) - set(PILES)}"
        for pile, entries in piles.items():
            for number, case in enumerate(entries, 1):
                marks = [pytest.mark.xfail(strict=True)] if pile == "known-failure" else []
                yield pytest.param(
                    path.stem, pile, case, id=f"{path.stem}-{pile}-{number}", marks=marks
                )


@pytest.mark.parametrize(("name", "pile", "case"), list(cases()))
def test_case(name, pile, case):
    rule = CATALOGUE.find(name)
    assert rule is not None, f"tests/cases/{name}.toml names no rule"
    assert set(case) <= {
        "text",
        "finds",
        "fixed",
        "markup",
        "options",
        "note",
        "beside",
        "encoding",
    }
    encoding = Encoding(case.get("encoding", "utf-8"))
    document = Document(case["text"], markup=case.get("markup", "plain"), encoding=encoding)
    result = run(rule(accepted(rule, case.get("options", {}))), document, case.get("beside", ()))
    found = [case["text"][f.place.start.offset : f.place.end.offset] for f in result.findings]
    assert found == case.get("finds", [])
    assert pile != "negative" or not found
    if "fixed" in case:
        assert result.fixed == case["fixed"]
