"""A test kit for rules: what every rule must keep, whoever wrote it.

`verify(rule_class)` makes all checks but that of time and raises AssertionError with what is wrong; the
built-in rules are tested with it too. `verify_growth(rule_class)` measures. `plugin_rules(package)` gives
the rules of a package, to be tested one by one, and `verify_rule_file(path)` checks the rules that a TOML
file declares.
"""

from __future__ import annotations

import io
import json
import os
import time
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from string import Formatter
from typing import TYPE_CHECKING, Any

from kanwu.analysis.lines import Lines
from kanwu.documents.document import Document, Encoding
from kanwu.documents.tables import read_table
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.declared_rules import DeclaredRule
from kanwu.engine.discovery import check_form, discover, rules_in
from kanwu.engine.linting import Linter
from kanwu.engine.rule import AnyRule, Bad, Good
from kanwu.engine.translation import LANGUAGES, SHARED, folder_of, texts
from kanwu.fixes.applying import applicable, apply_edits, repair
from kanwu.policy.rule_files import read_rule_files, with_rule_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kanwu.engine.finding import Finding, Message, Place
    from kanwu.engine.rule import Record

LEAST_EXAMPLES = 3
TRANSLATED = {"summary", "page", "messages", "options", "sentences", "terms"}
PAGE_PARTS = ("**What it leaves alone.**", "**Source.**")
SIZES = (20_000, 80_000)
"""Code points of the texts between which the growth of time is measured."""
LARGEST_GROWTH = 9
"""By how much time may grow where the text grows by four; a quadratic rule takes sixteen times as long."""
NEGLIGIBLE = 0.1
"""Seconds that the larger text may take in any case: below them a measurement says little."""
MONOTONOUS = ("的", "x", " ", "\n", "（", '"', "1", ".", ">", "、", "，", "甲。\n", "a b\n")
"""Texts of one piece again and again, on which careless rules and patterns take for ever."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule makes of one text."""

    findings: list[Finding]
    fixed: str
    """The text after all its fixes, unsafe ones too."""
    encoding: Encoding
    """That of the document after its fixes."""


def run(rule: AnyRule, document: Document, beside: Sequence[str] = ()) -> Result:
    """Run one rule alone over one document, beside other texts, and apply all its fixes.

    Raises AssertionError where it crashes, prints, finds something else the second time, or where a finding,
    an edit or a record is not as it must be.
    """
    with redirect_stdout(io.StringIO()) as printed:
        linter = Linter([rule])
        findings = _findings(linter, rule, document, beside)
        for finding in findings:
            assert not finding.code.startswith("INT"), str(finding.message)
            check_finding(finding, document)
        again = _findings(linter, rule, document, tuple(reversed(beside)), merged_backwards=True)
        assert again == findings, f"{rule.code} finds something else the second time"
        admitted = applicable(unsafe=True, chosen=frozenset([rule.code]))
        repaired = repair(document, linter, admitted)
        assert repaired.unstable is None, str(repaired.unstable)
    assert not printed.getvalue(), f"{rule.code} prints {printed.getvalue()!r}"
    return Result(findings, repaired.document.text, repaired.document.encoding)


def _findings(
    linter: Linter,
    rule: AnyRule,
    document: Document,
    beside: Sequence[str],
    *,
    merged_backwards: bool = False,
) -> list[Finding]:
    """What a rule finds in a document, beside others whose paths come before."""
    number_of = len(beside) + 1 if merged_backwards else 0
    others = [
        Document(text, path=f"({abs(number_of - number)})") for number, text in enumerate(beside, 1)
    ]
    *_, checked = everything = list(linter.check([*others, document]))
    store = RecordStore()
    for one in reversed(everything) if merged_backwards else everything:
        for _, record in one.records:
            check_record(record, rule)
        store.add(one.records)
    found = compare([rule], store)
    return checked.findings + [
        f for f in found if f.place.path == document.path or f.code != rule.code
    ]


def verify(rule: type[AnyRule]) -> None:
    """Check a rule's attributes, its page, its messages, their translations and all its examples.

    The examples are also tried behind an emoji, with the line ends of Windows, and with bytes in them that
    could not be decoded: what is found may differ there, but nothing may crash or lie outside of the text.
    """
    verify_attributes(rule)
    verify_page(rule)
    verify_messages(rule)
    verify_translations(rule)
    for example in rule.examples:
        verify_example(rule, example)
        verify_bearing(rule, example)


def plugin_rules(package: str) -> list[type[AnyRule]]:
    """The rules of an importable package, in order of their codes, as kanwu finds them."""
    return sorted(rules_in(import_module(package)), key=lambda rule: rule.code)


def verify_bearing(rule: type[AnyRule], example: Bad | Good) -> None:
    """The rule bears the text of an example in other circumstances."""
    text = example.text
    damaged = text.replace("。", "\udcff。").replace("\n", "\udcff\n\udcff\n")
    for other in (
        f"😀𠮷\n\n{text}\n\n😀",
        text.replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n",
        f"\udcff{damaged}\n\udcff\n{text}",
    ):
        document = Document(other, markup=example.markup)
        run(rule(accepted(rule, example.options)), document, example.beside)


def verify_growth(rule: type[AnyRule]) -> None:
    """The time that a rule takes grows no faster than the text: on its own examples and on odd texts.

    Processor time, the best of three measurements each; time that is negligible counts for nothing. Raises
    AssertionError naming the text. To be run where little else runs.
    """
    pieces = ["\n\n".join([*(e.text for e in rule.examples), ""]), *MONOTONOUS]
    for piece in filter(None, pieces):
        small, large = (_seconds(rule, piece * (size // len(piece) + 1)) for size in SIZES)
        assert large < max(NEGLIGIBLE, LARGEST_GROWTH * small), (
            f"{rule.code} takes {small:.3f} s for {SIZES[0]:,} code points of {piece[:20]!r} again and "
            f"again, and {large:.3f} s for {SIZES[1]:,}"
        )


def _seconds(rule: type[AnyRule], text: str) -> float:
    best = float("inf")
    for _ in range(3):
        linter, document = Linter([rule()]), Document(text)
        started = time.process_time()
        list(linter.check([document]))
        best = min(best, time.process_time() - started)
        if best < NEGLIGIBLE / LARGEST_GROWTH:
            break
    return best


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
    if not rule.code.startswith(("INT", "SUP")):
        check_form(rule)
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


def verify_messages(rule: type[AnyRule]) -> None:
    """Every message is a text whose braces hold names, so that it can be told in another language."""
    assert rule.messages, f"{rule.code} has no messages"
    for key, template in rule.messages.items():
        assert template.strip(), f"{rule.code}: the message {key} is empty"
        try:
            fields = [field for _, field, _, _ in Formatter().parse(template) if field is not None]
        except ValueError as error:
            raise AssertionError(f"{rule.code}: the message {key}: {error}") from None
        wrong = [field for field in fields if not field.partition(".")[0].isidentifier()]
        assert not wrong, f"{rule.code}: the message {key} has {{{wrong[0]}}} in place of a name"


def verify_translations(rule: type[AnyRule]) -> None:
    """The translations beside the rule, if there are any, are of texts that it has."""
    folder = folder_of(rule)
    for language in LANGUAGES:
        path = os.path.join(folder, language, f"{rule.name}.toml")
        if not os.path.exists(path):
            continue
        own = read_table(path, os.path.basename(path))
        assert set(own) <= TRANSLATED, f"{path}: unknown keys {set(own) - TRANSLATED}"
        assert bool(own.get("summary")) == bool(own.get("page")), (
            f"{path}: a page has a summary and a page"
        )
        shared = texts(folder, language, SHARED).get("messages", {})
        messages = {key: shared[key] for key in rule.messages.keys() & shared.keys()}
        for key, template in (messages | own.get("messages", {})).items():
            assert key in rule.messages, f"{path}: {rule.code} has no message {key}"
            expected, found = map(parameters_of, (rule.messages[key], template))
            assert expected == found, (
                f"{path}: the message {key} has the parameters {sorted(found)} "
                f"and not {sorted(expected)}"
            )
        strange = set(own.get("options", {})) - set(rule.options())
        assert not strange, f"{path}: {rule.code} has no options {sorted(strange)}"
        known = {word for template in rule.messages.values() for word in parameters_of(template)}
        for table in own.get("sentences", {}).values():
            for template, said in table.items():
                assert parameters_of(template) == parameters_of(said), f"{path}: {template}"
                known |= parameters_of(template)
        strange = {*own.get("terms", {}), *own.get("sentences", {})} - known
        assert not strange, f"{path}: no message has the parameters {sorted(strange)}"


def parameters_of(template: str) -> set[str]:
    """The parameters that a message names in braces."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


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
    """The finding's place and its edits lie inside the text, and its edits do not overlap.

    Lines and columns are those of the offsets, and what a report shows can be written as JSON.
    """
    for place in (finding.place, *(r.place for r in finding.related)):
        if place.path == document.path:
            check_place(place, document, finding.code)
    check_message(finding.message, finding.code)
    for related in finding.related:
        check_message(related.message, finding.code)
    _check_json(finding.evidence, f"{finding.code}: the evidence")
    if finding.fix is not None:
        assert finding.fix.edits or finding.fix.encoding, f"{finding.code}: a fix that does nothing"
        check_message(finding.fix.title, finding.code)
        apply_edits(document.text, finding.fix.edits)


def check_place(place: Place, document: Document, code: str) -> None:
    """The place lies inside the text, and its lines and columns are those of its offsets."""
    lines = document.get(Lines)
    start, end = place.start, place.end
    assert 0 <= start.offset <= end.offset <= len(document.text), f"{code}: {place}"
    assert (start, end) == (lines.locate(start.offset), lines.locate(end.offset)), (
        f"{code}: the lines and columns of {place} are not those of its offsets; use kanwu.place"
    )


def check_message(message: Message, code: str) -> None:
    """The message says something, and its parameters can be written as JSON."""
    assert str(message).strip(), f"{code}: the message {message.id} says nothing"
    _check_json(dict(message.parameters), f"{code}: the parameters of the message {message.id}")


def check_record(record: Record, rule: AnyRule) -> None:
    """The record has text for its keys, and data that can lie in an index."""
    for key in record.keys:
        assert isinstance(key, str) and key, f"{rule.code}: the key {key!r} is no text"
    _check_json(record.data, f"{rule.code}: the data of the record {record.key}")


def _check_json(value: object, what: str) -> None:
    try:
        json.dumps(value)
    except (TypeError, ValueError) as error:
        raise AssertionError(f"{what} cannot be written as JSON: {error}") from None
