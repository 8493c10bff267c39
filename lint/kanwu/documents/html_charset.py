"""What a page says of its own encoding: `<meta charset=gb2312>`, `<?xml encoding="GBK"?>`.

It is heard only where its bytes leave doubts: pages that say gb2312 and are UTF-8, or the other way round,
are as frequent as right ones.
"""

from __future__ import annotations

import re

HEAD = 4096
DECLARED = re.compile(
    rb"""
    <meta (?=[\s/]) [^<>]{0,400}? \b charset \s{0,9}+ = \s{0,9}+ ["']? \s{0,9}+ ([A-Za-z0-9_:.-]{2,40})
    | <\?xml [^<>]{0,200}? \b encoding \s{0,9}+ = \s{0,9}+ ["'] ([A-Za-z0-9_:.-]{2,40})
    """,
    re.VERBOSE | re.IGNORECASE,
)
CODECS = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "euc-tw": "euc-tw",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
}
"""The labels of the WHATWG Encoding standard that Chinese pages use, and the codecs that they mean."""


def declared_codec(data: bytes) -> str:
    """The codec that a page says it is written in; empty where it says nothing, or UTF-8."""
    match = DECLARED.search(data, 0, HEAD)
    if match is None:
        return ""
    return CODECS.get((match[1] or match[2]).decode("ascii").lower(), "")
