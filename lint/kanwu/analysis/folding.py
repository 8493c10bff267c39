"""Folding: what is no difference between two copies of one text."""

from __future__ import annotations

FOLDED = dict(
    zip("，：；！？（）０１２３４５６７８９", ",:;!?()0123456789", strict=True)
) | dict.fromkeys((" ", "\u3000", "\u00a0", "\t"), "")
"""One text may be set in two widths and spaced in two ways: what stands for each such character."""


def folded(text: str) -> str:
    """The text without blanks, with marks and digits in one width and LF for every line end."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for wide, narrow in FOLDED.items():
        if wide in text:
            text = text.replace(wide, narrow)
    return text
