from kanwu.documents.decoding import decode, encode
from kanwu.documents.document import Document
from kanwu.testing import run
from kanwu_rules.encoding.byte_order_mark import ByteOrderMark


def found(data):
    decoded = decode(data)
    return run(ByteOrderMark(), Document(decoded.text, encoding=decoded.encoding))


def test_the_mark_of_a_file_is_left_out_when_the_file_is_written():
    result = found("大会".encode("utf-8-sig"))
    (finding,) = result.findings
    assert finding.message.id == "byte-order-mark/file"
    assert (finding.severity, finding.fix.edits) == ("info", ())
    assert encode(result.fixed, result.encoding) == "大会".encode()


def test_a_second_mark_is_removed():
    result = found("\ufeff大会".encode("utf-8-sig"))
    assert [f.message.id for f in result.findings] == [
        "byte-order-mark/file",
        "byte-order-mark/text",
    ]
    assert result.fixed == "大会"


def test_utf_16_needs_its_mark():
    assert not found("大会在广州举行".encode("utf-16")).findings
