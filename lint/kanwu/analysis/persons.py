"""Lines that are the names of persons: bylines and credits."""

from __future__ import annotations

from kanwu.analysis.line_patterns import REPORT
from kanwu.analysis.line_words import is_han, line_words
from kanwu.analysis.role import Role

LONGEST = 40
LONGEST_NAME = 4
LONGEST_JOB = 14
"""With the paper before it: 广东科技报社记者."""
OPENING, CLOSING = "（([【", "）)]】"
MADE = (
    "摄影报道",
    "摄影",
    "攝影",
    "摄",
    "攝",
    "供图",
    "制图",
    "文/图",
    "图/文",
    "图",
    "圖",
    "绘",
    "发",
)
WROTE = ("报道", "文")
DONE = MADE + WROTE
APART = frozenset(("图", "圖", "绘", "发", "文"))
"""These stand behind a name only with a space or a slash between: 张三 图, but not 江苏地图."""
TELLING = (*DONE, *CLOSING)
SEPARATORS = str.maketrans("、/，,：:\u3000", " " * 7)


def role_of_names(text: str) -> Role | None:
    """Byline or credit, where a line is names with what these persons are or did."""
    words = line_words()
    if len(text) > LONGEST:
        return None
    # A headline of several words has long ones.
    telling = text.endswith(TELLING) or not words.job_ends.isdisjoint(text)
    if not telling and max(map(len, text.translate(SEPARATORS).split()), default=0) > LONGEST_NAME:
        return None
    if ("記者" in text or "记者" in text) and REPORT.match(text):
        return Role.BYLINE
    if text[0] in OPENING and text[-1] in CLOSING:
        text = text[1:-1].strip()
    text, source = split_source(text)
    text, done = split_done(text)
    found = split_names(text)
    if found is None:
        return None
    names, job = found
    spaced = len(names) > 1 and all(len(name) == 1 for name in names)
    if spaced:
        names = ["".join(names)]
    familiar = sum(words.is_surname(name) and 1 < len(name) < 4 for name in names)
    known = 3 * familiar > 2 * len(names)
    sure = job or known
    if source and not job:
        sure = known and source.endswith(words.picture_sources)
    elif not done and not job:
        sure = (spaced and names[0] not in words.spaced_words) or (known and len(names) > 1)
    if not sure:
        return None
    return Role.CREDIT if source or done in MADE else Role.BYLINE


def split_source(text: str) -> tuple[str, str]:
    """A line without the picture agency in brackets at its end, and the agency."""
    if text[-1:] not in ("）", ")"):
        return text, ""
    at = max(text.rfind("（"), text.rfind("("))
    return (text[:at].strip(), text[at + 1 : -1]) if at > 0 else (text, "")


def split_done(text: str) -> tuple[str, str]:
    """A line without the word at its end for what was done, and that word."""
    if not text.endswith(DONE):
        return text, ""
    done = max((word for word in DONE if text.endswith(word)), key=len)
    rest = text[: -len(done)]
    joined = done in APART and rest[-1:] not in (" ", "/", "\u3000")
    # 罗 文 is a name, set with a space.
    if joined or len(rest.strip()) < 2 or rest.endswith("拍"):
        return text, ""
    return rest, done


def split_names(text: str) -> tuple[list[str], bool] | None:
    """The names in a line of nothing else, and whether a job is named too."""
    words = line_words()
    names: list[str] = []
    job = False
    for token in text.translate(SEPARATORS).split():
        title = next((word for word in words.jobs if word in token), None)
        name = token
        if title is not None:
            before, _, name = token.rpartition(title)
            # 记者张三 opens a byline, 记者调查 a headline.
            whole = not name or (words.is_surname(name) and len(name) < 4)
            if not whole or len(before) > LONGEST_JOB or not all(map(is_han, before)):
                return None
            job = True
        if name and not is_name(name):
            return None
        names += [name] if name else []
    return (names, job) if names else None


def is_name(text: str) -> bool:
    """Whether a word is as long as a Chinese name, or a foreign one with a dot inside."""
    if "·" in text:
        return len(text) < 20 and all(is_han(c) or c == "·" for c in text)
    return len(text) <= LONGEST_NAME and all(map(is_han, text))
