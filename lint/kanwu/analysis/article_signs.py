"""Signs of where articles begin and end, read from single lines.

All look at the first characters of a line, or its last ones, and every repeat is bounded.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from kanwu.analysis.line_words import line_words
from kanwu.analysis.patterns import WIDE_LETTER, Pattern, trie_pattern
from kanwu.documents.tables import read_table

if TYPE_CHECKING:
    from kanwu.analysis.lines import Lines


class Sign(StrEnum):
    """What a line says of the beginning or the end of an article."""

    DATELINE = "dateline"
    """The lead of a news article: 本报讯, 新华社北京1月1日电."""
    SOURCE = "source"
    """Date, source or author on a line of their own, as they stand below a headline."""
    LABEL = "label"
    """标题： and the like, or the label of a newspaper's page or column."""
    FIRST_CLAUSE = "first-clause"
    """第一条 of a statute or a contract."""
    END = "end"
    """责任编辑, （完）, 来源 and the like."""
    BYLINE = "byline"
    """Who wrote it, on a line of its own."""
    SEPARATOR = "separator"
    """A line of nothing but ---- or * * *."""
    DOUBLE_RULE = "double-rule"
    """A line of nothing but ====, which programs put between files."""


LONGEST_HEAD = 60
"""Characters of a line that are looked at."""
LONGEST = {Sign.SOURCE: 80, Sign.BYLINE: 60, Sign.SEPARATOR: 240, Sign.DOUBLE_RULE: 240}
"""A longer line is a paragraph that begins in the same words."""
LONGEST_NAME = 5
RULES = (Sign.SEPARATOR, Sign.DOUBLE_RULE)
LONGEST_SIGNATURE = 16
CLOSING = frozenset("）)】]")
WITHIN = Pattern(r"[讯訊] [（(】\ \u3000]")

# The groups bear the names of signs; the words of the table are put in where %s stands.
SIGN_FORM = r"""
    [\s\f]{0,30}+
    (?:
      (?P<dateline>
        [【（(\[]? 据? (?:%(houses)s) (?: [^\W_A-Za-z] | [·、\ ] ){0,18}?
            (?: [电電] (?= [】）)\]\s（(：:0-9] | 题 | 記者 | 记者 | 据 | \Z )
              | [讯訊] (?= [】）)\]\s（(：:] | 記者 | 记者 ) | 消息 (?= [】）)\]\s（(：:] ) )
        | [【（(\[]? 本[报刊网台社報網] [讯訊] (?! 员 )
        | [（(]? (?:%(houses)s) [\ ]? 記者 [^，。\s]{2,16} [0-9一二三四五六七八九十]{1,3} 日? [\ ]? (?: 綜合外電 )? 電
        | [（(] \s? (?: 通讯员 | 本报记者 | 记者 | 記者 ) (?! 提?问 | 会 | 手记 | 观察 | 调查 | 注 | [^（）()]{1,40} [摄攝] ) [^（）()]{1,40} [）)] \s? (?: [^\W_A-Za-z] | “ )
        | [A-Z][A-Z.\ ]{2,24}, [\ ] [A-Z][a-z]{2,8} \.? [\ ] [0-3]?[0-9] [\ ] \( (?: Xinhua|AP|AFP|Reuters ) \)
        | [A-Z][A-Z.\ ]{2,24} [\ ] \( (?: Reuters|AP|AFP ) \) [\ ] [-—–]
      )
    | (?P<first_clause> 第 (?: 一 | 1 ) [条條] (?= [\s：:【（(] | [^\W\d_A-Za-z] ) )
    | (?P<label> (?:%(labels)s) | 第 [0-9]{1,2} 版 [（(] .{0,20} [）)] \Z | 专栏 [:：] )
    | (?P<double_rule> [=＝]{4,240} \Z )
    | (?P<separator> [-—─━_*＊~～#☆★·•◆] (?: \s? [-—─━_*＊~～#☆★·•◆=] ){2,240} \Z )
    | (?P<source>
        [（(\[]? (?: 来源 | 稿源 | 作者 | 发布时间 | 发布日期 | 发表时间 | 更新时间 | 时间 | 日期 | 撰文 | 來源 | 發佈時間 | 發布時間
          | 文章来源 | 信息来源 | 记者 | 文 | Source | Author | Date ) \s{0,2} [:：／/]
        | (?:19|20)[0-9]{2} \s? (?: [-/.] \s? [01]?[0-9] \s? [-/.] \s? [0-3]?[0-9]
                                  | 年 \s? [01]?[0-9] \s? 月 \s? [0-3]?[0-9] \s? 日 )
          (?= \s | \Z | [（(|｜]? (?: 来源 | 來源 | 作者 ) )
      )
    | (?P<end> %(endings)s )
    | (?P<byline>
        (?: [（(]? (?: 本报 | 特约 | 实习 )? (?: 记者 | 通讯员 | 評論員 | 评论员 ) [\ \u3000] | [◎●□■○] \s? (?:本报)?记者 | 撰文 \s )
          \s? [^\W\d_A-Za-z] [^，。；：！？]{1,30} \Z
        | [^\W\d_A-Za-z] [\ \u3000]{1,2} [^\W\d_A-Za-z] \Z
      )
    )
"""
PAPER = Pattern(
    r"""
    \s{0,30}+ [【（(\[]? [^\W\d_A-Za-z]{2,8} (?: 日报 | 晚报 | 早报 | 时报 | 商报 | 晨报 | 都市报 | 网 | 频道 | 客户端 | 日報 )
    [^\W_A-Za-z]{0,12}? [讯訊] (?= [】）)\]\s（(：:] )
    """
)
"""The dateline of a paper that is not in the list of houses."""
JOINED = Pattern(r"[^。*＊\n]{4,60} [*＊]{4,12} \s{0,4}")
"""A headline glued to its article with asterisks."""
SENTENCE = Pattern(rf"[，。；！？] | [,;] (?={WIDE_LETTER})")
SIGNED = Pattern(
    r"""
    [（(【\[] \s? (?: 责任编辑 | 责编 | 責任編輯 | 編輯 | 编辑 | 责 \s* [:：] | 全文完 | 完 \s? [）)】\]] ) [^（）()【】\[\]。]{0,40} [）)】\]]? \Z
    | [（(] \s? (?: 本报记者 | 记者 | 記者 | 通讯员 | 作者 | 据 | 来源 | 來源 | 文/ | 文／ ) [^（）()【】\[\]。]{1,40} [）)] \Z
    """
)
SIGNATURE = Pattern(
    r"[。！？”] [\ \u3000]{1,4} (?: [^\W\d_A-Za-z]{2,3} [\ \u3000、]{0,2} ){1,3} \Z"
)
"""A name behind the last sentence, with a space between."""
IN_FORCE = Pattern(r"自 [^。，]{1,40} 施行 。? \Z")
LAST_CLAUSE = Pattern(r"自 [^。，]{1,40} 施行 。? \Z | 同时废止。? \Z | 为准。? \Z")
"""What a statute ends in; the last two end other paragraphs, too."""


class ArticleWords:
    """The word lists of `data/article_words.toml`, and the pattern made of them."""

    def __init__(self) -> None:
        data = read_table(__file__, "data/article_words.toml")
        labels = tuple(
            f"{opening}{word}{closing}"
            for word in data["title_labels"]
            for opening, closing in (("", "："), ("", ":"), ("【", "】"), ("[", "]"))
        )
        self.not_headlines = tuple(data["not_headlines"])
        self.listing_labels = tuple(
            label + colon for label in data["listing_labels"] for colon in "：:"
        )
        self.sign = Pattern(
            SIGN_FORM
            % {
                "houses": trie_pattern(data["houses"]),
                "labels": trie_pattern(labels),
                "endings": trie_pattern(data["endings"]),
            }
        )
        self.firsts = frozenset(
            word[0] for words in (data["houses"], data["endings"], labels) for word in words
        ) | frozenset(
            "【（([第专12来稿作发更时日撰來發文信记据ABCDEFGHIJKLMNOPQRSTUVWXYZ=＝-—─━_*＊~～#☆★·•◆◎●□■○通评評 \t\u3000\xa0\f"
        )


@cache
def article_words() -> ArticleWords:
    """The word lists, loaded at the first call."""
    return ArticleWords()


def signs_of(lines: Lines) -> dict[int, Sign]:
    """The lines, by index, that bear a sign."""
    text, firsts = lines.text, article_words().firsts
    papers = ("讯" in text or "訊" in text) and WITHIN.search(text) is not None
    glued, signed = "****" in text, "。 " in text
    found: dict[int, Sign] = {}
    index = -1
    for start, end in zip(lines.starts, lines.ends, strict=True):
        index += 1
        if start == end:
            continue
        if text[start] in firsts or end - start <= LONGEST_NAME:
            sign = sign_at(text, start, end)
            if sign is not None and not (sign in RULES and is_underline(lines, index)):
                found[index] = sign
                continue
        if papers and PAPER.match(text, start, end):
            found[index] = Sign.DATELINE
            continue
        if glued and (joined := JOINED.match(text, start, end)):
            sign = sign_at(text, joined.end(), end)
            if sign is not None:
                found[index] = sign
                continue
        if (text[end - 1] in CLOSING or signed) and ends_article(text[start:end]):
            found[index] = Sign.END
    return found


def sign_at(text: str, start: int, end: int) -> Sign | None:
    """The sign with which a line begins."""
    found = article_words().sign.match(text, start, min(end, start + 4 * LONGEST_HEAD))
    if found is None or found.lastgroup is None:
        return None
    sign = Sign(found.lastgroup.replace("_", "-"))
    if end - start > LONGEST.get(sign, end):
        return None
    if sign is Sign.SOURCE and SENTENCE.search(text, start, end):
        return None
    return sign


def is_underline(lines: Lines, index: int) -> bool:
    """Whether a rule underlines the heading on the line before it."""
    above = lines[index - 1].strip() if index else ""
    return 0 < len(above) <= LONGEST_HEAD and above[-1] not in "。！？”）)】…"


def ends_article(line: str) -> bool:
    """Whether a paragraph ends in the words that close an article: （完）, （记者张三）, a name."""
    line = line.rstrip()
    if line[-1:] in CLOSING:
        return SIGNED.search(line, max(0, len(line) - LONGEST_HEAD)) is not None
    signed = SIGNATURE.search(line, max(0, len(line) - LONGEST_SIGNATURE))
    names = line[signed.start() + 1 :].replace("、", " ").split() if signed else []
    return bool(names) and all(map(line_words().is_surname, names))
