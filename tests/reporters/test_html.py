"""The report as a page: what it shows, what it escapes, what it counts."""

import re
from html.parser import HTMLParser

import pytest

from kanwu.documents.document import Document
from kanwu.documents.tables import read_table
from kanwu.engine.finding import Safety, Severity
from kanwu.engine.ledger import Entry
from kanwu.engine.translation import LANGUAGES
from kanwu.reporters.summary import Summary, Tally
from kanwu.testing import parameters_of

pytest.importorskip("jinja2", reason="the report needs jinja2")

from kanwu.reporters.html import words
from kanwu.reporters.html.badges import badged
from kanwu.reporters.html.changes import changes
from kanwu.reporters.html.marking import Mark, marked
from kanwu.reporters.html.page import digest, page
from kanwu.reporters.html.sheets import Gap, Row, excerpt, sheet
from kanwu.reporters.html.view import Limits, View, bars, choose
from kanwu.reporters.html.words import Words

VOID = {"meta", "link", "input", "col", "rect"}
WARNING = Severity.WARNING


class Structure(HTMLParser):
    """Reads a page, sees that every element is closed, and keeps attributes and text."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.text = [], [], []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.text.append(data)

    def having(self, name):
        return [attrs for tag, attrs in self.tags if name in (attrs.get("class") or "").split()]


@pytest.fixture
def paged():
    """A function that makes the page of some documents and findings."""

    def make(findings, documents, limits=None, entries=()):
        view = View(findings, limits or Limits())
        for document in documents:
            view.take(document, entries)
        tally = Tally()
        tally.add(findings)
        size = sum(len(document.text) for document in documents)
        summary = Summary(len(documents), size, tally.counts())
        return page(view, summary, made="today", words=Words())

    return make


@pytest.mark.parametrize("name", ["words.toml", "corpus.toml"])
def test_every_language_has_the_same_words(name):
    table = read_table(words.__file__, name)
    assert list(table) == list(LANGUAGES)
    for key, said in table["en"].items():
        told = table["zh"][key]
        forms = [said] if isinstance(said, str) else said
        assert {*parameters_of(told)} == {p for form in forms for p in parameters_of(form)}, key
    assert table["zh"].keys() == table["en"].keys()


def test_overlapping_marks_are_cut_and_name_all_their_findings():
    text = "一二三四五六"
    html = marked(text, 0, 6, [Mark(1, 4, 1, WARNING), Mark(3, 6, 2, Severity.ERROR)])
    assert html == (
        '一<mark class="warning" data-of="1">二三</mark><mark class="error" data-of="1 2">四</mark>'
        '<mark class="error" data-of="2">五六</mark>'
    )


def test_marks_may_be_equal_nested_empty_and_related():
    html = marked("一二三", 0, 3, [Mark(0, 3, 1, WARNING), Mark(1, 2, 1, WARNING, related=True)])
    assert 'data-of="1 1r">二' in html
    assert re.sub(r"<[^>]+>", "", html) == "一二三"
    point = marked("一二", 0, 2, [Mark(1, 1, 4, Severity.INFO)])
    assert point == '一<mark class="info point" data-of="4"></mark>二'
    assert marked("", 0, 0, [Mark(0, 0, 1, WARNING)]).count("<mark") == 1


@pytest.mark.parametrize(
    ("character", "label"),
    [
        ("\u200b", "ZWSP"),
        ("\xa0", "NBSP"),
        ("\ufeff", "BOM"),
        ("\u202e", "RLO"),
        ("\u2066", "LRI"),
        ("\x1b", "ESC"),
        ("\x00", "NUL"),
        ("\ue000", "U+E000"),
        ("\udce4", "0xE4"),
        ("\ud800", "U+D800"),
        ("\u2028", "LSEP"),
        ("\n", "↵"),
    ],
)
def test_what_cannot_be_seen_has_a_badge_and_is_not_in_the_page(character, label):
    html = badged(f"甲{character}<乙")
    assert f">{label}</abbr>" in html
    assert character not in html
    assert "&lt;乙" in html


def test_an_indented_paragraph_stays_as_it_is():
    assert badged("\u3000\u3000他说 yes。") == "\u3000\u3000他说 yes。"


def test_a_change_is_shown_before_and_after(maker):
    made = maker("会议还讨论了其他问题,大家同意。")
    finding = made.finding(",", safety=Safety.SAFE, write="，")
    (change,), more = changes(made.document, finding.fix.edits)
    assert "问题<del>,</del>大家" in change.before
    assert "问题<ins>，</ins>大家" in change.after
    assert more == 0


def test_clean_lines_are_folded_and_those_of_long_documents_left_out_with_their_number():
    text = "\n".join(f"第{n}行" for n in range(40))
    at = text.index("第20行")
    short = sheet(Document(text), [Mark(at, at + 2, 1, WARNING)], {20: [1]})
    gaps = [part for part in short if isinstance(part, Gap)]
    assert [(gap.lines, len(gap.rows)) for gap in gaps] == [(18, 18), (17, 17)]
    (noted,) = [part for part in short if isinstance(part, Row) and part.notes]
    assert (noted.number, noted.notes, noted.language) == (21, (1,), "zh")
    long = sheet(Document(text + "\n" * 5000), [Mark(at, at + 2, 1, WARNING)], {20: [1]})
    gaps = [part for part in long if isinstance(part, Gap)]
    assert [(gap.lines, len(gap.rows)) for gap in gaps] == [(18, 0), (5016, 0)]


def test_of_a_very_long_line_the_neighbourhood_of_findings_is_shown():
    text = "长" * 1_000_000
    (row,) = sheet(Document(text), [Mark(500_000, 500_002, 1, WARNING)], {0: [1]})
    assert len(row.html) < 2_000
    shown = re.sub(r'<span class="cut">[^<]+</span>|<[^>]+>', "", row.html)
    cut = re.findall(r'<span class="cut">([\d,]+)</span>', row.html)
    assert len(shown) + sum(int(number.replace(",", "")) for number in cut) == len(text)


def test_a_mark_over_many_lines_is_drawn_on_those_that_are_shown():
    text = "\n".join("一二三四五" for _ in range(12))
    rows = sheet(Document(text), [Mark(0, len(text), 1, WARNING)], {0: [1]})
    flat = [row for part in rows for row in (part.rows if isinstance(part, Gap) else [part])]
    assert len(flat) == 12
    assert all('data-of="1"' in row.html for row in flat)


def test_a_sentence_is_told_whole_and_a_lone_number_with_the_line_over_it():
    document = Document("前一句。参展企业有300家，来自各地。后一句。")
    assert excerpt(document, 9, 13) == "参展企业有<mark>300家</mark>，来自各地。"
    listed = Document("人才群\n\n  63984971\n")
    start = listed.text.index("6")
    assert excerpt(listed, start, start + 8) == "人才群 <mark>63984971</mark>"


def test_the_gravest_documents_are_shown_and_all_others_counted(maker):
    findings = []
    for number in range(6):
        made = maker("围绕围绕中心", f"{number}.txt")
        severity = Severity.ERROR if number == 4 else Severity.WARNING
        findings += [made.finding("围绕", severity=severity)] * (number + 1)
    chosen = choose(findings, Limits(documents=2, findings=3))
    assert [path for path, _ in chosen.by_document] == ["4.txt", "5.txt"]
    assert [n for pairs in chosen.by_document.values() for n, _ in pairs] == [1, 2, 3, 4, 5, 6]
    assert chosen.left_within == {("4.txt", None): 2, ("5.txt", None): 3}
    assert (chosen.documents_left, chosen.findings_left) == (4, 10)


def test_the_page_says_how_much_it_leaves_out(maker, paged):
    made = [maker("围绕围绕中心", f"{number}.txt") for number in range(3)]
    findings = [m.finding("围绕") for m in made for _ in range(4)]
    html = paged(findings, [m.document for m in made], Limits(documents=2, findings=3))
    text = " ".join(Structure(html).text)
    assert "6 findings are counted but not shown here." in text
    assert "4 are in 1 document beyond" in text
    assert "2 are beyond the first 3 of their documents." in text
    assert text.count("1 further finding of this document is not shown") == 2
    assert html.count('class="card ') == 6
    assert "12 findings" in text


def test_bars_count_all_findings(maker):
    found = bars([("A", "a", WARNING), ("B", "b", WARNING), ("B", "b", Severity.INFO)])
    assert [(bar.label, bar.total) for bar in found] == [("B", 2), ("A", 1)]


NASTY = (
    "坏</script><script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31m\u202e\x00\ud800\"'&"
)


def test_no_text_escapes(maker, paged):
    made = maker(f"{NASTY}围绕围绕中心。", path=f"a{NASTY}.txt")
    other = maker(f"{NASTY}二", path="b.txt")
    finding = made.finding(
        "围绕",
        "“{word}” " + NASTY,
        related=(other.related("二", NASTY),),
        safety=Safety.SAFE,
        write=NASTY,
        code="FIG001",
    )
    entry = Entry(0, 1, "count", "1", "=", "1", "1", NASTY, NASTY, "zh")
    html = paged([finding], [made.document, other.document], entries=[entry])
    html.encode("utf-8")
    read = Structure(html)
    tags = [tag for tag, _ in read.tags]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert not any(name.startswith("on") for _, attrs in read.tags for name in attrs)
    assert not set(html) & set("\x00\x1b\u202e")
    assert ">RLO</abbr>" in html


def test_only_its_own_style_and_script_have_any_effect(maker, paged):
    made = maker("围绕围绕中心。")
    html = paged([made.finding("围绕")], [made.document])
    (policy,) = [
        attrs["content"]
        for tag, attrs in Structure(html).tags
        if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; ")
    for name in ("style", "script"):
        (source,) = re.findall(rf"<{name}>(.*?)</{name}>", html, re.DOTALL)
        assert f"{name}-src '{digest(source)}'" in policy
    assert not re.search(r"(?:src|href)=\"(?!#|data:,)", html)
    assert " style=" not in html
    assert "http:" not in html
    assert "https:" not in html


def test_the_page_can_be_read_without_eyes(maker, paged):
    made = maker("围绕围绕中心。")
    read = Structure(paged([made.finding("围绕", safety=Safety.SAFE)], [made.document]))
    ids = [attrs["id"] for _, attrs in read.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in read.tags:
        for name in ("aria-labelledby", "aria-describedby"):
            assert attrs.get(name, ids[0]) in ids
    tags = [tag for tag, _ in read.tags]
    for tag in ("header", "main", "aside", "footer", "h1", "caption"):
        assert tag in tags
    assert dict(read.tags[0][1]).get("lang") == "en" or ("html", {"lang": "en"}) in read.tags
    assert tags.count("h1") == 1
    links = [attrs["href"][1:] for tag, attrs in read.tags if tag == "a"]
    assert set(links) <= set(ids)


def test_conflicting_claims_stand_side_by_side_with_their_readings(maker, paged):
    one = maker("全村种植荔枝68000亩。", "b.txt")
    other = maker("全村种植荔枝约6800亩。", "a.txt")
    finding = one.finding(
        "68000亩", "they do not meet", related=(other.related("约6800亩", "here"),), code="FIG001"
    )
    view = View([finding], Limits())
    exact = Entry(6, 12, "count", "68000", "=", "68000", "68000", "亩", "荔枝", "zh")
    about = Entry(6, 12, "count", "6800", "~", "5440", "8160", "亩", "荔枝", "zh")
    view.take(other.document, [about])
    view.take(one.document, [exact])
    (pair,) = view.pairs()
    assert pair.here.sentence == "全村种植荔枝<mark>68000亩</mark>。"
    assert pair.here.readings == ("= 68000 亩",)
    assert pair.there.sentence == "全村种植荔枝<mark>约6800亩</mark>。"
    assert pair.there.readings == ("~ 6800 (5440 to 8160) 亩",)
    assert view.figures_in_all == 2


def test_a_file_that_could_not_be_read_is_among_the_documents(maker, paged):
    gone = maker("无", "gone.txt").finding("无", "it cannot be read", severity=Severity.ERROR)
    html = paged([gone], [])
    assert "it cannot be read" in html
    assert "The text of this file is not at hand." in html


def test_a_document_that_changed_meanwhile_costs_nothing(maker, paged):
    made = maker("围绕围绕中心。后面还有很多文字。")
    finding = made.finding("很多", safety=Safety.SAFE, write="多")
    html = paged([finding], [Document("短", path=made.document.path)])
    assert html.count('class="card ') == 1


def test_of_many_documents_only_what_stands_around_findings_is_shown(maker, paged):
    body = "".join(f"第{n}行。\n" for n in range(40))
    findings, documents = [], []
    for n in range(6):
        made = maker(f"错。\n{body}", f"{n}.txt")
        documents.append(made.document)
        findings.append(made.finding("错"))
    html = paged(findings, documents, Limits(text=500))
    assert html.count("第30行。") == 2


def test_nothing_found_is_said(paged):
    assert "Nothing was found" in paged([], [Document("好。")])
    assert "No documents were found" in paged([], [])


def test_everything_that_the_page_says_is_among_its_words():
    from kanwu.documents.tables import read_table
    from kanwu.reporters.html import page as module

    known = set()
    for name, template in (("words.toml", "page.html.jinja"), ("corpus.toml", "corpus.html.jinja")):
        said = set(re.findall(r'words(?:\.template)?\("([\w-]*\w)"', module.file(template)))
        tables = read_table(module.__file__, name)
        known |= set(tables["en"])
        for table in tables.values():
            assert said <= known
            assert set(table) == set(tables["en"])
