"""Every built-in rule can be read in Chinese: its messages, its options and its page."""

import os
import re
from pathlib import Path

import pytest

from kanwu.documents.document import Document, Encoding
from kanwu.engine.discovery import discover
from kanwu.engine.rule import Bad
from kanwu.engine.translation import SHARED, Translation, folder_of, texts
from kanwu.testing import accepted, parameters_of, run, verify_translations

RULES = list(discover())
CHINESE = Translation("zh")
PARTS = ("**不报告的情况。**",)
HAN = re.compile("[\u4e00-\u9fff]")
HALF_WIDTH = re.compile("[\u4e00-\u9fff][,;:!?](?!\\S*`)|[\u4e00-\u9fff]\\.(?:\\s|$)")


def translated(rule, table, key):
    folder = folder_of(rule)
    for name in (rule.name, SHARED):
        if key in texts(folder, "zh", name).get(table, {}):
            return texts(folder, "zh", name)[table][key]
    return None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_messages_are_translated(rule):
    verify_translations(rule)
    for key, template in rule.messages.items():
        text = translated(rule, "messages", key)
        assert text, f"{rule.code}: the message {key} has no Chinese"
        assert parameters_of(text) == parameters_of(template), f"{rule.code}: {key}"
        assert HAN.search(text), text
        assert not HALF_WIDTH.search(text), text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_options_are_translated(rule):
    for option in rule.options():
        assert translated(rule, "options", option), f"{rule.code}: the option {option}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_page_is_translated(rule):
    own = texts(folder_of(rule), "zh", rule.name)
    summary, page = own.get("summary", ""), own.get("page", "")
    assert summary.endswith("。"), f"{rule.code}: no summary in Chinese"
    for part in PARTS:
        assert part in page, f"{rule.code}: the Chinese page says nothing under {part}"
    assert ("**Source.**" in rule.page()) == ("**依据。**" in page), rule.code
    hidden = {c for c in page if not c.isprintable() and c != "\n"}
    assert not hidden, f"{rule.code}: write invisible characters as U+XXXX: {hidden!r}"


def test_no_file_is_for_nothing():
    folders = {Path(folder_of(rule)) / "zh" for rule in RULES}
    known = {rule.name for rule in RULES} | {SHARED, "declared-rule"}
    for folder in folders:
        for path in folder.iterdir():
            assert path.stem in known, f"{path} belongs to no rule"
    for folder in folders:
        members = [rule for rule in RULES if Path(folder_of(rule)) / "zh" == folder]
        shared = texts(str(folder.parent), "zh", SHARED)
        for table, has in (("messages", "messages"), ("options", "options")):
            for key in shared.get(table, {}):
                names = [getattr(r, has) if has == "messages" else r.options() for r in members]
                assert any(key in own for own in names), f"{folder}: {key} is nobody's"


ENGLISH = re.compile("(?<!U\\+)[A-Za-z]{4,}")
NAMES = {"CRLF", "ISBN", "ISSN", "ORCID", "Shift", "Windows"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_parameters_are_no_english_phrases(rule):
    for example in rule.examples:
        if not isinstance(example, Bad):
            continue
        document = Document(
            example.text, markup=example.markup, encoding=Encoding(example.encoding)
        )
        findings = run(rule(accepted(rule, example.options)), document, example.beside).findings
        given = example.text + "".join(example.beside) + (example.fixed or "")
        for finding in findings:
            messages = [finding.message, *(r.message for r in finding.related)]
            messages += [finding.fix.title] if finding.fix else []
            for message in messages:
                told = CHINESE.tell(message)
                assert HAN.search(told), told
                # What is neither of the text nor of the translation itself came in by a parameter.
                key = message.id.partition("/")[2]
                pinyin = str(message.parameters.get("given", ""))
                folder = os.path.basename(os.getcwd())
                known = given + pinyin + folder + translated(rule, "messages", key)
                left = {w for w in ENGLISH.findall(told) if w not in known} - NAMES
                assert not left, f"{told}: {left}"
