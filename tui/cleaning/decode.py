"""Bytes to text to one tree. HTTP header, byte order mark, meta, then detection.

The order follows the HTML standard's "determining the character encoding" (13.2.3.2), where a byte
order mark beats the header.
"""

import re

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from tui.domain.encodings import charset_of, codec_of, marked

_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
_META_WINDOW = 4096
_DETECT_WINDOW = 60_000
# What XML and HTML forbid, and lxml refuses.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text of `body` and the name of its encoding. Never raises: bad bytes become U+FFFD.

    `content_type` is the whole header, as "text/html; charset=windows-1251".
    """
    if (sure := marked(body)) is not None:
        name, rest = sure
        return rest.decode(name, "replace"), name
    declared = charset_of(content_type)
    if declared and (name := _known(declared)):
        return body.decode(name, "replace"), name
    return _decode_undeclared(body)


def _decode_undeclared(body: bytes) -> tuple[str, str]:
    in_page = _META_CHARSET.search(body[:_META_WINDOW])
    name = _known(in_page[1].decode("ascii", "replace")) if in_page else ""
    try:
        # Valid UTF-8 with a letter beyond ASCII is nothing else; pages often lie the other way.
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if name and name != "utf-8":
            return body.decode(name, "replace"), name
        if name and error.start > _META_WINDOW:
            return body.decode(name, "replace"), name
        detected = _detect(body) or name or "cp1252"
        return body.decode(detected, "replace"), detected
    if name and name != "utf-8" and body.isascii():
        return body.decode(name, "replace"), name
    return text, "utf-8"


def _known(label: str) -> str:
    """The encoding that a page means by `label`, or "" if it means none."""
    name = codec_of(label)
    # A meta tag that could be read as ASCII is not in UTF-16 (the standard says: UTF-8).
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _detect(body: bytes) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(body[:_DETECT_WINDOW]).best()
    return _known(best.encoding) if best else ""


# lxml.html's own look-up asks Python for the class of each element; all that is left are these.
_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)


def parse(text: str) -> HtmlElement | None:
    """The tree of `text`, or None if there is no element in it. Never raises on bad markup."""
    text = _FORBIDDEN.sub("", text)
    if not text.strip():
        return None
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return None
    if not isinstance(root.tag, str):
        return None
    for embed in list(root.iter("embed")):
        _empty(embed)
    return root


def _empty(element: HtmlElement) -> None:
    """Put what libxml2 took for the inside of an <embed>, which has none, behind it again."""
    if len(element) or element.text:
        element.addprevious(element.makeelement("embed", dict(element.attrib)))
        element.drop_tag()
