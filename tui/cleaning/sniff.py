"""Is this a page at all? Pictures, PDFs and programs are sometimes served as pages."""

import re

# The bytes that text never has: https://mimesniff.spec.whatwg.org/#binary-data-byte
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT = 1445  # bytes, as in the standard ("resource header")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TAG = re.compile(rb"<(?:!doctype|!--|html|head|body|title|meta|article|div|p)\b", re.I)


def is_binary(body: bytes) -> bool:
    """True for what can't be text. A stray control character in markup makes no page binary."""
    if body.startswith(b"%PDF-"):
        return True
    if body.startswith(_MARKS):
        return False
    # UTF-16 without a mark has a zero in each "<p>".
    spread = body[: 3 * _LOOKED_AT].replace(b"\x00", b"")
    return bool(_BINARY.search(body[:_LOOKED_AT])) and not _TAG.search(spread)
