"""HTML: what a reader sees is checked, and every place leads back to the file."""

import html
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu import check_paths, check_text, fix_text
from kanwu.documents.reading import document_of, marked_up, markup_of
from kanwu.policy.baseline import identity

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
ARTICLE = "<h1>标题</h1><p>大会将于十二月在广州举行，来自四十个国家和地区的两千多名代表参加。</p>"

VISIBLE = {
    # Blocks and lines.
    "<p>一<p>二": "一\n\n二",
    "<div>一<div>二</div>三</div>": "一\n二\n三",
    "一<br>二<br/><br></br><br>三": "一\n二\n\n三",
    "<div>一<br></div><div>二": "一\n二",
    "<ul><li>一<li>二<ul><li>三</ul></ul>四": "一\n二\n三\n四",
    "<h1>一</h1>二<hr>三": "一\n\n二\n\n三",
    "一<span>二</span><b>三</b>": "一二三",
    "<dl><dt>一<dd>二<dt>三</dl>": "一\n二\n三",
    # Tables: cells of one line stand beside one another.
    "<table><tr><td>1<td> 2 <tr><th>3</th><th>4</table>": "1\t2\n3\t4",
    "<table><tr><td>1<br>2<td>3</table>": "1\n2\n3",
    "<table><tr><td><p>1</p></td><td>2</td></tr></table>": "1\n\n2",
    # White space.
    " a\n\t b  c<b> d </b> e ": "a b c d e",
    "<p>中文\r\n中文</p>": "中文中文",
    "<p>中文\nabc\n中文，\n“好”": "中文 abc 中文，“好”",
    "<p>中文 中文&nbsp;中文&#160;&nbsp;a": "中文 中文 中文  a",
    "<p>&nbsp;&nbsp;中文&nbsp;</p><p>\u00a0</p><p>好": "中文\n\n好",
    "<p>　　中文": "　　中文",
    "a&#32; &#10;b&Tab;c": "a b c",
    # References.
    "AT&T &amp &lt;b&gt; &ampx &notit; &unknown; &#x4E2d;&#20013;": "AT&T & <b> &x ¬it; &unknown; 中中",
    "&#150;&#0;&#xD800;&#1114112;&#99999999999999999999;&#": "–\ufffd\ufffd\ufffd\ufffd&#",
    "&#" + "0" * 5000 + "65;": "A",
    # What is not seen.
    "<title>题</title><style>p{}</style>一<script>'<p>'</script>二": "一二",
    "<script><!-- document.write('<script></script>') --></script>一": "一",
    "<script><!-- if (a<b) </script>一": "一",
    "<p hidden>一</p><p>二": "二",
    "<p hidden>一<p>二": "二",
    "<div style='color:red; Display : NONE'>一<div>二</div>三</div>四": "四",
    "<span style=visibility:hidden>一<span>二</span>三</span>四": "四",
    "<p class='hidden' data-x=\"hidden\" title=' hidden '>一": "一",
    "<table><tr><td hidden>一<td>二</table>": "二",
    "<ul><li hidden>一<li>二</ul>": "二",
    "<table><td><div hidden>一</td><td>二": "二",
    "<td hidden>一</td>二": "一二",
    "<div hidden><p>一</div>二": "二",
    "<template><p>一</template>二<noscript>三</noscript>": "二",
    "<select><option>一<option>二</select>三": "三",
    "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字": "汉字",
    "<dialog>一</dialog><dialog open>二</dialog>": "二",
    "<body hidden>一": "一",
    "<input hidden>一<img alt=二>": "一",
    # Comments and what is like them.
    "一<!-- <p>二 -->三<!-->四<!--->五<!-- --!>六": "一三四五六",
    "<!DOCTYPE html><?php 一 ?></ 二>三<![CDATA[四]]>五": "三五",
    "<?xml version='1.0'?><p>一<script/><div/>二<![CDATA[<三>]]></p>": "一\n二<三>",
    "一 < 二 <3> <你好> a<": "一 < 二 <3> <你好> a<",
    # Tags out of order, and cut off.
    "<P CLASS=a>一</p >二<A HREF='>'>三": "一\n\n二三",
    '<a href="一>二</a>三': "二三",
    "<a =\"一>二<a b = '>' c==d>三": "二三",
    "一<a href='二": "一",
    "一<!-- 二": "一",
    "</p>一</div></table>二": "一\n\n二",
    # Kept as it is written.
    "<pre>\n\n  a\n\n\n b\t&lt;\r\n</pre>一": "  a\n\n\n b\t<\n\n一",
    "<textarea>\n <b> &amp;\n</textarea>一": " <b> &\n一",
    "<xmp> <b> &amp;</xmp>一": " <b> &amp;\n\n一",
    "一<plaintext><b>二": "一\n\n<b>二",
    "": "",
    "<html></html>": "",
}


@pytest.mark.parametrize("page", VISIBLE)
def test_what_is_seen(page):
    assert marked_up(page, markup="html").text == VISIBLE[page]


def test_file_names_that_are_html():
    names = ["a.html", "A.HTM", "b/c.xhtml", "a.html.txt", "html", "a.md"]
    assert [markup_of(name) for name in names] == ["html"] * 3 + ["plain"] * 2 + ["markdown"]


def spans(document):
    return [document.origin.span(at, at + 1) for at in range(len(document.text))]


def bare(text):
    """A text without tags, references and white space."""
    return "".join(html.unescape(re.sub(r"<!--.*?-->|<[^<>]*>", "", text)).split())


PARTS = """
大会|将于|，|。|abc| |\n|\r\n  |　|\U00020000|&amp;|&nbsp;|&#20013;|&hellip;|<b>|</b>|<br>|<p>|</p>|<li>|<td>|<tr>|
<table>|</table>|<div class='x y'>|</div>|<!-- 注 -->|<a href=x>|</a>|<pre>|</pre>
"""
PIECES = st.lists(st.sampled_from(PARTS.split("|")), max_size=40).map("".join)


@given(PIECES, st.data())
def test_every_place_leads_to_the_text_that_is_there(page, data):
    document = marked_up(page, markup="html")
    # What one sees is all that there is.
    assert "".join(document.text.split()) == bare(page)
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    first, last = document.origin.span(start, end)
    assert bare(page[first:last]) == "".join(document.text[start:end].split())
    if end > start and document.text[start:end].strip():
        seen = document.origin.seen(first, last)
        assert seen.start <= start
        assert seen.end >= end or document.text[end - 1].isspace()


@given(st.text("<>/!-[]&;#=\"' \nabpretdsciphn中\u00a0?x1", max_size=60))
def test_places_stand_in_order_whatever_the_page(page):
    document = marked_up(page, markup="html")
    found = [(0, 0), *spans(document), (len(page), len(page))]
    for (start, end), (following, _) in pairwise(found):
        assert start <= end
        assert end <= following or (start, end) == (following, _)


def test_a_reference_has_one_place():
    document = marked_up("<p>甲&lt;&NotEqualTilde;乙", markup="html")
    assert document.text == "甲<≂\u0338乙"
    assert spans(document) == [(3, 4), (4, 8), (8, 23), (8, 23), (23, 24)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_on_a_page_is_found_what_is_found_in_its_text(path):
    page = path.read_text("utf-8")
    document = marked_up(page, markup="html")
    found = check_text(page, markup="html")
    expected = check_text(document.text)
    assert len(found) > 0

    def told(finding):
        # Lines that a message names are those of the file.
        message = {k: v for k, v in finding.message.parameters.items() if k != "line"}
        return (finding.code, finding.fingerprint, finding.place.excerpt, message)

    assert list(map(told, found)) == list(map(told, expected))
    lines = page.split("\n")
    for one, other in zip(found, expected, strict=True):
        places = zip(
            (one.place, *(r.place for r in one.related)),
            (other.place, *(r.place for r in other.related)),
            strict=True,
        )
        for place, seen in places:
            start, end = place.start, place.end
            assert (start.offset, end.offset) == (
                document.origin.span(seen.start.offset, seen.end.offset)
                if seen.end.offset
                else (0, 0)
            )
            for line, column, offset in (start, end):
                assert sum(len(text) + 1 for text in lines[: line - 1]) + column - 1 == offset
            assert bare(page[start.offset : end.offset]) == "".join(
                document.text[seen.start.offset : seen.end.offset].split()
            )
        assert one.fix is None


def test_code_is_no_prose():
    page = (
        "<p>运行<code>a,b</code>，好,吧。</p><pre>好,吧 a,b,c,d,e,f,g,h,i</pre><pre>他说,好。</pre>"
    )
    assert [f.place.start.offset for f in check_text(page, select=["PUN001"], markup="html")] == [
        page.index("好,吧。") + 1
    ]
    at = page.index("他说")
    (finding,) = check_text(page[at - 5 :], select=["PUN001"], markup="html")
    assert finding.place.start.offset == 7


@pytest.mark.parametrize(
    ("written", "declared", "expected"),
    [
        ("utf-8", "gb2312", "utf-8"),
        ("gb18030", "utf-8", "gb18030"),
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", "big5", "gb18030"),
        ("gb18030", "iso-8859-1", "gb18030"),
        ("gb18030", "", "gb18030"),
        ("gb18030", "nonsense", "gb18030"),
        ("utf-16", "gb2312", "utf-16-le"),
    ],
)
def test_a_page_that_says_a_wrong_encoding_is_read_rightly(written, declared, expected):
    page = f'<html><meta http-equiv=Content-Type content="text/html; charset={declared}">{ARTICLE}'
    document = document_of(page.encode(written), "a.html")
    assert document.encoding.codec == expected
    assert document.text.startswith("标题\n\n大会")


def test_what_a_page_says_of_its_encoding_decides_where_that_is_in_doubt():
    said = "<meta charset='GBK'><p>好</p>".encode("gbk")
    assert document_of(said, "a.html").text == "好"
    wrong = said.replace(b"GBK", b"big5")
    assert document_of(wrong, "a.html").encoding.codec == "big5hkscs"
    assert document_of(wrong, "a.txt").encoding.codec == "gb18030"
    xml = "<?xml version='1.0' encoding='gb2312'?><p>好</p>".encode("gbk")
    assert document_of(xml, "a.xhtml").text == "好"


def silenced(page):
    """The rules that speak of a page, and where."""
    return [(f.code, f.place.start.offset) for f in check_text(page, markup="html")]


def test_comments_silence_what_they_stand_in_or_before():
    bad = "他说,好。"
    at = len("<p>") + 2
    assert silenced(f"<p>{bad}</p>") == [("PUN001", at)]
    for page in (
        f"<!-- kanwu: ignore[PUN001] as printed --><p>{bad}</p>",
        f"<p>甲。</p><!-- kanwu: ignore[PUN001] --><!-- other -->\n<div><p>{bad}</p></div>",
        f"<p>{bad}<!-- kanwu: ignore[PUN001] --></p><p>乙。</p>",
        f"<p><!-- kanwu: ignore[half-width-punctuation] -->{bad}</p>",
        f"<p>{bad}</p><!-- kanwu: ignore-file[PUN] -->",
        f"<!-- kanwu: disable[PUN] --><p>{bad}</p><!-- kanwu: enable[PUN] -->",
    ):
        assert silenced(page) == [], page


def test_a_comment_silences_no_more_than_its_block():
    page = "<!-- kanwu: ignore[PUN001] --><p>甲。</p><p>他说,好。</p>"
    assert silenced(page) == [("SUP001", 0), ("PUN001", page.index(","))]
    page = "<p>他说,好。</p><script>'<!-- kanwu: ignore-file[PUN] -->'</script>"
    assert silenced(page) == [("PUN001", page.index(","))]
    assert [code for code, _ in silenced("<!-- kanwu: ignore[NIX] -->")] == ["SUP002"]


def test_a_page_is_never_changed(kanwu):
    page = "\ufeff<meta charset=gb2312>\r\n<p>他说,好。</p>\r\n<p>中关村围绕围绕高端人才开展工作。\x00</p>"
    assert fix_text(page, markup="html", unsafe=True) == page
    path = kanwu.put("page.html", page)
    before = path.read_bytes()
    done = kanwu("fix", "--unsafe-fixes", "page.html")
    assert done.returncode == 1
    assert b"fixed 0" in done.stderr
    assert path.read_bytes() == before
    done = kanwu("fix", "-", "--stdin-filename", "a.htm", stdin=before)
    assert done.stdout == before
    assert kanwu("clean", "page.html", "-o", "out").returncode == 1
    assert (kanwu.folder / "out" / "data" / "page.html").read_bytes() == before
    (findings,) = (kanwu.folder / "out" / "findings").rglob("*.jsonl")
    found = [json.loads(line) for line in findings.read_text("utf-8").splitlines()]
    assert ("PUN001", 2) in [(f["code"], f["start"]["line"]) for f in found]
    assert not any(f["fix"] for f in found)


def test_pages_in_folders_are_checked_where_they_are_asked_for(kanwu, monkeypatch):
    page = "<p>他说,好。</p>"
    kanwu.put("pages/a.html", page)
    kanwu.put("pages/b.txt", "他说,好。\n")
    monkeypatch.chdir(kanwu.folder)
    assert [f.place.path for f in check_paths(["pages"])] == ["pages/b.txt"]
    assert [f.place.path for f in check_paths(["pages/a.html"])] == ["pages/a.html"]
    kanwu.put("kanwu.toml", 'extensions = [".txt", ".html"]\n')
    found = check_paths(["pages"])
    assert [(f.place.path, f.place.start.column) for f in found] == [
        ("pages/a.html", 6),
        ("pages/b.txt", 3),
    ]


def test_what_was_recorded_is_known_again_in_another_layout():
    page = "<p>他说,好。</p>"
    laid_out = f"<html><body><div>\n<!-- neu -->{page}</div>"
    known = {
        identity(*check_text(text, markup="html"), marked_up(text, markup="html"))
        for text in (page, laid_out)
    }
    assert len(known) == 1


def test_places_in_other_pages_are_those_of_their_files(kanwu, monkeypatch):
    line = "<div><span>欢迎访问青溪新闻网，请收藏本站</span></div>"
    for number, word in enumerate("甲乙丙丁戊己"):
        page = f"<html>\n<p>{word}地今天新开了{number + 2}家书店，读者很多。</p>\n  {line}</html>"
        kanwu.put(f"p{number}.html", page)
    monkeypatch.chdir(kanwu.folder)
    (found,) = check_paths([f"p{number}.html" for number in range(6)], select=["recurring-line"])
    for place in (found.place, *(related.place for related in found.related)):
        assert place.start[:2] == (3, 3 + len("<div><span>"))
        assert place.end[:2] == (3, place.start.column + 15)
