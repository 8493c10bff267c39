"""The conversion of SCR001 is that of OpenCC."""

from __future__ import annotations

from random import Random

import pytest
from opencc import OpenCC

from kanwu_rules.script.conversion import converter

TEXTS = (
    "",
    "\n",
    "会议在广州举行，来自各国的专家参加了开幕式。头发很干，他干了什么？",
    "與會專家認為：這個項目——將會產生長遠的影響！",
    "稀里糊涂地出发，皇后在乔治．布希后面\n谁干的-干杯 range ok",
    "著作、看著、裡面、裏面；臺灣台灣",
)


@pytest.mark.parametrize("name", ["s2tw", "tw2s", "s2hk", "hk2s", "s2t", "t2s"])
def test_the_conversion_is_that_of_opencc(name: str) -> None:
    theirs, ours = OpenCC(name).convert, converter(name)
    characters = "".join(TEXTS) + "发髮后後里裡裏干乾幹台臺面麵制製复複"
    random = Random(8)
    texts = [*TEXTS, *("".join(random.choices(characters, k=60)) for _ in range(20))]
    assert [ours(text) for text in texts] == [theirs(text) for text in texts]
