"""What the model of continuation says where any reader would agree, and on input of any kind."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu_rules.broken_paragraphs.continuation import continuation

TORN = [
    ("深港穗创", "新集群跻身全球第一，构建了全链条。"),
    ("密切与侨界代", "表人士的联系。"),
    ("构为联盟成员单位及合作支持单", "位。与英国伙伴签约。"),
    ("会议要求各级政", "府切实加强领导。"),
    ("他说，这项工作已经取得了很大的进", "展，下一步还要继续。"),
    ("這座城市是全國重要的交通樞", "紐，也是工業中心。"),
    ("他於次年當選為立法會議", "員，並連任兩屆。"),
    ("这里的每一个人都知", "道这件事情。"),
]
WHOLE = [
    ("会议由他主持。", "第二条 本办法适用于全国。"),
    ("第三章 监督管理", "第十二条 有关部门应当加强监督检查。"),
    ("全国人才工作会议在京召开", "本报讯 昨日上午，会议在北京举行。"),
    ("他感到十分高兴。", "近年来，该市大力发展旅游业。"),
    ("這座橋於次年通車。", "該市位於島嶼的北部，氣候溫和。"),
    ("第二节 法律责任", "第四十条 违反本法规定的，依法处罚。"),
]
WORDS = [
    ("深港穗创", "新集群跻身全球第一", "创新"),
    ("密切与侨界代", "表人士的联系", "代表"),
    ("合作支持单", "位。与英国", "单位"),
    ("這座城市是重要的交通樞", "紐，也是工業中心", "樞紐"),
    ("当地 的 经 ", " 济\u3000发展很快", "经济"),
]
WHOLE_WORDS = [
    ("为匹配双方需求提供了广阔", "平台"),
    ("加强合作", "，共同发展"),
    ("他说", "这是第一次"),
    ("推动", "华文教育发展"),
    ("建设面向东盟国家的", "留学基地"),
    ("会议由他主持。", "近年来"),
    ("", "新集群"),
    ("深港穗创", ""),
    ("2020年", "5月"),
    ("Lin", "ux"),
]


@pytest.mark.parametrize(("tail", "head"), TORN)
def test_a_torn_sentence_reads_on(tail, head):
    assert continuation().joins(tail, head) > 1


@pytest.mark.parametrize(("tail", "head"), WHOLE)
def test_whole_lines_do_not_read_on(tail, head):
    assert continuation().joins(tail, head) < -1


@pytest.mark.parametrize(("tail", "_head"), WHOLE)
def test_whole_lines_end(tail, _head):
    assert continuation().cut_tail(tail) < 0


@pytest.mark.parametrize(("_tail", "head"), WHOLE)
def test_whole_lines_begin(_tail, head):
    assert continuation().cut_head(head) < 0


def test_the_rest_of_a_sentence_is_no_beginning():
    for head in ("的问题，要认真解决。", "了一系列措施。", "》正式印发后，", "們的生活也改變了。"):
        assert continuation().cut_head(head) > 1


def test_half_a_sentence_is_no_end():
    for tail in ("推动经济社会发展和", "为企业提供了", "因為這個", "会议指出，要"):
        assert continuation().cut_tail(tail) > 1


def test_the_right_half_is_preferred():
    joins = continuation().joins
    right = joins("深港穗创", "新集群跻身全球第一")
    assert all(
        right > joins("深港穗创", other) + 2 for other in ("颁奖仪式", "活动方供图", "本报记者")
    )


@pytest.mark.parametrize(("tail", "head", "word"), WORDS)
def test_the_word_that_is_cut(tail, head, word):
    assert continuation().word_across(tail, head) == word


@pytest.mark.parametrize(("tail", "head"), WHOLE_WORDS)
def test_no_word_is_cut(tail, head):
    assert continuation().word_across(tail, head) == ""


def test_both_scripts_score_alike():
    model = continuation()
    assert model.joins("经济发", "展迅速") == model.joins("經濟發", "展迅速")
    assert model.cut_tail("这个问题") == model.cut_tail("這個問題")
    assert model.cut_head("们认为，") == model.cut_head("們認為，")


def test_width_digits_and_blanks_do_not_matter():
    model = continuation()
    assert model.joins("工作，共", "12人") == model.joins("工作,共", " 98 人")
    assert model.cut_tail("发展\u3000") == model.cut_tail("发展")


def test_nothing_says_nothing():
    model = continuation()
    assert model.cut_tail("") == model.cut_head(" \u3000") == model.joins("", "新") == 0
    assert model.joins("新", "\n") == 0


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_has_finite_scores(tail, head):
    model = continuation()
    for score in (model.cut_tail(tail), model.cut_head(head), model.joins(tail, head)):
        assert math.isfinite(score)
    word = model.word_across(tail, head)
    assert word == "" or 2 <= len(word) <= 4


@pytest.mark.parametrize("odd", ["\udcff", "𠮷", "\U0010ffff", "\0", "\1", "é", "한국"])
def test_odd_characters(odd):
    model = continuation()
    assert math.isfinite(model.joins(odd, odd) + model.cut_tail("创" + odd) + model.cut_head(odd))
    assert model.word_across(odd, odd) == ""


def test_only_what_is_near_counts():
    model = continuation()
    far = "人民" * 300_000
    assert model.joins(far + "深港穗创新集群深港穗创", "新集群") == model.joins(
        "深港穗创新集群深港穗创", "新集群"
    )
