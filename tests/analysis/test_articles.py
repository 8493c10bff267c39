"""Articles: where each begins, and that one article is never cut in two."""

from pathlib import Path

import pytest

from kanwu.analysis.articles import Articles, Parts, Reason
from kanwu.analysis.lines import Lines
from kanwu.documents.document import Document

SEEDS = Path(__file__).parents[2] / "seeds"

DAM = "北山水库的大坝加固完工，今年汛期可以照常蓄水，下游三个乡镇的灌溉用水有了保障，水位比去年高出两米。"
HALL = "新展馆昨日落成，展出两百多件藏品，市民可以免费参观。馆方说，展期到年底为止，每周一闭馆，节日照常开放。"
PANDA = "大熊猫研究基地今年出生的幼仔全部成活，最大的已经能够爬树，饲养员每天记录它们的体重和食量。"
PORT = "港口今年前四个月吞吐量增长百分之三，外贸货物占了一半以上，新开的航线有十二条，通往三大洲。"


def split(text, markup="plain"):
    """The first lines of the articles behind the first one."""
    document = Document(text, markup=markup)
    lines = document.get(Lines)
    return [lines[article.first] for article in document.get(Articles)][1:]


def seed(name):
    (path,) = SEEDS.glob(name + "_*")
    with open(path, encoding="utf-8", newline="") as file:
        return Document(file.read(), path=path.name)


@pytest.mark.parametrize(
    ("name", "firsts"),
    [("000", [1, 63, 94]), ("001", [1]), ("002", [1]), ("003", [1, 27, 59]), ("004", [1])],
)
def test_articles_of_the_seeds(name, firsts):
    assert [article.first + 1 for article in seed(name).get(Articles)] == firsts


def test_a_headline_inside_a_sentence_belongs_to_the_article_around_it():
    document = seed("000")
    article = document.get(Articles).all[1]
    assert article.headline is not None
    assert document.text[slice(*article.headline)].startswith("海交会")
    assert article.reasons == {Reason.DISPLACED: 72, Reason.BYLINE: 74}


def test_articles_cover_the_text_in_order():
    for name in ("000", "001", "003"):
        document = seed(name)
        articles = document.get(Articles)
        lines = document.get(Lines)
        assert articles.all[0].start == 0
        assert articles.all[-1].end == len(document.text)
        assert articles.all[-1].last == len(lines)
        for before, after in zip(articles.all, articles.all[1:], strict=False):
            assert before.end == after.start == lines.starts[after.first]
            assert before.last == after.first
            assert articles.at(after.start) is after
            assert articles.at(after.start - 1) is before


@pytest.mark.parametrize(
    "text", ["", "\n", "。", "本报讯", "====", "\f\f", "本报讯\n本报讯\n", "第一条\n第一条"]
)
def test_small_texts_are_one_article(text):
    (article,) = Document(text).get(Articles)
    assert (article.start, article.end, article.headline) == (0, len(text), None)


@pytest.mark.parametrize(
    ("text", "firsts"),
    [
        (f"水库大坝完成加固\n本报讯（记者 王芳）{DAM}\n新展馆落成\n本报讯 {HALL}\n", ["新展馆落成"]),
        (f"新华社成都5月6日电（记者 陈晨）{PANDA}（完）\n中新网广州5月7日电 {PORT}", [f"中新网广州5月7日电 {PORT}"]),
        (f"【新华社成都六日电】{PANDA}\n引才新政出台\n据新华社广州8月18日电 (记者陈进){PORT}", ["引才新政出台"]),
        (
            f"水库大坝完成加固\n2020-01-02 10:00 来源：晚报\n{DAM}{DAM}\n新展馆落成\n2020-01-03 11:00 来源：晚报\n{HALL}{HALL}",
            ["新展馆落成"],
        ),
        (f"{DAM}{DAM}\n责任编辑：王芳\n大熊猫幼仔全部成活\n{PANDA}{PANDA}\n责任编辑：王芳", ["大熊猫幼仔全部成活"]),
        (f"{DAM}{DAM} 王芳\n大熊猫幼仔全部成活\n{PANDA}{PANDA} 李明", ["大熊猫幼仔全部成活"]),
        (f"水库大坝完成加固\n{DAM}{DAM}\n\n==========\n\n新展馆落成\n{HALL}{HALL}", ["新展馆落成"]),
        (f"{DAM}{DAM}\n==========\n{PANDA}{PANDA}", [PANDA + PANDA]),
        (f"水库大坝完成加固\n{DAM}{DAM}\n----------\n大熊猫幼仔全部成活\n{PANDA}{PANDA}", ["大熊猫幼仔全部成活"]),
        (f"水库大坝完成加固\n{DAM}{DAM}\n\f大熊猫幼仔全部成活\n{PANDA}{PANDA}", ["\f大熊猫幼仔全部成活"]),
        (f"标题：大坝\n{DAM}\n标题：展馆\n{HALL}\n", ["标题：展馆"]),
        (f"第2版(要闻)\n专栏:\n大坝加固\n{DAM}\n第2版(要闻)\n专栏:\n展馆落成\n{HALL}", ["第2版(要闻)"]),
        (
            f"{DAM}（完）\n大熊猫幼仔全部成活****** 本报成都1月10日讯（记者陈晨）{PANDA}",
            [f"大熊猫幼仔全部成活****** 本报成都1月10日讯（记者陈晨）{PANDA}"],
        ),
        (
            "BEIJING, May 6 (Xinhua) -- The dam has been repaired before the floods, officials said.\n\nPanda cubs doing well\nCHENGDU, May 7 (Xinhua) -- All the cubs born this year are alive, keepers said.",
            ["Panda cubs doing well"],
        ),
    ],
)  # fmt: skip
def test_beginnings(text, firsts):
    assert split(text) == firsts


def test_reasons_and_headline():
    text = f"水库大坝完成加固\n本报讯（记者 王芳）{DAM}\n责任编辑：王芳\n\n又一座\n新展馆落成\n记者 李明\n本报讯 {HALL}\n"
    document = Document(text)
    first, second = document.get(Articles)
    assert document.text[slice(*first.headline)] == "水库大坝完成加固"
    assert document.text[slice(*second.headline)] == "又一座\n新展馆落成"
    assert second.reasons[Reason.DATELINE] == 7
    assert second.reasons[Reason.END] == 2
    assert first.confidence == 1.0
    assert 0.5 < second.confidence <= 1.0


@pytest.mark.parametrize(
    "text",
    [
        # Subheadings, captions, credits and bylines.
        f"水库大坝完成加固\n本报讯（记者 王芳）{DAM}\n图为加固后的大坝。\n王芳摄\n下游用水有保障\n记者 李明\n{DAM}{HALL}（完）\n责任编辑：王芳",
        # A dispatch that is quoted.
        f"水库大坝完成加固\n本报讯（记者 王芳）{DAM}\n新华社报道说，{HALL}\n据新华社1月2日电，{DAM}",
        # A web page: teasers, lists, notices, comments behind the end.
        f"大坝完工\n来源：晚报　时间：2020-01-02\n{DAM}\n责任编辑：王芳\n相关新闻\n新展馆落成\n{PANDA[:40]}...\n港口增长\n{PORT[:40]}...",
        f"大坝完工\n来源：晚报\n{DAM}\n（完）\n关于我们\n{HALL}{PANDA}\n声明：本网转载的稿件，版权归原作者所有。",
        f"大坝完工\n来源：晚报\n{DAM}\n责任编辑：王芳\n网友评论\n小明 2020-01-03 10:00\n{HALL}\n小红 2020-01-03 11:00\n{PANDA}",
        # Scenes, page breaks and underlined headings.
        f"大坝完工\n{DAM}{DAM}\n* * *\n{PANDA}{PANDA}\n* * *\n{HALL}{HALL}",
        f"{DAM}{DAM}\n\f{PANDA}{PANDA}\n\f{HALL}{HALL}",
        # A statute with chapters, behind the notice that issues it.
        f"关于印发停车办法的通知\n各区人民政府：\n现将办法印发给你们，请遵照执行。{DAM}\n停车办法\n第一章 总则\n第一条 为了规范停车，制定本办法。\n第二条 本办法自公布之日起施行。",
        # A statute with an annex.
        f"停车办法\n第一条 {DAM}\n第二条 本办法自公布之日起施行。\n附件：\n停车场示范合同\n第一条 {HALL}\n第二条 本合同自签字之日起生效。",
        # A paragraph that ends as a statute might.
        f"大坝开放参观\n来源：晚报\n{DAM}{DAM}时间以公告为准。\n大熊猫幼仔全部成活\n{PANDA}{PANDA}",
        # A press conference.
        f"新闻发布会\n（记者提问）{DAM}\n（记者问）{HALL}\n（记者 王芳摄）{PANDA}",
        # Events and books in one article.
        f"本周讲座\n时间：2020-01-02\n地点：一号厅\n{DAM}{DAM}\n大熊猫的一天\n时间：2020-01-03\n地点：二号厅\n{PANDA}{PANDA}",
        f"《大坝》\n作者：王芳\n出版社：某社\n{DAM}{DAM}\n《大熊猫》\n作者：李明\n出版社：某社\n{PANDA}{PANDA}",
        # Questions and answers, numbered parts.
        f"专访王芳\n记者：大坝何时完工？\n王芳：{DAM}\n记者：展馆呢？\n王芳：{HALL}\n一、大熊猫\n{PANDA}\n二、港口\n{PORT}",
        # A headline that a page repeats.
        f"大坝完工\n来源：晚报\n{HALL}{PANDA}\n\f大坝完工\n来源：晚报\n{DAM}{PORT}",
        # Fewer signs than two.
        f"大坝完工\n{DAM}\n大熊猫幼仔全部成活\n{PANDA}\n港口增长\n{PORT}",
    ],
)  # fmt: skip
def test_one_article_stays_one(text):
    assert split(text) == []
    assert split(text.replace("\n", "\r\n\r\n")) == []


def test_an_underline_is_no_dividing_line():
    assert split(f"大坝\n====\n{DAM}{DAM}\n大熊猫\n====\n{PANDA}{PANDA}\n") == []


def test_a_translation_is_a_part_and_no_article():
    text = (
        f"大坝完工\n新华社北京5月6日电 {DAM}\n\nDam repaired\n"
        "BEIJING, May 6 (Xinhua) -- The dam in the north has been repaired before the floods, officials said.\n"
    )
    document = Document(text)
    assert len(document.get(Articles)) == 1
    ((chinese, english),) = document.get(Parts).of_articles
    assert (chinese.language, english.language) == ("zh", "en")
    assert document.text[chinese.start : chinese.end].endswith(DAM)
    assert document.text[english.start :].startswith("Dam repaired")


def test_another_subject_in_another_language_is_another_article():
    text = (
        f"大坝完工\n新华社北京5月6日电 {DAM}工程用了21个月，投资35亿元，土方48万方，移民127户。\n\nCubs doing well\n"
        "CHENGDU, July 7 (Xinhua) -- All 16 cubs are alive. They weigh 32 kilograms, eat 54 times "
        "a week and sleep 19 hours a day, keepers said.\n"
    )
    assert split(text) == ["Cubs doing well"]
    assert [len(parts) for parts in Document(text).get(Parts).of_articles] == [1, 1]


def test_parts_of_paragraphs_in_turn():
    (parts,) = seed("001").get(Parts).of_articles
    assert [str(part.language) for part in parts[1:5]] == ["zh", "en", "zh", "en"]
    assert Document("\n12\n").get(Parts).of_articles == [[]]


def test_markdown():
    text = f"# 大坝\n\n{DAM}{DAM}\n\n---\n\n# 大熊猫\n\n{PANDA}{PANDA}\n"
    assert split(text, "markdown") == []
