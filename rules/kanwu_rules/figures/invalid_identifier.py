"""FIG014 invalid-identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Literals, Rule, place
from kanwu_rules.contacts.identifiers import folded
from kanwu_rules.figures.checked_numbers import (
    fault,
    is_spoken_of,
    labelled,
    masked_place,
    unlabelled,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.figures.checked_numbers import Checked

LABELS = {
    "身份证": "identity",
    "身份證": "identity",
    "公民身份号码": "identity",
    "社会信用代码": "credit",
    "社會信用代碼": "credit",
    "纳税人识别号": "taxpayer",
    "納稅人識別號": "taxpayer",
    "机构代码": "organisation",
    "機構代碼": "organisation",
    "ISBN": "isbn",
    "ISSN": "issn",
    "卡号": "card",
    "卡號": "card",
    "银行卡": "card",
    "銀行卡": "card",
    "车架号": "vehicle",
    "车辆识别代号": "vehicle",
    "车辆识别代码": "vehicle",
    "ORCID": "orcid",
    "条形码": "barcode",
    "條形碼": "barcode",
    "商品条码": "barcode",
}
PREFIXES = ("978-", "979-")


class InvalidIdentifier(Rule):
    """A number with a check digit cannot be right: an ISBN, an identity number, a credit code.

    Such numbers end with a character that follows from all the others, so that a slip of the pen shows.
    Where it does not fit, somebody mistyped a digit, two of them changed places, or a machine read O for
    0 and l for 1; a reader who looks the number up finds nothing, or somebody else. Judged are the
    身份证号 of eighteen digits, 统一社会信用代码, 组织机构代码, ISBN of ten and of thirteen digits, ISSN, numbers
    of UnionPay bank cards, the 车架号 of vehicles made in China, 条形码 that begin with 69, and ORCID. The
    finding names the character that the standard asks for, without saying that it is the wrong one:
    any other may be. Of identity numbers and bank cards it shows the two ends only, since reports are
    read by many.

    **What it leaves alone.** Numbers of which the text does not say what they are, unless it is an ISBN
    with all its hyphens; numbers that are masked (4401**********1234) or fill a space (123456…); older
    identity numbers of fifteen digits; numbers that the text calls an example, a test, invalid or
    forged. Account numbers (账号), since most have no check digit. Code in Markdown.

    **Source.** GB 11643 and ISO/IEC 7064 (identity numbers, ORCID), GB 32100 (credit codes), GB 11714
    (organisation codes), GB/T 5795 and ISO 2108 (ISBN), GB/T 9999 and ISO 3297 (ISSN), ISO/IEC 7812-1
    (bank cards), GB 16735 (vehicles), GB 12904 (bar codes).
    """

    code = "FIG014"
    name = "invalid-identifier"
    where = (Literals(*LABELS, *PREFIXES),)
    messages: ClassVar[Mapping[str, str]] = {
        "check": "the check digit of the {kind} {number} is {found} and should be {expected}: at least one "
        "of its characters is wrong; compare it with the source",
        "letter-fits": "the {kind} {number} holds the letter {letter}, which probably stands for {digit}: "
        "with it the check digit fits",
        "letter": "the {kind} {number} holds the letter {letter}, where only a digit can stand, perhaps "
        "{digit}; compare it with the source",
        "birth": "the {kind} {number} begins with no province or holds a date of birth that does not exist",
        "length": "the {kind} {number} has {count} characters, and not {expected}: one is missing or "
        "one too many",
    }
    examples = (
        Bad("书号：ISBN 978-7-115-12345-6。", finds=("978-7-115-12345-6",)),
        Bad("统一社会信用代码：91350100M000100Y48", finds=("91350100M000100Y48",)),
        Bad("申请人身份证号码为110105194912310021，住本市。", finds=("110105194912310021",)),
        Bad("国际刊号 ISSN 0378-59S5", finds=("0378-59S5",)),
        Good("书号：ISBN 978-7-115-12345-9，国际刊号 ISSN 0378-5955"),
        Good("身份证号：11010519491231002X；又：1101**********0021"),
        Good("开户行账号：6222021234567890123，联系电话：13800138000"),
        Good("伪造的身份证号110105194912310021很容易看出来。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        seen = -1
        for start, end in places:
            if start < seen:
                continue
            announced = LABELS.get(folded(text[start:end]).upper())
            found = labelled(text, announced, end) if announced else unlabelled(text, start)
            if found is None:
                continue
            seen = found.end
            wrong = fault(found)
            if wrong is not None and not is_spoken_of(text, found):
                yield self._tell(document, found, wrong.message, wrong.parameters)

    def _tell(
        self, document: Document, found: Checked, message: str, parameters: Mapping[str, str]
    ) -> Finding:
        at = place(document, found.start, found.end)
        return self.finding(
            masked_place(at) if found.scheme.private else at,
            self.say(message, kind=found.scheme.name, number=found.shown, **parameters),
            evidence={"kind": found.scheme.name, "number": found.shown, **parameters},
        )
