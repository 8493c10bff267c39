"""Figures in their sentences: value, relation, interval, unit, what is counted, and the role."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu import Document
from kanwu_rules.figures.claims import Claims


def claims(text):
    return list(Document(text).get(Claims))


def read(text):
    """The claims of a text as (surface, value, relation, unit)."""
    return [(text[c.start : c.end], f"{c.value:f}", c.relation, c.unit) for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("来了5000多名学者", ("5000", ">", "5000", "6000", "名")),
        ("投资1200多亿元", ("120000000000", ">", "120000000000", "130000000000", "元")),
        ("一百二十余家企业", ("120", ">", "120", "130", "家")),
        ("有3.5万个岗位", ("35000", "=", "35000", "35000", "个")),
        ("项目超3800个", ("3800", ">", "3800", None, "个")),
        ("近1600家", ("1600", "<", "0", "1600", "家")),
        ("约900名", ("900", "~", "720", "1080", "名")),
        ("不少于30人", ("30", ">=", "30", None, "人")),
        ("不得少于五百元", ("500", ">=", "500", None, "元")),
        ("不超过2名", ("2", "<=", "0", "2", "名")),
        ("占90%以上", ("90", ">=", "90", None, "%")),
        ("三个月左右", ("3", "~", "2.4", "3.6", "个月")),
        ("突破了2000万元", ("20000000", ">", "20000000", None, "元")),
        ("约有12种", ("12", "~", "9.6", "14.4", "种")),
        ("上百个领域", ("100", ">=", "100", None, "个")),
        ("近百名学者", ("100", "<", "0", "100", "名")),
        ("千余家工厂", ("1000", ">", "1000", "2000", "家")),
        ("几十个国家", ("10", "range", "20", "100", "个")),
        ("数千名观众", ("1000", "range", "2000", "10000", "名")),
        ("十几个村子", ("10", ">", "10", "20", "个")),
        ("来了七八个人", ("7", "range", "7", "8", "个")),
        ("二三百人", ("200", "range", "200", "300", "人")),
        ("投入7-10万亿元", ("7000000000000", "range", "7000000000000", "10000000000000", "元")),
        ("100至200亿元", ("10000000000", "range", "10000000000", "20000000000", "元")),
        ("高10～20米", ("10", "range", "10", "20", "米")),
        ("50%—60%的人", ("50", "range", "50", "60", "%")),
        ("只要3到5天", ("3", "range", "3", "5", "天")),
        ("两成企业", ("20", "=", "20", "20", "%")),
        ("近三成", ("30", "<", "0", "30", "%")),
        ("三成五", ("35", "=", "35", "35", "%")),
        ("百分之五", ("5", "=", "5", "5", "%")),
        ("千分之三点五", ("0.35", "=", "0.35", "0.35", "%")),
        ("四分之一的面积", ("25", "=", "25", "25", "%")),
        ("过半员工", ("50", ">", "50", None, "%")),
        ("近半数学生", ("50", "<", "0", "50", "%")),
        ("一半以上", ("50", ">=", "50", None, "%")),
        ("近半年", ("0.5", "<", "0", "0.5", "年")),
        ("一个多月后", ("1", ">", "1", "2", "个月")),
        ("一个半小时", ("1.5", "=", "1.5", "1.5", "小时")),
        ("两年半", ("2.5", "=", "2.5", "2.5", "年")),
        ("翻了一番", ("1", "=", "1", "1", "番")),
        ("不到一半", ("50", "<", "0", "50", "%")),
        ("票房过亿，", ("100000000", ">", "100000000", None, "")),
        ("翻两番", ("2", "=", "2", "2", "番")),
        ("回升0.8个百分点", ("0.8", "=", "0.8", "0.8", "百分点")),
        ("2500万千瓦以上", ("25000000", ">=", "25000000", None, "千瓦")),
        ("16兆瓦机组", ("16", "=", "16", "16", "兆瓦")),
        ("5千克大米", ("5", "=", "5", "5", "公斤")),
        ("2 . 2亿元", ("220000000", "=", "220000000", "220000000", "元")),
        ("350，000元", ("350000", "=", "350000", "350000", "元")),
        ("售价US$350", ("350", "=", "350", "350", "美元")),
        ("５３０个城市", ("530", "=", "530", "530", "个")),
        ("兩萬多名學生", ("20000", ">", "20000", "30000", "名")),
        ("壹佰贰拾元", ("120", "=", "120", "120", "元")),
        ("提出四点期望", ("4", "=", "4", "4", "点")),
        ("零下18度", ("-18", "=", "-18", "-18", "度")),
        ("身高2米11的中锋", ("2.11", "=", "2.11", "2.11", "米")),
        ("下降约30个基点", ("30", "~", "24", "36", "基点")),
        ("一至三名代表", ("1", "range", "1", "3", "名")),
        ("下降0 . 25个百分点", ("0.25", "=", "0.25", "0.25", "百分点")),
        ("0—3岁的婴幼儿", ("0", "range", "0", "3", "岁")),
        ("指数为123.9点", ("123.9", "=", "123.9", "123.9", "点")),
        ("增速降至负9.7%", ("-9.7", "=", "-9.7", "-9.7", "%")),
        ("四大认证", ("4", "=", "4", "4", "大")),
    ],
)
def test_figures(text, told):
    (claim,) = claims(text)
    value, relation, low, high, unit = told
    bounds = [None if end is None else Decimal(end) for end in (low, high)]
    assert (claim.value, claim.relation, claim.unit) == (Decimal(value), relation, unit)
    assert [claim.low, claim.high] == bounds


@pytest.mark.parametrize(
    "text",
    [
        "共建“一带一路”",
        "这是一个问题，一定要解决",
        "坚持三位一体",
        "“十四五”期间",
        "党的十八大以来",
        "十四届三次会议",
        "5G和3D打印",
        "F-35战机和C919客机",
        "80后和00后",
        "双11和618",
        "上半年和下半年",
        "版本2.0.1发布",
        "地址是192.168.1.1",
        "3∶0战胜对手",
        "第三章 总则",
        "第一，要做好准备",
        "三亚、四川、五粮液",
        "电话13800138000",
        "群号163984971",
        "北纬39.9度",
        "向四周扩散",
        "千万不要，百般努力，万一",
        "二〇二〇年",
        "2020年的春天",
        "着陆场系统",
        "建兴八年（230年）逝世",
        "东经126度14分",
        "Python 3 代码",
        "四人帮倒台",
        "早上8点开会",
        "轻舟已过万重山",
        "三番五次",
        "首创“1+1+N”模式",
        "9" * 10_000 + "个",
        "九" * 10_000 + "个",
        "1" + ",111" * 3_000 + "个",
    ],
)
def test_what_is_no_figure(text):
    assert claims(text) == []


def test_minutes_and_seconds():
    assert read("还剩1分10秒") == [("1分", "1", "=", "分钟"), ("10秒", "10", "=", "秒")]


def test_medals():
    assert [unit for *_, unit in read("获得2金13银5铜，共20枚奖牌")] == ["金", "银", "铜", "枚"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("吸引5000多名海外人才", "海外人才"),
        ("合作项目超3800个。", "合作项目"),
        ("覆盖31个国家和地区", "国家和地区"),
        ("占世界9%的耕地", "耕地"),
        ("共有3万岗位", "岗位"),
    ],
)
def test_what_is_counted(text, counted):
    (claim,) = claims(text)
    assert claim.counted == counted
    assert text[claim.counted_span.start : claim.counted_span.end] == counted


@pytest.mark.parametrize(
    ("text", "roles", "kinds"),
    [
        ("进出口106.2亿元，同比增长4.1%", ["other", "growth"], ["money", "percent"]),
        ("比上年增加4.14万人", ["growth"], ["delta"]),
        ("新能源占比达到25%", ["share"], ["percent"]),
        ("总产值350亿元，其中出口120亿元", ["total", "part"], ["money", "money"]),
        ("共有5支队伍", ["total"], ["count"]),
        ("中共党员199人", ["other"], ["count"]),
        ("每公斤售价12元", ["price"], ["money"]),
        ("位列全球第14名", ["rank"], ["rank"]),
        ("第9个月", ["ordinal"], ["ordinal"]),
        ("指数为123.9点", ["other"], ["score"]),
        ("以53.28的创新指数得分领先", ["other"], ["score"]),
    ],
)
def test_roles_and_kinds(text, roles, kinds):
    found = claims(text)
    assert [c.role for c in found] == roles
    assert [c.kind for c in found] == kinds


@pytest.mark.parametrize(
    ("text", "soft_low", "soft_high"),
    [
        ("超3800个", 3800, 3900),
        ("近3500个", 3400, 3500),
        ("近3万个", 27000, 30000),
        ("约900名", 850, 950),
        ("上万人次", 10000, 100000),
        ("超96%", 96, 97),
    ],
)
def test_what_a_writer_means(text, soft_low, soft_high):
    (claim,) = claims(text)
    assert (claim.soft_low, claim.soft_high) == (soft_low, soft_high)


def test_units_of_one_dimension_can_be_compared():
    kilometres, metres = claims("全长3公里，即3000米")
    assert kilometres.dimension == metres.dimension
    assert kilometres.value * kilometres.scale == metres.value * metres.scale
    dollars, yuan = claims("3亿美元和3亿元")
    assert dollars.dimension != yuan.dimension


def test_places_of_a_claim():
    text = "标题\n\n第一句没有。第二句有超50家企业。第三句。\n"
    (claim,) = claims(text)
    assert text[claim.start : claim.end] == "超50家"
    assert text[claim.sentence.start : claim.sentence.end] == "第二句有超50家企业。"
    assert (claim.line, claim.language) == (2, "zh")


@pytest.mark.parametrize(
    ("text", "value", "relation", "unit", "counted"),
    [
        ("attracted more than 5,000 overseas talents", "5000", ">", "", "overseas talents"),
        ("nearly 3.5 million people came", "3500000", "<", "", "people"),
        ("it has three aspects to look at", "3", "=", "", "aspects"),
        ("it was up from 2,000 last year", "2000", "=", "", "last year"),
        ("in a 10,000-seat hall", "10000", "=", "", "seat hall"),
        ("with 31 countries and regions", "31", "=", "", "countries and regions"),
        ("it rose by 12.5 percent", "12.5", "=", "%", ""),
        ("a gain of 0.3 percentage points", "0.3", "=", "百分点", ""),
        ("worth US$3.4 billion in all", "3400000000", "=", "美元", ""),
        ("worth RMB 120 million in all", "120000000", "=", "元", ""),
        ("between 100 and 200 tonnes of rice", "100", "range", "吨", ""),
        ("worth 7trn-10trn yuan in all", "7000000000000", "range", "元", ""),
        ("worth 10-20 billion yuan in all", "10000000000", "range", "元", ""),
        ("a dozen firms joined the fair", "12", "=", "", "firms"),
        ("dozens of firms were there", "24", "range", "", "firms"),
        ("one hundred and twenty boats were lost", "120", "=", "", "boats"),
        ("for at least 20 years or so", "20", ">=", "年", ""),
        ("two thirds of the members", "66.6666666667", "=", "%", ""),
    ],
)
def test_english_figures(text, value, relation, unit, counted):
    (claim,) = claims(f"The report says that {text}.")
    assert claim.language == "en"
    assert (
        f"{claim.value:f}".rstrip("0").rstrip(".") if "." in value else f"{claim.value:f}"
    ) == value
    assert (claim.relation, claim.unit) == (relation, unit)
    if counted:
        assert claim.counted == counted


@pytest.mark.parametrize(
    "text",
    ["It is one of them.", "The Boeing 737 and the F-35 are here.", "See Chapter 5 and Figure 3 for more.",
     "The score was 3:2 in the end.", "Use version 2.0.1 of the tool."],
)  # fmt: skip
def test_what_is_no_english_figure(text):
    assert claims(text) == []


@given(st.text("5九十百万亿半点个多余约超至-—%元年 ，。,.第之分成a\n", max_size=60))
def test_any_text_is_read_in_order_and_inside(text):
    found = claims(text)
    assert all(0 <= c.start < c.end <= len(text) for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for claim in found:
        assert claim.low is None or claim.high is None or claim.low <= claim.high
        assert claim.soft_low <= claim.soft_high
        assert claim.sentence.start <= claim.start < claim.sentence.end


def test_claims_between_two_offsets():
    text = "有5个人。\n有6个人。\n有7个人。"
    found = Document(text).get(Claims)
    assert [c.value for c in found.between(6, 12)] == [6]
    assert len(found) == 3


def test_code_in_markdown_claims_nothing():
    text = "有`3个`和5个。\n\n```\n7个\n```\n"
    found = Document(text, markup="markdown").get(Claims)
    assert [c.value for c in found] == [5]
