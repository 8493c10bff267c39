"""The analysis of dates: what is read, and from where a year is taken that is not written."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu.documents.document import Document
from kanwu_rules.figures.dates import Dates, Resolved

HAN = "〇一二三四五六七八九"
MONTHS = [*calendar.month_name][1:]


def read(text):
    return [(text[d.start : d.end], str(d.kind), d.value) for d in Document(text).get(Dates).all]


FORMS = [
    ("2020年11月15日", "date", "2020-11-15"),
    ("２０２０年１１月１５日", "date", "2020-11-15"),
    ("2020 年 11 月 15 日", "date", "2020-11-15"),
    ("二〇二〇年十一月十五日", "date", "2020-11-15"),
    ("二零二零年", "year", "2020"),
    ("二00七年九月二十日", "date", "2007-09-20"),
    ("98年5月", "month", "1998-05"),
    ("十一月十五日", "date", "XXXX-11-15"),
    ("12月16-18日", "period", "XXXX-12-16/18"),
    ("12月16日至18日", "period", "XXXX-12-16/18"),
    ("2020年12月30日至次年1月2日", "period", "2020-12-30/2021-01-02"),
    ("2020—2023年", "period", "2020/2023"),
    ("2018年5月至2020年3月", "period", "2018-05/2020-03"),
    ("3-5月", "period", "XXXX-03/05"),
    ("2020年上半年", "period", "2020-01/06"),
    ("2020年第三季度", "quarter", "2020-07/09"),
    ("一季度", "quarter", "XXXX-01/03"),
    ("2020年3月下旬", "period", "2020-03-21/31"),
    ("20世纪90年代", "decade", "1990/1999"),
    ("上世纪八十年代", "decade", "1980/1989"),
    ("十九世纪", "century", "1801/1900"),
    ("公元前5世纪", "century", "-0499/-0400"),
    ("2020/11/15", "date", "2020-11-15"),
    ("2020-11-15", "date", "2020-11-15"),
    ("2020.11.15", "date", "2020-11-15"),
    ("星期日", "weekday", "W-7"),
    ("周一", "weekday", "W-1"),
    ("上午9时30分", "time", "T09:30"),
    ("下午3点半", "time", "T15:30"),
    ("晚上八点", "time", "T20"),
    ("9:30", "time", "T09:30"),
    ("9:30-17:00", "time", "T09:30/T17:00"),
    ("公元前221年", "year", "-0220"),
    ("前221年—前207年", "period", "-0220/-0206"),
    ("民国二十六年七月七日", "era", "1937-07-07"),
    ("康熙三年", "era", "1664"),
    ("光绪元年", "era", "1875"),
    ("昭和五十年", "era", "1975"),
    ("农历八月十五", "lunar", ""),
    ("腊月", "lunar", ""),
    ("正月初一", "lunar", ""),
    ("2020财年", "year", "2020"),
    ("2019年度", "year", "2019"),
    ("第22届", "edition", "22"),
    ("第一百二十八届", "edition", "128"),
    ("第5期", "edition", "5"),
    ("去年", "relative", ""),
    ("当日", "relative", ""),
    ("Nov. 15, 2020", "date", "2020-11-15"),
    ("15 November 2020", "date", "2020-11-15"),
    ("the 5th of June, 1999", "date", "1999-06-05"),
    ("Dec 16-18", "period", "XXXX-12-16/18"),
    ("December 30 to January 2, 2021", "period", "2020-12-30/2021-01-02"),
    ("30 March 2020 – 2 April 2020", "period", "2020-03-30/04-02"),
    ("the 1990s", "decade", "1990/1999"),
    ("the 2020-21 season", "period", "2020/2021"),
    ("first quarter of 2020", "quarter", "2020-01/03"),
    ("second half of 2019", "period", "2019-07/12"),
    ("the 19th century", "century", "1801/1900"),
    ("221 BC", "year", "-0220"),
    ("FY2020", "year", "2020"),
    ("in 2020", "year", "2020"),
    ("in May", "month", "XXXX-05"),
    ("9:30 a.m.", "time", "T09:30"),
    ("Sunday", "weekday", "W-7"),
    ("the 22nd Guangzhou", "edition", "22"),
]


@pytest.mark.parametrize(("text", "kind", "value"), FORMS)
def test_one_form_is_one_date(text, kind, value):
    ((surface, *found),) = read(text)
    assert found == [kind, value]
    assert surface in text


@pytest.mark.parametrize(
    "text",
    [
        "四点期望",
        "3点建议",
        "1600家企业",
        "圆周率3.14",
        "三百二十年",
        "3年",
        "3个月",
        "15日内",
        "自公布之日起三十日内",
        "5小时",
        "一周一次",
        "四周一片寂静",
        "比分16-18",
        "以3:15告负",
        "192.168.1.10",
        "1.2.3.4",
        "PyCharm 2020.3.1",
        "v2020.11.15",
        "1000年前",
        "2000年历史",
        "双11",
        "80后",
        "In 1600 homes",
        "March on, May I?",
        "38th Street",
        "5号楼",
    ],
)
def test_what_is_no_date(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020年成立，12月16日开业。", [("2020", "written"), ("2020-12-16", "sentence")]),
        ("2020年成立。12月16日开业。", [("2020", "written"), ("2020-12-16", "paragraph")]),
        ("2020年成立。\n12月16日开业。", [("2020", "written"), ("XXXX-12-16", "unknown")]),
        (
            "2020-11-15 10:13 来源：本报\n12月16日、17日开业。",
            [
                ("2020-11-15", "written"),
                ("T10:13", "written"),
                ("2020-12-16", "article"),
                ("2020-12-17", "sentence"),
            ],
        ),
        ("2020-11-15\n去年12月", [("2020-11-15", "written"), ("2019-12", "article")]),
        (
            "2019年5月，同年8月，次年3月",
            [("2019-05", "written"), ("2019-08", "sentence"), ("2020-03", "sentence")],
        ),
    ],
)
def test_where_a_year_is_found(text, expected):
    dates = Document(text).get(Dates).all
    assert [(d.value, str(d.resolved)) for d in dates] == expected


def han(number):
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else HAN[tens]) + ("十" if tens else "") + (HAN[ones] if ones else "")


STYLES = {
    "digits": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "wide": lambda d: f"{d.year}年{d.month}月{d.day}日".translate(
        {48 + i: 65296 + i for i in range(10)}
    ),
    "spaced": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "han": lambda d: (
        "".join(HAN[int(c)] for c in str(d.year)) + f"年{han(d.month)}月{han(d.day)}日"
    ),
    "hao": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "iso": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "dots": lambda d: f"{d.year}.{d.month:02d}.{d.day:02d}",
    "us": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "uk": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "short": lambda d: f"{MONTHS[d.month - 1][:3]}. {d.day}, {d.year}",
}
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
AROUND = st.sampled_from(["", "，", "他于", "（", " "])


@given(DAYS, st.sampled_from(sorted(STYLES)), AROUND)
def test_every_style_is_read_back(day, style, before):
    written = STYLES[style](day)
    text = f"{before}{written}。"
    assert read(text) == [(written, "date", day.isoformat())]


@given(DAYS, DAYS, st.sampled_from(["至", "到", "—", "-", "~"]))
def test_a_stretch_keeps_both_ends(first, last, join):
    text = STYLES["digits"](first) + join + STYLES["digits"](last)
    (found,) = Document(text).get(Dates).all
    assert found.first[:3] == (first.year, first.month, first.day)
    assert found.last[:3] == (last.year, last.month, last.day)


@given(
    st.text(
        alphabet="0123456789年月日时点分周星期第届至-:：/. 上去农历十二一MayJune\n，。（）",
        max_size=60,
    )
)
def test_dates_lie_in_the_text_in_order(text):
    end = 0
    for found in Document(text).get(Dates).all:
        assert end <= found.start < found.end <= len(text)
        end = found.end
        assert isinstance(found.value, str)
        assert found.resolved in Resolved


def test_dates_between_two_offsets():
    text = "2019年和2020年和2021年"
    dates = Document(text).get(Dates)
    assert [d.value for d in dates.between(6, 12)] == ["2020"]
    assert [d.value for d in dates.between(2, 8)] == ["2019", "2020"]
    assert list(dates.between(5, 6)) == []
