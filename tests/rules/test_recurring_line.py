"""recurring-line through the command, over folders, with the index and without it."""

import json

import pytest

TOPICS = "桥路船车山水田林湖草砖瓦门窗灯钟鼓琴棋书画茶酒盐米面"


def page(topic, number):
    return (
        f"首页 > 资讯 > 正文\n关于{topic}的消息\n发布：2020-01-{number:02} 阅读：{number}\n\n"
        f"记者昨日看到，{topic}的事情已经办妥，{topic}边的居民都说这是一件好事。\n\n小结\n\n"
        f"有了{topic}，以后方便多了。\n\n本站稿件均由热心读者提供\n"
    )


@pytest.fixture
def site(kanwu):
    """A folder of pages that share their furniture, beside a folder of others."""
    kanwu.put("kanwu.toml", 'corpus = ["articles"]\nselect = ["BOI018"]\n')
    for number, topic in enumerate(TOPICS, 1):
        kanwu.put(f"articles/site/{number:02}.txt", page(topic, number))
        kanwu.put(f"articles/other/{number:02}.txt", f"{topic}\n\n这是关于{topic}的另一篇文章。\n")
    return kanwu


def found(kanwu, *words):
    done = kanwu("check", *words, "--output-format", "jsonl")
    assert b"Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_each_shared_line_is_said_once_with_all_its_places(site):
    findings = found(site, "articles", "--no-cache")
    assert [(f["path"], f["start"]["line"]) for f in findings] == [
        ("articles/site/26.txt", line) for line in (1, 3, 11)
    ]
    for finding in findings:
        assert finding["evidence"] == {"count": 26, "documents": 26}
        assert len(finding["related"]) == 20
        assert len({r["path"] for r in finding["related"]} - {finding["path"]}) == 20
    text = (site.folder / "articles/site/01.txt").read_text()
    first = findings[1]["related"][0]
    span = slice(first["start"]["offset"], first["end"]["offset"])
    assert text[span] == "发布：2020-01-01 阅读：1"


def test_one_process_and_two_say_the_same(site):
    assert found(site, "articles", "--jobs", "2") == found(site, "articles", "--jobs", "1")


def test_one_page_is_compared_with_the_index(site):
    assert found(site, "articles/site/24.txt") == []
    site("index")
    assert found(site, "articles/site/24.txt") == found(site, "articles", "--no-cache")
    assert found(site, "articles/other/24.txt") == []


def test_thresholds_are_options(site):
    for number in range(27, 300):
        site.put(f"articles/site/{number:03}.txt", f"{number}\n第{number}篇" + "文章" * number)
    assert found(site, "articles", "--no-cache") == []
    site.put(
        "kanwu.toml",
        'select = ["BOI018"]\n[rules.recurring-line]\nleast-share = 0.05\nleast-documents = 26\n',
    )
    assert len(found(site, "articles", "--no-cache")) == 3
    site.put(
        "kanwu.toml",
        'select = ["BOI018"]\n[rules.recurring-line]\nleast-share = 0.05\nlongest = 11\n',
    )
    assert [f["start"]["line"] for f in found(site, "articles", "--no-cache")] == []


def test_fix_leaves_the_files_as_they_are(site):
    before = (site.folder / "articles/site/26.txt").read_bytes()
    done = site("fix", "--unsafe-fixes", "articles", "--no-cache")
    assert done.returncode == 1
    assert (site.folder / "articles/site/26.txt").read_bytes() == before
