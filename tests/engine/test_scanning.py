"""The scan: what each trigger means, and that both backends find exactly that."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanwu.analysis.folding import folded_line
from kanwu.analysis.lines import Lines
from kanwu.analysis.patterns import Pattern
from kanwu.analysis.roles import Role
from kanwu.documents.document import Document, Span
from kanwu.engine import batch_lines, batch_scanning, scanning
from kanwu.engine.batch_scanning import BatchScanner, symbols
from kanwu.engine.discovery import discover
from kanwu.engine.line_edges import ADORNING, REACH, LineEnds, LineStarts
from kanwu.engine.line_triggers import (
    RepeatedClauses,
    RepeatedLines,
    ShortLines,
    UnpairedMarks,
    UnusualLines,
)
from kanwu.engine.linting import Linter
from kanwu.engine.rule import Rule
from kanwu.engine.scanning import DocumentScanner, TriggerTable
from kanwu.engine.triggers import (
    HAN,
    Between,
    CharacterClass,
    Characters,
    EveryDocument,
    LinesOf,
    Literals,
    Matches,
    Repeats,
    Runs,
    written_forms,
)

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
BACKENDS = (DocumentScanner, BatchScanner)


class Listener(Rule):
    """Wants to be called where some triggers fire."""

    code = "TST001"
    name = "listener"

    def __init__(self, *where):
        super().__init__()
        self.where = where

    def check(self, _document, _places):
        return iter(())


def found(text, trigger):
    """The texts that a trigger finds; the same with both backends and its own `find`."""
    spans = list(trigger.find(text))
    for backend in BACKENDS:
        ((_, places),) = backend([Listener(trigger)]).scan([Document(text)])
        assert [span for _, several in places for span in several] == spans, backend.__name__
    return [text[span.start : span.end] for span in spans]


def expected(rules, document):
    """The places of rules by what their triggers mean, one trigger and document at a time."""
    spans = [
        (rule, sorted({span for trigger in rule.where for span in trigger.find(document.text)}))
        for rule in rules
    ]
    return [(rule, several) for rule, several in spans if several]


# What the triggers mean


@pytest.mark.parametrize(
    ("characters", "inside", "outside"),
    [
        (CharacterClass("()", ranges=("（）",)), "()（）", "*《"),
        (CharacterClass(ranges=("ac", "bf", "gh")), "abcdefgh", "i`"),
        (CharacterClass("\U0010ffff"), "\U0010ffff", "\0\uffff"),
        (CharacterClass(), "", "a\0\U0010ffff"),
        (HAN, "〇一㐀龥\U00020000", "，a\uffff\ud840"),
    ],
)
def test_a_class_holds_its_characters_and_ranges(characters, inside, outside):
    assert all(c in characters for c in inside)
    assert not any(c in characters for c in outside)


def test_classes_with_the_same_characters_are_equal():
    assert CharacterClass("abc") == CharacterClass("ca", ranges=("bc",))
    assert len({CharacterClass("ab"), CharacterClass(ranges=("ab",)), CharacterClass("a")}) == 2


def test_characters_are_found_one_by_one():
    assert found("一,二,,三", Characters(",")) == [",", ",", ","]
    assert found("", Characters(",")) == []


def test_runs_are_whole_and_long_enough():
    digits = Runs(ranges=("09",), at_least=3)
    assert found("12 123 1234，12", digits) == ["123", "1234"]
    assert found("123", digits) == ["123"]
    assert found("12", digits) == []
    assert found("１，1", Runs("1", at_least=1)) == ["1"]


def test_signs_stand_between_certain_characters():
    digit = CharacterClass(ranges=("09",))
    assert found("1-2，3-甲，-4，5-6-7", Between("-", before=digit, behind=digit)) == [
        "-",
        "-",
        "-",
    ]
    assert found("甲-1", Between("-~", behind=digit)) == ["-"]
    assert found("-", Between("-", before=digit)) == []


def test_either_end_of_a_text_counts_as_a_line_feed():
    feed = CharacterClass("\n")
    alone = Between(" ", before=feed, behind=feed)
    assert found(" ", alone) == [" "]
    assert found("甲 \n 乙\n ", alone) == [" "]
    documents = [Document(text) for text in ("甲", " ", "", " 乙", "\0 ")]
    for backend in BACKENDS:
        fired = [bool(places) for _, places in backend([Listener(alone)]).scan(documents)]
        assert fired == [False, True, False, False, False]


def test_neighbours_are_seen_where_a_large_text_is_cut(monkeypatch):
    monkeypatch.setattr(batch_scanning, "PIECE", 4)
    digit = CharacterClass(ranges=("09",))
    text = "1-2-甲-3-4，" * 5
    assert found(text, Between("-", before=digit, behind=digit)) == ["-"] * 10


def test_a_pattern_is_looked_for_where_one_of_its_signs_stands():
    pattern = Pattern("甲+")
    digit = CharacterClass(ranges=("09",))
    matches = Matches(pattern, Between("-", before=digit, behind=digit), Characters("~"))
    assert found("甲甲乙甲 1-2", matches) == ["甲甲", "甲"]
    assert found("甲~", matches) == ["甲"]
    assert found("甲 1-乙", matches) == []
    assert found("1-2", matches) == []


def test_runs_end_with_the_document():
    rule = Listener(Runs("0", at_least=3))
    documents = [Document(text) for text in ("00", "00", "", "0", "000")]
    for backend in BACKENDS:
        *others, last = [places for _, places in backend([rule]).scan(documents)]
        assert last == [(rule, [(0, 3)])]
        assert not any(others)


@pytest.mark.parametrize(
    ("text", "period", "finds"),
    [
        ("围绕围绕中心", 2, ["围绕围绕"]),
        ("看看看", 1, ["看看看"]),
        ("看看看", 2, []),
        ("围绕围绕围", 2, ["围绕围绕围"]),
        ("甲乙甲乙丙乙丙乙", 2, ["甲乙甲乙", "乙丙乙丙乙"]),
        ("，看，看", 2, []),
        ("一一二二", 1, ["一一", "二二"]),
        ("甲乙甲", 2, []),
        ("\U00020000\U00020000", 1, ["\U00020000\U00020000"]),
    ],
)
def test_repeats_are_the_longest_stretches(text, period, finds):
    assert found(text, Repeats(HAN, period=period)) == finds


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("（一）", []),
        ("（一\n二）", ["（一", "二）"]),
        ("（一)\r\n“二\r三", ["“二"]),
        ("（“一）”", []),
        ("）一（", ["）一（"]),
        ("It’s", []),
        ("‘It’s’", []),
        ("‘甲", ["‘甲"]),
        ("（" * 100 + "）" * 99, ["（" * 100 + "）" * 99]),
    ],
)
def test_unpaired_marks_are_told_line_by_line(text, finds):
    assert found(text, UnpairedMarks("（）()", "“”", "‘’", alone="’")) == finds


def test_repeated_lines_are_the_later_ones_and_spaced_or_set_as_they_like():
    text = "第1名，甲方\r\n第2名，甲方\r第１名, 甲　方\n甲方\n甲方"
    assert found(text, RepeatedLines(at_least=5)) == ["第１名, 甲　方"]
    assert found(text, RepeatedLines(at_least=2)) == ["第１名, 甲　方", "甲方"]
    assert found("一二三\n三二一", RepeatedLines(at_least=2)) == []


def pairs():
    return frozenset({"ab", "（）", "a0"})


class SecondLines(UnusualLines):
    """Looks closer: only lines with one line before them that is not empty."""

    def among(self, text, lines):
        return (Span(line.start, line.end) for line in lines if line.number == 1)


def test_unusual_lines_do_not_end_as_most_do_or_do_not_begin_so():
    text = "大会开幕\r\n代表出席。\r\n\r\n 他说。\r完"
    assert found(text, UnusualLines("。")) == ["大会开幕", "完"]
    assert found(text, UnusualLines("。", at_least=2)) == ["大会开幕"]
    assert found(text, UnusualLines("。", at_most=3)) == ["完"]
    assert found(text, UnusualLines("。", lambda: {"代表"})) == ["大会开幕", " 他说。", "完"]
    assert found(text, SecondLines("完")) == ["代表出席。"]


@pytest.mark.parametrize(
    ("line", "starts", "ends"),
    [
        ("分享到：微信", True, True),
        ("　【分享到】 微信 》", True, False),
        ("· 分享 到微信。", True, True),
        ("ＳＨＡＲＥ ＴＯ：ｗｅｃｈａｔ", True, True),
        ("share to wechat", True, True),
        ("请分享到：", False, False),
        ("微信群", False, False),
        ("*" * REACH + "分享到", False, False),
        ("分享到" + " " * 300 + "微信", True, True),
    ],
)
def test_lines_are_found_by_their_first_and_last_words(line, starts, ends):
    text = f"甲乙\r\n{line}\r丙"
    assert found(text, LineStarts("分享到", "Share to")) == [line] * starts
    assert found(text, LineEnds("微信", "WeChat")) == [line] * ends


def test_a_word_with_ornaments_of_its_own_is_found_with_them():
    assert found("【微信】\n微信\n[微信", LineStarts("【微信")) == ["【微信】"]
    assert found("微信 >>\n微信", LineEnds("微信>>")) == ["微信 >>"]


@pytest.mark.parametrize("kind", [LineStarts, LineEnds])
def test_a_word_of_blanks_is_refused(kind):
    with pytest.raises(ValueError, match="empty"):
        kind("微信", "　")


def test_repeated_clauses_begin_alike_behind_a_mark():
    text = "今天下雨，明天天晴，后天天阴。\n他说,明天天晴；又说，后天\n天阴。"
    assert found(text, RepeatedClauses("，,", size=4)) == ["明天天晴"]
    assert found(text, RepeatedClauses("，", size=4)) == []
    assert found(text, RepeatedClauses("，,", size=2)) == ["明天", "后天"]


def test_short_lines_are_runs_with_blank_lines_in_them():
    text = "首页\n\n新闻\r\n" + " " * 9 + "\n体育\n今天的天气非常好\n财经\n娱乐"
    assert found(text, ShortLines(longest=2, at_least=3)) == [text[: text.index("\n今天")]]
    assert found(text, ShortLines(longest=2, at_least=4)) == []
    assert found("", ShortLines(longest=2, at_least=1)) == []


def test_lines_do_not_meet_across_documents():
    rules = [Listener(UnpairedMarks("（）")), Listener(RepeatedLines(at_least=2))]
    for backend in BACKENDS:
        scanned = backend(rules).scan([Document("甲乙（"), Document("甲乙"), Document("）")])
        assert [[spans for _, spans in places] for _, places in scanned] == [
            [[(0, 3)]],
            [],
            [[(0, 1)]],
        ]


def test_repeats_end_with_the_document():
    # Between documents that are shorter than the period, separators stand that far apart.
    rule = Listener(Repeats(CharacterClass(ranges=("\0\U0010ffff",)), period=2))
    documents = [Document(text) for text in ("a", "a", "a", "", "", "")]
    for backend in BACKENDS:
        assert not any(places for _, places in backend([rule]).scan(documents))


def test_literals_may_overlap_and_are_ordered_by_start_then_end():
    assert found("微信群号", Literals("信群", "微信群号", "微信", "群")) == [
        "微信", "微信群号", "信群", "群",
    ]  # fmt: skip
    assert found("哈哈哈", Literals("哈哈")) == ["哈哈", "哈哈"]


def test_literals_are_found_in_any_case_and_width():
    assert found("QQ群 qq群 Qq群 ＱＱ群 qQ群", Literals("qq群")) == [
        "QQ群",
        "qq群",
        "Qq群",
        "ＱＱ群",
    ]
    assert written_forms("微信") == {"微信"}


def test_an_empty_literal_is_refused():
    with pytest.raises(ValueError, match="empty"):
        Literals("微信", "")


def test_every_document_is_found_but_an_empty_one_has_an_empty_place():
    assert found("一二", EveryDocument()) == ["一二"]
    assert found("", EveryDocument()) == [""]


def test_rules_are_called_in_their_order_with_merged_places():
    first = Listener(Literals("微信"), Characters("，"), Literals("，"))
    second = Listener(Characters("，"))
    silent = Listener(Characters("？"))
    for backend in BACKENDS:
        ((_, places),) = backend([first, silent, second]).scan([Document("，微信，")])
        assert places == [(first, [(0, 1), (1, 3), (3, 4)]), (second, [(0, 1), (3, 4)])]


def test_equal_triggers_are_scanned_for_once():
    table = TriggerTable([Listener(Characters("ab")), Listener(Characters(ranges=("ab",)))])
    assert len(table.triggers) == 1


def test_markdown_code_is_left_out_unless_a_rule_wants_everything():
    class Everywhere(Listener):
        zone = "everything"

    document = Document("`，`，", markup="markdown")
    for backend in BACKENDS:
        rules = [
            Listener(Characters("，")),
            Everywhere(Characters("，")),
            Listener(EveryDocument()),
        ]
        ((_, places),) = backend(rules).scan([document])
        assert [several for _, several in places] == [[(3, 4)], [(1, 2), (3, 4)], [(0, 4)]]


def test_lines_are_found_by_their_role():
    text = "标题一\n\n研究人员指出，这项工作很早就已经开始，[详情](a)见附录。\n"
    text += "研究人员还指出，这项工作一直没有停止过。\n\n```\n代码\n```\n"
    for markup in ("plain", "markdown"):
        document = Document(text, markup=markup)
        rules = [Listener(LinesOf(Role.BODY)), Listener(LinesOf(Role.VERSE))]
        for backend in BACKENDS:
            ((_, places),) = backend(rules).scan([document])
            ((rule, lines),) = places
            assert rule is rules[0]
            found = [text[start:end] for start, end in lines]
            assert [line for line in found if "研究" in line] == text.split("\n")[2:4]
            assert markup == "plain" or len(found) == 2


# That both backends find the same

# Few characters, so that they repeat and overlap; among them what may stand between documents.
ALPHABET = "ab0，看围（）‘’\n\r \0\ud83d\ude00\udc80\ufffe\uffff\U0001f600\U00020000\U0010ffff"
TEXTS = st.text(st.sampled_from(ALPHABET), max_size=30)
CLASSES = st.builds(
    lambda alone, ranges: {"alone": alone, "ranges": ["".join(sorted(pair)) for pair in ranges]},
    st.text(st.sampled_from(ALPHABET), max_size=3),
    st.lists(st.text(st.sampled_from(ALPHABET), min_size=2, max_size=2), max_size=2),
)
LINE_WORDS = st.lists(
    st.text(st.sampled_from(ALPHABET), min_size=1, max_size=4).filter(folded_line), max_size=4
)
TRIGGERS = st.one_of(
    CLASSES.map(lambda c: Characters(**c)),
    st.builds(lambda c, n: Runs(**c, at_least=n), CLASSES, st.integers(1, 4)),
    st.builds(
        lambda c, n: Repeats(CharacterClass(**c), period=n),
        CLASSES | st.just({"ranges": ["\0\U0010ffff"]}),
        st.integers(1, 4),
    ),
    st.builds(
        lambda words: Literals(*words),
        st.lists(st.text(st.sampled_from(ALPHABET), min_size=1, max_size=4), max_size=5),
    ),
    st.just(EveryDocument()),
    st.sampled_from(
        [
            UnpairedMarks("（）ab", "‘’"),
            UnpairedMarks("（）", "‘’", alone="’"),
            UnpairedMarks("ab0"),
        ]
    ),
    st.builds(lambda n: RepeatedLines(at_least=n), st.integers(1, 4)),
    st.builds(lambda n: RepeatedClauses("，a", size=n), st.integers(1, 3)),
    st.builds(
        lambda kind, how, behind, n, m: kind("a）", how, behind=behind, at_least=n, at_most=m),
        st.sampled_from((UnusualLines, SecondLines)),
        st.sampled_from((None, pairs)),
        st.sampled_from(("", "b）")),
        st.integers(1, 4),
        st.none() | st.integers(1, 4),
    ),
    st.builds(lambda words: LineStarts(*words), LINE_WORDS),
    st.builds(lambda words: LineEnds(*words), LINE_WORDS),
    st.builds(
        lambda longest, least: ShortLines(longest=longest, at_least=least),
        st.integers(1, 4),
        st.integers(1, 4),
    ),
)


@settings(max_examples=300, deadline=None)
@given(
    texts=st.lists(TEXTS, max_size=12),
    wheres=st.lists(st.lists(TRIGGERS, max_size=3), min_size=1, max_size=6),
    batch=st.sampled_from((1, 20, 1 << 18)),
    piece=st.sampled_from((1, 3, 10, 1 << 18)),
)
def test_both_backends_find_what_the_triggers_mean(texts, wheres, batch, piece):
    rules = [Listener(*where) for where in wheres]
    documents = [Document(text) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch_scanning, "BATCH", batch)
        patch.setattr(batch_scanning, "PIECE", piece)
        patch.setattr(scanning, "PIECE", piece)
        patch.setattr(batch_lines, "LARGEST", piece)
        for backend in BACKENDS:
            scanned = list(backend(rules).scan(documents))
            assert [document for document, _ in scanned] == documents
            for document, places in scanned:
                assert places == expected(rules, document)
                assert all(type(span) is Span for _, spans in places for span in spans)


# What the triggers on lines mean, said in another way: line by line, every line folded.

PAGES = st.text(st.sampled_from("分享aAＡ:：。【】* 　\t\r\n"), max_size=40)
PAGE_WORDS = st.lists(
    st.text(st.sampled_from("分享aAＡ:：【 "), min_size=1, max_size=3).filter(folded_line),
    min_size=1,
    max_size=3,
)


def lines_where(text, holds):
    lines = Lines(text)
    spans = zip(lines.starts, lines.ends, strict=True)
    return [Span(start, end) for start, end in spans if holds(text[start:end])]


@settings(max_examples=500, deadline=None)
@given(text=PAGES, words=PAGE_WORDS)
def test_first_and_last_words_by_folding_every_line(text, words):
    sought = tuple(map(folded_line, words))

    def near(line):
        return len(line) <= REACH

    def begins(line):
        line = folded_line(line)
        return line.startswith(sought) or line.lstrip(ADORNING).startswith(sought)

    def closes(line):
        line = folded_line(line)
        return line.endswith(sought) or line.rstrip(ADORNING).endswith(sought)

    for trigger, holds in ((LineStarts(*words), begins), (LineEnds(*words), closes)):
        hits = list(trigger.find(text))
        assert set(hits) <= set(lines_where(text, holds))
        # Beyond its reach a word is not looked for.
        assert set(lines_where(text, lambda line, holds=holds: near(line) and holds(line))) <= set(
            hits
        )
        assert hits == sorted(set(hits))


@settings(max_examples=500, deadline=None)
@given(
    text=st.lists(st.sampled_from(["", "甲", "甲乙", "甲乙丙", " ", "   ", "甲\r"])).map("\n".join),
    longest=st.integers(1, 6),
    least=st.integers(1, 4),
)
def test_short_lines_by_looking_at_every_line(text, longest, least):
    runs, run = [], []
    for start, end in lines_where(text, bool):
        line = text[start:end]
        if line.isspace():
            continue
        if len(line) <= longest:
            run.append((start, end))
        else:
            runs.append(run)
            run = []
    expected_runs = [Span(r[0][0], r[-1][1]) for r in [*runs, run] if len(r) >= least]
    assert list(ShortLines(longest=longest, at_least=least).find(text)) == expected_runs


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_all_rules_find_the_same_in_the_seeds(path):
    rules = [rule() for rule in discover()]
    text = path.read_text(encoding="utf-8")
    documents = [
        Document(text),
        Document(text, markup="markdown"),
        Document(text[: len(text) // 2]),
    ]
    results = [
        [(checked.findings, checked.records) for checked in Linter(rules, scanner).check(documents)]
        for scanner in (DocumentScanner(rules), BatchScanner(rules))
    ]
    assert results[0] == results[1]


@pytest.mark.parametrize(("count", "width"), [(1, 1), (255, 1), (256, 2), (16129, 2), (16130, 4)])
def test_symbols_are_distinct_and_cannot_begin_inside_one_another(count, width):
    numbers = symbols(count, width)
    assert len(set(numbers.tolist())) == count
    places = numbers.view("u1").reshape(count, width)
    bytes_of = [set(places[:, place].tolist()) for place in range(width)]
    assert sum(map(len, bytes_of)) == len(set().union(*bytes_of, {0})) - 1


def test_literals_of_very_many_characters():
    words = [chr(code) + "字" for code in range(0x4E00, 0x9000)]
    assert found("一字鿿字述字一", Literals(*words)) == ["一字", "述字"]


def test_scanning_a_few_documents_imports_no_numpy():
    program = (
        "import sys; from kanwu import check_text; check_text('加微信群，看看看'); "
        "assert 'kanwu.engine.scanning' in sys.modules; assert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
