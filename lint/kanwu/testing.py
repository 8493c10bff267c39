"""A test kit for rules: what every rule must keep, whoever wrote it.

`verify(rule_class)` runs all checks and raises AssertionError with what is wrong; the built-in rules
are tested with it too. `verify_rule_file(path)` checks the rules that a TOML file declares.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kanwu.documents.document import Document, Encoding
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.declared_rules import DeclaredRule
from kanwu.engine.discovery import discover
from kanwu.engine.linting import Linter
from kanwu.engine.rule import AnyRule, Bad, Good
from kanwu.fixes.applying import applicable, apply_edits, repair
from kanwu.policy.rule_files import read_rule_files, with_rule_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kanwu.engine.finding import Finding

LEAST_EXAMPLES = 3
PAGE_PARTS = ("**What it leaves alone.**",)


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule makes of one text."""

    findings: list[Finding]
    fixed: str
    """The text after all its fixes, unsafe ones too."""
    encoding: Encoding
    """That of the document after its fixes."""


def run(rule: AnyRule, document: Document, beside: Sequence[str] = ()) -> Result:
    """Run one rule alone over one document, beside other texts, and apply all its fixes."""
    linter = Linter([rule])
    # In the order of paths the others come first.
    others = [Document(text, path=f"({number})") for number, text in enumerate(beside, 1)]
    *_, checked = everything = list(linter.check([*others, document]))
    store = RecordStore()
    for one in everything:
        store.add(one.records)
    found = compare([rule], store)
    findings = checked.findings + [f for f in found if f.place.path == document.path]
    for finding in findings:
        assert not finding.code.startswith("INT"), str(finding.message)
        check_finding(finding, document)
    admitted = applicable(unsafe=True, chosen=frozenset([rule.code]))
    repaired = repair(document, linter, admitted)
    assert repaired.unstable is None, str(repaired.unstable)
    return Result(findings, repaired.document.text, repaired.document.encoding)


def verify(rule: type[AnyRule]) -> None:
    """Check a rule's attributes, its page, its messages and all its examples."""
    verify_attributes(rule)
    verify_page(rule)
    for example in rule.examples:
        verify_example(rule, example)


def verify_rule_file(path: str | os.PathLike[str]) -> None:
    """Check the rules that a file declares: that it can be used, and that its examples are true.

    Raises AssertionError for an example and ConfigurationError for anything else.
    """
    catalogue = with_rule_files(discover(), read_rule_files([os.fspath(path)], os.getcwd()))
    for rule in catalogue:
        if issubclass(rule, DeclaredRule):
            verify_declared(rule)


def verify_declared(rule: type[DeclaredRule]) -> None:
    """Check that a declared rule finds what is bad, that its fix removes that, and no more."""
    for example in rule.examples:
        if isinstance(example, Good):
            verify_example(rule, example)
            continue
        result = run(rule(), Document(example.text))
        assert result.findings, f"{rule.code} finds nothing in the bad example {example.text!r}"
        assert example.fixed in {None, result.fixed}, (
            f"{rule.code} makes {result.fixed!r} and not {example.fixed!r} of {example.text!r}"
        )
        if rule.safety is not None:
            left = run(rule(), Document(result.fixed)).findings
            assert not left, f"{rule.code} still finds something in {result.fixed!r}"


def verify_attributes(rule: type[AnyRule]) -> None:
    """The code and the name have their form, and there are examples enough."""
    family, number = rule.code[:3], rule.code[3:]
    assert family.isalpha() and family.isupper() and len(number) == 3 and number.isdigit(), (
        f"{rule.code}: a code is three capital letters and three digits"
    )
    assert rule.name == rule.name.lower() and rule.name.replace("-", "").isalnum(), (
        f"{rule.name}: a name is in kebab-case"
    )
    for kind in (Bad, Good):
        count = sum(isinstance(example, kind) for example in rule.examples)
        assert count >= LEAST_EXAMPLES, (
            f"{rule.code} has {count} {kind.__name__} examples, at least {LEAST_EXAMPLES} are needed"
        )


def verify_page(rule: type[AnyRule]) -> None:
    """The docstring is a page: a sentence for the index, and what the rule leaves alone."""
    page = rule.page()
    assert rule.summary().endswith("."), f"{rule.code}: the first line of the page is one sentence"
    for part in PAGE_PARTS:
        assert part in page, f"{rule.code}: the page says nothing under {part}"
    hidden = {c for c in page if not c.isprintable() and c != "\n"}
    assert not hidden, f"{rule.code}: write invisible characters of the page as U+XXXX: {hidden!r}"


def verify_example(rule: type[AnyRule], example: Bad | Good) -> None:
    """A good example has no finding; a bad one has those it names, and its fixes give its text."""
    encoding = Encoding(example.encoding)
    document = Document(example.text, markup=example.markup, encoding=encoding)
    result = run(rule(accepted(rule, example.options)), document, example.beside)
    texts = tuple(example.text[f.place.start.offset : f.place.end.offset] for f in result.findings)
    if isinstance(example, Good):
        assert not texts, f"{rule.code} finds {texts!r} in the good example {example.text!r}"
        return
    assert texts, f"{rule.code} finds nothing in the bad example {example.text!r}"
    expected = example.finds if example.finds is not None else texts[:1]
    assert texts == expected, (
        f"{rule.code} finds {texts!r} and not {expected!r} in {example.text!r}"
    )
    wanted = example.text if example.fixed is None else example.fixed
    assert result.fixed == wanted, (
        f"{rule.code} makes {result.fixed!r} and not {wanted!r} of {example.text!r}"
    )
    if example.fixed is not None:
        again = run(
            rule(accepted(rule, example.options)), document.with_text(result.fixed, result.encoding)
        )
        assert again.fixed == result.fixed, f"{rule.code}: fixing twice changes {example.text!r}"


def accepted(rule: type[AnyRule], options: Mapping[str, Any]) -> dict[str, Any]:
    """Options as they come out of a configuration file."""
    known = rule.options()
    return {name: known[name].accept(value) for name, value in options.items()}


def check_finding(finding: Finding, document: Document) -> None:
    """The finding's place and its edits lie inside the text, and its edits do not overlap."""
    size = len(document.text)
    places = [finding.place, *(r.place for r in finding.related if r.place.path == document.path)]
    for place in places:
        assert 0 <= place.start.offset <= place.end.offset <= size, f"{finding.code}: {place}"
    assert str(finding.message)
    if finding.fix is not None:
        assert finding.fix.edits or finding.fix.encoding, f"{finding.code}: a fix that does nothing"
        assert str(finding.fix.title)
        apply_edits(document.text, finding.fix.edits)
