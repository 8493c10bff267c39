"""The language of lines."""

import pytest

from kanwu.analysis.languages import Languages
from kanwu.documents.document import Document


def languages(text):
    return [str(x) for x in Document(text).get(Languages).of_lines]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("海交会在广州举行。", "zh"),
        ("會議在廣州舉行。", "zh"),
        ("2020年12月18日", "zh"),
        ("QQ群", "zh"),
        ("iPhone 15 Pro Max 发布", "zh"),
        ("用 Docker Compose 部署 Spring Boot 和 Redis", "zh"),
        ("“Do not go gentle into that good night”是狄兰·托马斯的诗句，许多读者都能背诵它的开头几行。", "zh"),
        ("α 粒子和 β 射线的区别", "zh"),
        ("优の品官方旗舰店", "zh"),
        ("电影《となりのトトロ》由宫崎骏执导，吉卜力工作室制作，一九八八年在日本上映。", "zh"),
        ("俄罗斯总统普京（Путин）发表讲话。", "zh"),
        ("The convention was held in Guangzhou.", "en"),
        ("The 2020 OCS (海交会) was held in Guangzhou.", "en"),
        ("The 2020 OCS (海交会)", "en"),
        ("Mr. Wang Wei (王伟), who returned from Australia, said: “I’ll be back.”", "en"),
        ("Home> News", "en"),
        ("sudo apt install ripgrep", "en"),
        ("Le café où l’été s’achève près de la forêt", "other"),
        ("Привет, мир", "other"),
        ("Καλημέρα κόσμε", "other"),
        ("الطقس جميل اليوم", "other"),
        ("สวัสดีชาวโลก", "other"),
        ("東京は日本の首都である。", "ja"),
        ("ニュース", "ja"),
        ("안녕하세요 세계", "ko"),
        ("대한민국(大韓民國)의 수도", "ko"),
        ("", "none"),
        ("2013-03-26 15:35:21", "none"),
        ("……", "none"),
        ("63984971", "none"),
        ("——“”", "none"),
    ],
)  # fmt: skip
def test_language_of_a_line(line, expected):
    assert languages(line) == [expected]


def test_lines_are_those_of_the_document():
    assert languages("海交会\r\n\rNews\n12\n") == ["zh", "none", "en", "none"]


def test_a_line_of_han_among_japanese_ones_is_japanese():
    assert languages("東京都知事選挙\n東京で選挙が行われた。\n開票は夜から始まる。") == ["ja"] * 3
    assert languages("東京都知事選舉\n東京舉行了選舉。\n選挙が行われた。") == ["zh", "zh", "ja"]


def test_lone_surrogates_are_no_letters():
    assert languages("\udc80\udcff") == ["none"]
    assert languages("新闻\udc80") == ["zh"]
