"""Which figures are read when a document is asked what it restates."""

import pytest

from kanwu import Document
from kanwu_rules.figures.claims import Claims
from kanwu_rules.figures.restatements import groups, restatements
from kanwu_rules.figures.restating_lines import restating

SENTENCES = "柏桥村在去年的春天为游客新建了树屋，花费{}，受到欢迎。\n\n村里的人也很满意。\n\n柏桥村在去年的春天为游客新建了树屋，{}{}，受到欢迎。"
HEADLINE = (
    "柏桥村新建树屋花费{}\n\n本报讯 柏桥村在春天新建了树屋，{}{}，受到欢迎。村里的人也很满意。"
)


@pytest.mark.parametrize("layout", [SENTENCES, HEADLINE])
@pytest.mark.parametrize("verb", ["花费", "总共花费", "花费达到"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3000元", "3200元"),
        ("近3000元", "4200多元"),
        ("3.5万元", "2 . 2 万元"),
        ("￥300", "420元"),
        ("人民币约300", "420元"),
        ("百分之五", "7%"),
        ("三成", "45％"),
        ("一半", "35%"),
        ("三十二天", "42天"),
        ("五天", "七天"),
        ("七八天", "12天"),
        ("两个半小时", "5个小时"),
        ("5个多月", "8个月"),
        ("5公里", "7千米"),
        ("5千克", "7公斤"),
        ("1200万元", "1200亿元"),
        ("十二万元", "12亿元"),
        ("1200-1500万元", "1200元"),
        ("2米11", "3.4米"),
        ("30年", "50年"),
        ("2000多年", "5000年"),
        ("数千万", "五亿"),
        ("超过200", "350"),
    ],
)
def test_no_restatement_is_passed_over(layout, verb, one, other):
    text = layout.format(one, verb, other)
    document = Document(text)
    every = [
        found
        for article, group in groups(document, document.get(Claims))
        for found in article.of_group(group)
    ]
    assert list(restatements(Document(text))) == every


def test_few_figures_are_read():
    text = (
        "树屋建成\n\n村里有3200人，去年种了15公里的树，2021年6月3日花费300元。\n\n第3章有5个人。\n\n"
        "收入300元，人口5人。\n\n支出400元。"
    )
    assert restating(Document(text)) == []


def test_figures_behind_one_word_and_below_a_headline_are_read():
    text = "收入300元\n\n今年收入约400元，有7人。\n\n支出500元。"
    assert [text[f.start : f.end] for f in restating(Document(text))] == ["300", "400", "500"]
