"""Which language the command line speaks, and to whom."""

import json
import os
import re

import pytest

from kanwu.cli import errors
from kanwu.cli.errors import in_chinese
from kanwu.cli.help import in_chinese as in_chinese_help
from kanwu.cli.help import table as help_table
from kanwu.cli.help import wrapped
from kanwu.cli.languages import LANGUAGES, of_locale, spoken
from kanwu.cli.main import Commands
from kanwu.cli.main import kanwu as kanwu_group
from kanwu.documents.tables import read_table
from kanwu.engine import translation
from kanwu.testing import parameters_of

HAN = re.compile("[\u3000-\u9fff\uff00-\uffef]")


def environment(**variables):
    kept = {k: v for k, v in os.environ.items() if k not in {"KANWU_LANG", "LC_ALL", "LC_MESSAGES"}}
    return {**kept, "LANG": "C.UTF-8", "PYTHONUTF8": "1", **variables}


def test_languages_are_those_of_the_engine():
    assert LANGUAGES == translation.LANGUAGES


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.Big5"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_locale(variables, language):
    assert of_locale(variables) == language


def test_a_command_line_is_read_before_it_is_understood():
    assert spoken(["check", "--lang", "zh", "--nosuch"], {}) == "zh"
    assert spoken(["check", "--lang=zh"], {}) == "zh"
    assert spoken(["check"], {"KANWU_LANG": "zh"}) == "zh"
    assert spoken(["check"], {"KANWU_LANG": "en", "LANG": "zh_CN.UTF-8"}) == "en"


@pytest.mark.parametrize(
    "variables", [{"LANG": "zh_CN.UTF-8"}, {"KANWU_LANG": "zh"}, {"LC_ALL": "zh_CN.UTF-8"}]
)
def test_people_read_their_own_language(kanwu, variables):
    kanwu.put("a.txt", "他们围绕围绕这个问题展开讨论。\n")
    done = kanwu("check", "--output-format", "concise", "a.txt", env=environment(**variables))
    assert "“围绕”连写了两次".encode() in done.stdout
    assert "检查了 1 个文档".encode() in done.stderr


def test_programs_read_english_unless_told_otherwise(kanwu):
    kanwu.put("a.txt", "他们围绕围绕这个问题展开讨论。\n")
    chinese = environment(LANG="zh_CN.UTF-8", KANWU_LANG="zh")
    read = [
        json.loads(kanwu("check", "--output-format", "jsonl", *words, "a.txt", env=chinese).stdout)
        for words in ((), ("--lang", "zh"), ("--lang", "en"))
    ]
    assert read[0] == read[2]
    assert read[0]["message"].startswith("“围绕” is set twice")
    assert read[1]["message"].startswith("“围绕”连写了两次")
    assert read[1]["fix"]["title"] == "删去一个“围绕”"
    assert read[0]["fingerprint"] == read[1]["fingerprint"]


def test_pages_and_lists_of_rules(kanwu):
    page = kanwu("rule", "--lang", "zh", "half-width-punctuation").stdout.decode()
    assert "**不报告的情况。**" in page
    assert "## 选项" in page
    assert "整数" in kanwu("rule", "--lang", "zh", "repeated-paragraph").stdout.decode()
    table = kanwu("rules", "--lang", "zh").stdout.decode()
    assert "编号" in table
    assert "DUP 重复的内容" in table


def test_declared_rules_keep_their_words(kanwu):
    kanwu.put(
        "house.toml",
        """[[rule]]
code = "SHO001"
name = "shop-advertisement"
summary = "An advertisement of our own shop stands in the text."
message = "“{line}” advertises our shop; take it out"
fix = "remove"

[[rule.lines]]
starts = ["买书请到"]
longest = 20
""",
    )
    kanwu.put("a.txt", "买书请到人民路书店\n")
    words = ("--lang", "zh", "--rule-file", "house.toml", "--select", "SHO")
    done = kanwu("check", "--isolated", *words, "a.txt")
    assert "“买书请到人民路书店” advertises our shop".encode() in done.stdout
    assert "删去所报告的内容".encode() in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chek",), "错误：没有命令 'chek'。是不是 check？要检查文件，请写：kanwu check chek"),
        (("--nosuch",), "错误：没有选项 '--nosuch'"),
        (("check", "--nosuch"), "错误：没有选项 '--nosuch'"),
        (("check", "--jobs", "0"), "的值不对：0 不在范围"),
        (("check", "--color", "x"), "'--color' 的值不对：'x' 不在这些值之中"),
        (("check", "--output-format", "foo"), "'foo' 不在这些值之中：full"),
        (("check", "--select", "XYZ"), '--select：写的是 "XYZ"，应为规则的编号、名称或类别'),
        (("check", "--config", "no.toml"), "no.toml：无法读取：没有这个文件或文件夹"),
        (("rule",), "缺少参数 'CODE|NAME'"),
        (("rule", "doubled-wort"), '应为规则的编号或名称；是不是 "doubled-word"？'),
        (("index",), "没有配置语料库"),
    ],
)
def test_wrong_use_is_told_in_chinese(kanwu, words, said):
    done = kanwu(*words, env=environment(KANWU_LANG="zh"))
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert "用法：kanwu" in done.stderr.decode()
    english = kanwu(*words, env=environment())
    assert english.returncode == 2
    assert "Error: " in english.stderr.decode()


def test_an_unknown_error_is_told_as_it_is():
    assert in_chinese("the moon is down") == "the moon is down"
    assert in_chinese("x" * 100_000) == "x" * 100_000


def test_errors_have_the_same_parts():
    table = read_table(errors.__file__, os.path.join("zh", "errors.toml"))
    for english, chinese in table.items():
        assert parameters_of(english) == parameters_of(chinese), english


def test_plugins_bring_their_own_translations(kanwu, plugin_environment):
    kanwu.put("a.txt", "我们使用到新方法。\n")
    words = ("--lang", "zh", "--select", "banned-word", "--output-format", "concise")
    done = kanwu("check", *words, "a.txt", env=plugin_environment)
    assert "EXA001 “使用到”并不比“使用”多说什么 [*]" in done.stdout.decode()
    page = kanwu("rule", "--lang", "zh", "banned-word", env=plugin_environment).stdout.decode()
    assert "（字符串）：改成什么词" in page


@pytest.mark.parametrize("name", sorted(Commands.offered))
def test_the_help_of_every_command_is_in_chinese(name):
    english = kanwu_group.get_command(None, name)
    chinese = in_chinese_help(english, name)
    assert HAN.search(help_table()["commands"][name]["short"])
    for one, other in zip([english, *english.params], [chinese, *chinese.params], strict=True):
        if text := getattr(one, "help", None):
            assert HAN.search(other.help), f"{name}: {text} has no Chinese"
            assert one.help == text  # the English one is as it was
    own = {option for p in english.params for option in p.opts}
    assert help_table()["commands"][name].get("options", {}).keys() <= own


def test_help_is_in_the_language_of_its_reader(kanwu):
    for words in ((), ("--help",), ("fix", "--help"), ("rule", "-h")):
        done = kanwu(*words, env=environment(LANG="zh_CN.UTF-8"))
        said = (done.stdout + done.stderr).decode()
        assert "用法：kanwu" in said
        assert "选项：" in said
        assert "Options" not in said
        assert all(cells(line) <= 80 for line in said.splitlines()), said
    assert "Usage: kanwu" in kanwu("--help", env=environment()).stdout.decode()


def cells(line):
    return sum(1 + bool(HAN.match(character)) for character in line)


def test_lines_are_cut_between_words_and_not_before_marks():
    assert wrapped("用 --output-format 指定（一种）格式。", 10) == [
        "用",
        "--output-format",
        "指定（一",
        "种）格式。",
    ]
