"""ENC002 not-utf8."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Encoding, EveryDocument, Fix, Good, Rule, Safety, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

UTF8 = Encoding()
SURE = 0.99
"""A conversion is safe where the encoding is at least so sure."""
OF = {
    "cp932": "Japanese",
    "euc_jp": "Japanese",
    "cp949": "Korean",
    "cp1252": "West European",
}
"""What is written in encodings that have no Chinese, or hardly any."""
MARK = "\ufeff"


class NotUtf8(Rule):
    """The file is not written in UTF-8.

    Everything that does not ask (editors, search, version control, loaders of datasets) takes a file for
    UTF-8 today, and shows other characters, stops, or drops what it cannot read. The finding names the
    encoding in which the bytes are the likeliest text, and how sure that is. GB 2312 and GBK are
    read as GB 18030, which holds them; a file with the byte 0x80 for the euro sign, as Windows writes it, is
    called GBK. Big5 includes the characters of Hong Kong.

    The fix writes the file in UTF-8, without a byte-order mark; no character of the text changes. It
    is safe where the encoding is sure (99 % or more) and every byte of the file is a character of the
    text. It is unsafe where the encoding is likely but not sure, where some part of the text does not look
    Chinese in it (a file joined from two encodings), for Windows-1252, which cannot be told from its
    sisters for other languages, and where undecodable bytes (ENC001) would be carried over as they
    are.

    Files in Shift-JIS, EUC-JP, EUC-KR and Windows-1252 are read as such, and the finding says that
    their text is hardly Chinese.

    **What it leaves alone.** UTF-8, with a byte-order mark (ENC003) and with a few bad bytes (ENC001) too;
    files of which the encoding is not recognised, whose bytes ENC001 shows; empty files.

    **Source.** WHATWG Encoding Standard; GB 18030; Big5-HKSCS; CNS 11643 for EUC-TW; RFC 1843 for HZ. How
    likely characters are is counted over Chinese articles in both scripts.
    """

    code = "ENC002"
    name = "not-utf8"
    safety = Safety.SAFE
    where = (EveryDocument(),)
    zone = "everything"
    messages: ClassVar[Mapping[str, str]] = {
        "chinese": "the file is written in {encoding} (confidence {confidence}), which programs that "
        "expect UTF-8 read as other characters: convert it to UTF-8",
        "foreign": "the file is written in {encoding} (confidence {confidence}), as {language} text "
        "is and Chinese is not: see whether it belongs here, and convert it to UTF-8",
        "row": "a text of this row is written in {encoding} (confidence {confidence}), which programs "
        "that expect UTF-8 read as other characters: convert it to UTF-8",
        "foreign-row": "a text of this row is written in {encoding} (confidence {confidence}), as "
        "{language} text is and Chinese is not: see whether it belongs here, and convert it to UTF-8",
        "convert": "write it in UTF-8",
        "carry": "write it in UTF-8, undecodable bytes as they are",
    }
    examples = (
        Bad("大会在广州举行。", "大会在广州举行。", encoding="gb18030"),
        Bad("大會在廣州舉行。", "大會在廣州舉行。", encoding="big5hkscs"),
        Bad("大会在广州举行。", "大会在广州举行。", encoding="utf-16-le"),
        Bad("会議は東京で開かれた。", "会議は東京で開かれた。", encoding="cp932"),
        Good("大会在广州举行。"),
        Good("大會在廣州舉行。"),
        Good("", encoding="utf-16-le"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:  # noqa: ARG002
        encoding = document.encoding
        if encoding.codec == UTF8.codec or not document.text:
            return
        language = OF.get(encoding.codec, "")
        if document.record is None:
            said = "foreign" if language else "chinese"
        else:
            said = "foreign-row" if language else "row"
        yield self.finding(
            place(document, 0, 0),
            self.say(
                said,
                encoding=encoding.name,
                confidence=percent(encoding.confidence),
                language=language,
            ),
            evidence={
                "encoding": encoding.name,
                "codec": encoding.codec,
                "confidence": round(encoding.confidence, 4),
            },
            fix=self._conversion(document),
        )

    def _conversion(self, document: Document) -> Fix | None:
        text, encoding = document.text, document.encoding
        try:
            data = text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:  # half a character of UTF-16 may hold any byte
            return None
        if data.decode("utf-8", "surrogateescape") != text:  # undecodable bytes would be text
            return None
        whole = len(data) == len(text.encode("utf-8", "ignore"))
        sure = encoding.confidence >= SURE
        # At the beginning of UTF-8 it would be no part of the text any more.
        safe = whole and sure and not text.startswith(MARK)
        title = self.say("convert" if whole else "carry")
        return Fix(Safety.SAFE if safe else Safety.UNSAFE, title, (), UTF8)


def percent(confidence: float) -> str:
    """A share in whole per cent, rounded down: only what is certain is 100 %."""
    return f"{int(confidence * 1000) / 10:g} %"
