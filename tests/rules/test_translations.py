"""Rules on translations: what a finding shows, and texts in two files."""

import pytest

from kanwu import Document
from kanwu.engine.corpus import RecordStore, compare
from kanwu_rules.figures.translated_figure import TranslatedFigure
from kanwu_rules.figures.translated_name import TranslatedName
from kanwu_rules.figures.translations import sibling

ZH = "大会共有31个国家的代表参加。\n实验室主任徐宗本介绍，带来合作项目3500个。\n"
EN = (
    "The meeting welcomed delegates from 31 countries.\n"
    "3,800 cooperation projects were presented, said Mr. Xu Zong, director of the laboratory.\n"
)


def findings(rule, **texts):
    store = RecordStore()
    for path, text in texts.items():
        document = Document(text, path=path)
        store.add((rule.name, record) for record in rule.collect(document, ()))
    return compare([rule], store)


@pytest.mark.parametrize("rule", [TranslatedFigure(), TranslatedName()])
def test_two_files_are_compared_like_two_halves_of_one(rule):
    (alone,) = findings(rule, **{"x.txt": ZH + "\n" + EN})
    (finding,) = findings(rule, **{"a/x.zh.txt": ZH, "a/x.en.txt": EN})
    assert (finding.place.path, finding.related[0].place.path) == ("a/x.zh.txt", "a/x.en.txt")
    assert str(finding.message) == str(alone.message)
    assert finding.place.excerpt.inside == alone.place.excerpt.inside
    assert finding.related[0].place.excerpt.inside == alone.related[0].place.excerpt.inside
    assert (finding.place.start.line, finding.related[0].place.start.line) == (2, 2)


def test_only_files_of_one_name_are_compared():
    assert findings(TranslatedFigure(), **{"x.zh.txt": ZH, "y.en.txt": EN}) == []
    assert findings(TranslatedFigure(), **{"x.zh.txt": ZH}) == []
    assert findings(TranslatedFigure(), **{"x.zh.txt": ZH, "x.en.txt": ""}) == []


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("x.zh.txt", "zh"),
        ("x.zh-CN.txt", "zh"),
        ("a.b/x_cn.md", "zh"),
        ("x.en.txt", "en"),
        ("x-en", "en"),
        ("x.txt", None),
        ("zh/x.txt", None),
        ("x.zhang.txt", None),
        ("zh.txt", None),
        ("-", None),
        ("", None),
    ],
)
def test_the_language_of_a_file_name(path, language):
    found = sibling(path)
    assert (found and found[0]) == language


def test_both_languages_share_a_key():
    assert sibling("a/x.zh.txt")[1] == sibling("a/x.en.txt")[1] != sibling("b/x.en.txt")[1]
    assert sibling("x_zh_CN.md")[1] != sibling("x.en.md")[1]


def test_a_finding_shows_what_was_compared():
    (finding,) = findings(TranslatedFigure(), **{"x.txt": ZH + "\n" + EN})
    assert finding.evidence["zh"] == {
        "value": "3500",
        "relation": "=",
        "low": "3500",
        "high": "3500",
        "unit": "个",
    }
    assert finding.evidence["zh_sentence"] == "实验室主任徐宗本介绍，带来合作项目3500个。"
    assert finding.evidence["en_sentence"].startswith("3,800 cooperation projects")


def test_a_letter_of_a_name_is_information_and_half_of_it_a_warning():
    zh = "参加会议的有李文渊教授和许多年轻的同事。\n"
    en = "The meeting was attended by Professor {} and lots of young colleagues.\n"
    (near,) = findings(TranslatedName(), **{"x.txt": zh + en.format("Li Wenyan")})
    (cut,) = findings(TranslatedName(), **{"x.txt": zh + en.format("Li Wen")})
    assert (near.severity, cut.severity) == ("info", "warning")
