"""Line roles: every line of the seeds and of labelled documents in other genres."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from kanwu.analysis.lines import Lines
from kanwu.analysis.roles import Role, Roles
from kanwu.documents.document import Document

HERE = Path(__file__).parent / "roles"
SEEDS = Path(__file__).parents[2] / "seeds"


def seeds():
    """Each seed with its labels and the indices of known failures."""
    for name, labels in tomllib.loads((HERE / "seeds.toml").read_text("utf-8")).items():
        with open(SEEDS / name, encoding="utf-8", newline="") as file:
            document = Document(file.read(), path=name)
        failures = {number - 1 for number in labels.pop("known-failures", [])}
        roles = [Role.BODY if line.strip() else Role.BLANK for line in document.get(Lines)]
        for role, numbers in labels.items():
            for number in numbers:
                roles[number - 1] = Role(role)
        yield pytest.param(document, roles, failures, id=name)


def documents():
    """Each labelled document likewise."""
    for entry in tomllib.loads((HERE / "documents.toml").read_text("utf-8"))["document"]:
        rows = [row.partition("|")[::2] for row in entry["text"].strip("\n").split("\n")]
        text = "\n".join(line.removeprefix(" ") for _, line in rows)
        document = Document(text, markup=entry.get("markup", "plain"))
        failures = {number - 1 for number in entry.get("known-failures", [])}
        roles = [Role(role.strip()) for role, _ in rows]
        yield pytest.param(document, roles, failures, id=entry["name"])


@pytest.mark.parametrize(("document", "expected", "failures"), [*seeds(), *documents()])
def test_every_line_has_its_role(document, expected, failures):
    lines, found = list(document.get(Lines)), document.get(Roles).of_lines
    assert len(found) == len(lines) == len(expected)
    wrong = {
        row: f"line {row + 1} is {is_}, should be {should}: {lines[row][:40]}"
        for row, (is_, should) in enumerate(zip(found, expected, strict=True))
        if is_ is not should
    }
    assert not set(wrong) - failures, "\n".join(wrong.values())
    assert not failures - set(wrong), "mended: take these lines off the list of known failures"


def test_precision_and_recall_of_each_role(record_property):
    found, expected, right = Counter(), Counter(), Counter()
    for case in (*seeds(), *documents()):
        document, roles, _ = case.values
        for is_, should in zip(document.get(Roles).of_lines, roles, strict=True):
            found[is_] += 1
            expected[should] += 1
            right[is_] += is_ is should
    report = [
        f"{role:10} precision {right[role] / found[role]:.3f} recall {right[role] / expected[role]:.3f}"
        f" of {expected[role]}"
        for role in Role
    ]
    record_property("roles", "\n".join(report))
    for role in Role:
        assert right[role] >= 0.9 * found[role], "\n".join(report)
        assert right[role] >= 0.85 * expected[role], "\n".join(report)


def test_no_lines_but_blank_ones():
    assert Document("").get(Roles).of_lines == [Role.BLANK]
    assert Document("\n \u3000\n").get(Roles).of_lines == [Role.BLANK, Role.BLANK]


def test_line_ends_and_indentation_make_no_difference():
    text = "标题一行\n2020-01-02 来源：江口日报\n老人们提着鸟笼陆续进来，找到自己坐惯的位置，要一碗盖碗茶。\n"
    expected = [Role.TITLE, Role.META, Role.BODY]
    for end in ("\n", "\r\n", "\r"):
        assert Document(text.replace("\n", end)).get(Roles).of_lines == expected
    assert Document(text.replace("老人", "\u3000\u3000老人")).get(Roles).of_lines == expected


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("新华社记者 丁汀摄", Role.CREDIT),
        ("（新华社记者 刘潺 摄）", Role.CREDIT),
        ("张茂（人民视觉）", Role.CREDIT),
        ("新华社发（王小川 摄）", Role.CREDIT),
        ("活动方供图", Role.CREDIT),
        ("图片来源：江口日报", Role.CREDIT),
        ("数据来源：国家统计局", Role.CREDIT),
        ("【纠错】 责任编辑： 焦鹏", Role.CREDIT),
        ("编辑|禤志杰", Role.CREDIT),
        ("（本版图片均为资料图片）", Role.CREDIT),
        ("本报记者 罗慧 通讯员 张杰", Role.BYLINE),
        ("新华社记者 吴 芳", Role.BYLINE),
        ("记者张三", Role.BYLINE),
        ("■本报记者 顾学文", Role.BYLINE),
        ("郭 明 军", Role.BYLINE),
        ("陈晓东 李慧敏", Role.BYLINE),
        ("作者：王安忆", Role.BYLINE),
        ("By John Smith", Role.BYLINE),
        ("特派記者賴錦宏/北京報導", Role.BYLINE),
        ("图为双方会见现场。", Role.CAPTION),
        ("图1 系统结构", Role.CAPTION),
        ("▲航站楼的造型像一条鲸鱼。", Role.CAPTION),
        ("桥上的行人。 视觉中国 资料", Role.CAPTION),
        ("您的当前位置:首页 > 新闻中心 > 部内新闻", Role.NAVIGATION),
        ("资讯 > 社会 > 正文", Role.NAVIGATION),
        ("Home> News", Role.NAVIGATION),
        ("上一篇：河堤步道施工", Role.NAVIGATION),
        ("微信扫一扫", Role.NAVIGATION),
        ("时间:2013-03-26 15-35-21", Role.META),
        ("二〇二一年七月八日", Role.META),
        ("2019年9月25日 星期三", Role.META),
        ("国办发〔2018〕128号", Role.META),
        ("第 3 页 共 12 页", Role.META),
        ("Copyright © 2019 江口日报", Role.META),
        ("[关键词] 节水 灌溉 水价", Role.META),
        ("- 买两斤面粉", Role.LIST_ITEM),
        ("（三）其他情形。", Role.LIST_ITEM),
        ("第三章 法律责任", Role.HEADING),
        ("————————", Role.BLANK),
        ("* * *", Role.BLANK),
    ],
)
def test_lines_that_say_what_they_are(line, role):
    body = (
        "老人们提着鸟笼陆续进来，找到自己坐惯的位置，要一碗盖碗茶，再要一碟瓜子，一坐就是一个上午。"
    )
    assert Document(f"{body}\n\n{line}\n\n{body}").get(Roles).of_lines[2] is role


@pytest.mark.parametrize(
    "line",
    [
        "返回舱于今天凌晨在预定地点着陆。",
        "2020年5月1日起，新的办法正式施行。",
        "记者在现场看到，工人们正在清理河道。",
        "图书馆里坐满了看书的人。",
        "来源于生活的故事，最能打动人。",
        "他摄影，她写字。",
        "下一篇文章里，我们再来谈这个问题。",
        "声明一发表，舆论哗然。",
        "“你真要走？”",
        "活动期间,中国科协国际合作部、中国国际科技交流中心、",
        "今年10月20日至22日，广西首次采用“主会场+分",
        "会上，各位代表",
        "其中",
        "直到那个夜晚——",
        "未经批准，任何单位不得占用绿地。",
        "互联网新闻信息服务由国家统一管理。",
    ],
)
def test_body_that_looks_like_something_else(line):
    body = (
        "老人们提着鸟笼陆续进来，找到自己坐惯的位置，要一碗盖碗茶，再要一碟瓜子，一坐就是一个上午。"
    )
    assert Document(f"{body}\n\n{line}\n\n{body}").get(Roles).of_lines[2] is Role.BODY
