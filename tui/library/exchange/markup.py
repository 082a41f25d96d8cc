"""XML from other people, made harmless: bytes of any encoding to a tree that holds no surprise.

No entity of the document's own is ever expanded, nothing is loaded from anywhere; size and
depth are bounded. Small damage (a wrong encoding name, bare "&", HTML entities, control
characters) is mended; a file that ends too early is refused, since half of it would be lost.
"""

import codecs
import html
import re

from lxml import etree

from tui.domain.errors import SourceError

LIMIT = 20_000_000  # bytes; the largest OPML of the wild has some 100,000 feeds and 15 MB
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*>", re.IGNORECASE)
_OWN_ENTITIES = re.compile(r"<!(ENTITY|DOCTYPE[^<>]*\[)", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(\w{2,32};)?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str:
    """`data` as text: by its byte order mark, its declaration, as UTF-8, else as Windows-1252."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    declared = _DECLARED.match(data)
    names = [declared[1].decode("ascii")] if declared else []
    for name in [*names, "utf-8"]:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _mend_ampersand(found: re.Match[str]) -> str:
    name = found[1]
    character = html.unescape(f"&{name}") if name else ""
    known = bool(name) and character != f"&{name}"
    return html.escape(character) if known else f"&amp;{name or ''}"


def parse(data: bytes, root: str, unit: str, what: str) -> etree._Element:
    """The root element of `data`, which must be named `root`; all `unit` elements are in it.

    Names in lower case. `what` is the file's name for messages. Raises SourceError.
    """
    if len(data) > LIMIT:
        raise SourceError(f"{what} has more than {LIMIT // 10**6} MB; nothing was imported")
    text = _NOT_XML.sub("", decode(data))
    if _OWN_ENTITIES.search(text):
        raise SourceError(f"{what} defines entities of its own, which is not safe; not imported")
    text = _COMMENT.sub("", _DOCTYPE.sub("", _DECLARATION.sub("", text))).strip()
    # Recovery would quietly keep the first half of a file that was cut or is badly nested.
    if not re.search(rf"(</{root}|<{root}[^<>]*/)\s*>$", text, re.IGNORECASE):
        raise SourceError(f"{what} is no {root.upper()} file, or ends too early; not imported")
    tree = _tree(_AMPERSAND.sub(_mend_ampersand, text))
    if tree is None or str(tree.tag).lower() != root:
        raise SourceError(f"{what} is no {root.upper()} file; not imported")
    written = len(re.findall(rf"<{unit}(?=[\s/>])", text, re.IGNORECASE))
    read = sum(1 for element in tree.iter() if str(element.tag).lower() == unit)
    if read < written:
        raise SourceError(f"{what} is damaged: {read} of {written} lines read; not imported")
    return tree


def _tree(text: str) -> etree._Element | None:
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None
