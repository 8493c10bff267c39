"""Everything that a report says around findings has its Chinese."""

import ast
from pathlib import Path

import kanwu.reporters
from kanwu.engine.discovery import discover
from kanwu.engine.finding import Listed, Message, Severity
from kanwu.engine.internal import UnreadableFile, UnreadableRow, UnwritableFix
from kanwu.engine.translation import Translation, texts
from kanwu.policy.keys import KEYS
from kanwu.policy.presets import preset_names, preset_summary
from kanwu.reporters.evidence import told
from kanwu.reporters.rule_page import FIXES, INFO_FIXES, rule_page
from kanwu.reporters.rule_table import COLUMNS, rule_table
from kanwu.reporters.settings_page import settings_reference
from kanwu.reporters.summary import Summary, closing
from kanwu.reporters.wording import HOME, Wording
from kanwu.testing import parameters_of

CHINESE = Wording("zh")
TABLE = texts(HOME, "zh", "wording")
SOURCES = Path(kanwu.reporters.__file__).parents[1]
SPEAKERS = {"wording", "say", "word", "counted"}
# Said with the noun or the variable that stands beside them.
NOUNS = ("document", "character", "item", "finding", "file", "error", "warning", "figure")


def said_texts():
    """The English texts that the reporters and the command line have told in the reader's language."""
    yield from (f"{{n:,}} {noun}{end}" for noun in NOUNS for end in ("", "s"))
    yield from (*FIXES.values(), INFO_FIXES, *COLUMNS, *(s.value for s in Severity))
    for path in (*SOURCES.glob("reporters/*.py"), *SOURCES.glob("cli/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            argument = node.args[0]
            if name in SPEAKERS - {"counted"} and isinstance(argument, ast.Constant):
                yield argument.value


def test_every_text_has_its_chinese():
    missing = [text for text in said_texts() if text not in TABLE]
    assert not missing


def test_parameters_are_the_same():
    for english, chinese in TABLE.items():
        assert parameters_of(english) == parameters_of(chinese), english


def test_closing_line():
    summary = Summary(5, 12345, compared={"reused-identifier": 1200})
    assert closing(summary, wording=CHINESE) == (
        "检查了 5 个文档（12,345 个字符，比较了 1,200 项）：没有发现问题"
    )


def test_a_list_is_told_item_by_item():
    terms = Listed(("Japanese", "Korean", "GBK"))
    message = Message("not-utf8/foreign", "{encoding} {confidence} {language}", {})
    told = CHINESE.tell(
        message._replace(parameters={"encoding": "x", "confidence": "y", "language": terms})
    )
    assert "日文、韩文、GBK" in told
    assert str(terms) == "Japanese, Korean, GBK"


def test_what_is_not_translated_is_told_in_english():
    assert CHINESE.tell(Message("no-rule/none", "“{word}” here", {"word": "甲"})) == "“甲” here"
    assert Translation("xx").tell(Message("doubled-word/fix", "remove {word}", {"word": "甲"})) == (
        "remove 甲"
    )


def test_reasons_of_the_operating_system():
    assert CHINESE.tell(UnreadableFile().say("unreadable", reason="permission denied")) == (
        "无法读取：没有权限"
    )
    assert CHINESE.tell(UnwritableFix().say("unwritable", reason="the disk is on fire")) == (
        "修复没有写入：the disk is on fire"
    )


def test_page_and_table_in_chinese():
    rule = discover().find("odd-space")
    page = rule_page(rule, "kanwu", CHINESE)
    assert "- **级别：** 警告" in page
    assert "## 不报告的例子" in page
    assert "BOI 文章之外的内容" in rule_table(discover(), CHINESE)


def test_a_reason_that_is_a_sentence_is_known_again():
    reason = "its field “text” holds a list, and a text is expected"
    assert CHINESE.tell(UnreadableRow().say("row", row=3, reason=reason)) == (
        "第 3 行无法读取：字段“text”的内容是列表，应为文本"
    )


def test_every_setting_and_preset_is_told_in_chinese():
    table = texts(HOME, "zh", "settings")
    assert list(table) == list(KEYS)
    for key in KEYS.values():
        wanted = {"takes", "help"} | ({"unset"} if key.unset else set())
        assert table[key.name].keys() == wanted, key.name
    for name in preset_names():
        assert preset_summary(name) in TABLE
    assert "\n- **写法：** 文件夹的列表\n- **默认：** `[]`\n" in settings_reference(CHINESE)


def test_evidence_in_chinese():
    evidence = {"confidence": 0.97, "ends-with": "双方", "kind": "glued", "far-fetched": [1, 2]}
    said = "可信度：0.97；结尾是：“双方”；种类：连在正文上；far fetched：1，2"
    assert told(evidence, CHINESE) == said
