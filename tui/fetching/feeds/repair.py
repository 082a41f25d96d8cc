"""XML that is nearly XML, put right before it is parsed; and documents made to hurt, defused.

What feeds do: bare ampersands, HTML entities that XML lacks, control characters, prefixes never
declared, text before the first element, HTML that nobody escaped, an end that never came. Entities that the document defines
are put in by us, within bounds; what lies outside the document is never read.
"""

import html.entities
import re
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape

_LOOKED_AT = 50_000  # characters in which the document must begin
_ROOTS = r"(?:rss|feed|rdf|channel|urlset|opml|html)"
_START = re.compile(rf"<\?xml\b|<(?:[\w.-]+:)?{_ROOTS}[\s>/]", re.IGNORECASE)
_PROLOG = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE(?:[^>\[]|\[.*?\])*>|\s+", re.DOTALL | re.I)
_XML_DECLARATION = re.compile(r"<\?xml\b[^>]*?\?>\s*", re.IGNORECASE)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_SUBSET = re.compile(r"(<!DOCTYPE[^>\[]{0,1000})\[(.*?)\]\s*>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s+(\w{1,64})\s+(?:"([^"]*)"|'([^']*)')\s*>""")
_ANY_ENTITY = re.compile(r"<!ENTITY\s+(\w{1,64})")
_NESTED = re.compile(r"&(?!#)")
_LONGEST_ENTITY = 200
_MOST_EXPANDED = 200_000  # characters
_MOST_BARE = 100_000  # each costs the parser a call
_REFERENCES = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{1,64}));"
    r"|&|<(?=[^A-Za-z_/!?:])",
    re.DOTALL,
)
_XML_NAMES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_PREFIXES_USED = re.compile(r"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=")
_PREFIXES_DECLARED = re.compile(r"\sxmlns:([\w.-]+)\s*=")
_ROOT_TAG = re.compile(r"<[A-Za-z_][\w.:-]*")
# Elements that hold a text, in which tags should have been escaped.
_TEXT_TAG = re.compile(
    r"<!\[CDATA\[.*?\]\]>"
    r"|<(/?)((?:[\w.-]+:)?(?:description|encoded|summary|content|title|subtitle))(?:\s[^<>]*)?>",
    re.DOTALL | re.IGNORECASE,
)
_XHTML = re.compile(r"""\stype\s*=\s*["'](?:application/)?xhtml(?:\+xml)?["']""", re.IGNORECASE)
_TAG = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<[A-Za-z][^<>]*>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""(\s[\w.:-]+\s*=\s*)(?:"[^"]*"|'[^']*'|([^\s"'<>]+?)(?=\s|/?>))""")
# What feeds mean by a prefix that they don't declare.
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


@dataclass(frozen=True, slots=True)
class Repaired:
    """A document as UTF-8, and in one line what was wrong with it ("" when nothing was)."""

    xml: bytes
    wrong: str = ""


def repair(text: str) -> Repaired:
    """`text` as a document that an XML parser reads, as far as that can be had."""
    text, junk = _from_start(_ILLEGAL.sub("", text))
    text = _XML_DECLARATION.sub("", text, count=1)
    doctype = _DOCTYPE.search(text[:_LOOKED_AT])
    if doctype:
        text = _defused(text, doctype.start())
    wrong = _trouble(text)
    if wrong:
        text = _with_namespaces(_REFERENCES.sub(_Reference({}), text))
        for cure in (_closed, _with_quotes, _with_escapes, _closed, _recovered):
            if not _trouble(text):
                break
            text = cure(text)
    return Repaired(text.encode("utf-8"), wrong or junk)


def _from_start(text: str) -> tuple[str, str]:
    """`text` from its XML declaration or first element, and what is wrong with it otherwise."""
    found = _START.search(text[:_LOOKED_AT])
    if not found or not found.start():
        return text, ""
    head = text[: found.start()]
    if not head.isspace() and (found[0].lower() == "<?xml" or _PROLOG.sub("", head)):
        return text[found.start() :], "text before the document"
    return text.lstrip(), ""


def _defused(text: str, start: int) -> str:
    """`text` without entities of its own: short ones are put in, the others vanish.

    `start` is where the document type is declared.
    """
    own: dict[str, str] = {}
    doctype = _SUBSET.match(text, start)
    if doctype:
        own = dict.fromkeys(_ANY_ENTITY.findall(doctype[2]), "")
        for name, double, single in _ENTITY.findall(doctype[2]):
            value = double or single
            if len(value) <= _LONGEST_ENTITY and not _NESTED.search(value):
                own[name] = value
        text = text[:start] + doctype[1] + ">" + text[doctype.end() :]
    return _REFERENCES.sub(_Reference(own), text)


class _Reference:
    """Puts right one reference, bare ampersand or bare "<"; counts what it expands."""

    def __init__(self, own: dict[str, str]) -> None:
        self._own, self._expanded, self._bare = own, 0, 0

    def __call__(self, found: re.Match[str]) -> str:
        text = found[0]
        if text.startswith("<![CDATA["):
            return text if text.endswith("]]>") else text + "]]>"
        if text.startswith("<!--"):
            return text if text.endswith("-->") else ""
        decimal, hexadecimal, name = found.groups()
        if name:
            return self._named(name)
        if decimal or hexadecimal:
            code = int(decimal) if decimal else int(hexadecimal, 16)
            legal = code <= 0x10FFFF and not (_ILLEGAL.match(chr(code)))
            return text if legal else ""
        self._bare += 1
        if self._bare > _MOST_BARE:
            return ""
        return "&amp;" if text == "&" else "&lt;"

    def _named(self, name: str) -> str:
        if name in _XML_NAMES:
            return f"&{name};"
        if name in self._own:
            self._expanded += len(self._own[name])
            return self._own[name] if self._expanded <= _MOST_EXPANDED else ""
        if known := html.entities.html5.get(f"{name};"):
            return escape(known)
        self._bare += 1
        return f"&amp;{name};" if self._bare <= _MOST_BARE else ""


def _trouble(text: str) -> str:
    """What an XML parser says against `text`; "" when it is well formed."""
    parser = expat.ParserCreate("utf-8", " ")
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        return f"{expat.ErrorString(error.code)} in line {error.lineno}"
    return ""


def _with_namespaces(text: str) -> str:
    pairs = _PREFIXES_USED.findall(text)
    used = {element or attribute for element, attribute in pairs}
    missing = sorted(used - set(_PREFIXES_DECLARED.findall(text)) - {"xml", "xmlns"})[:50]
    added = "".join(
        f' xmlns:{prefix}="{_NAMESPACES.get(prefix.lower(), "urn:undeclared:" + prefix)}"'
        for prefix in missing
    )
    return _ROOT_TAG.sub(lambda tag: tag[0] + added, text, count=1) if added else text


def _with_quotes(text: str) -> str:
    """Values of attributes in quotes."""

    def value(found: re.Match[str]) -> str:
        return found[0] if found[2] is None else f'{found[1]}"{found[2]}"'

    def tag(found: re.Match[str]) -> str:
        return found[0] if found[0].startswith("<!") else _ATTRIBUTE.sub(value, found[0])

    return _TAG.sub(tag, text)


def _with_escapes(text: str) -> str:
    """HTML in texts escaped where it is not XML: "<p>One<br>two"."""
    parts, done, opened = [], 0, None
    for found in _TEXT_TAG.finditer(text):
        if not found[1]:
            opened = found if found[2] and not found[0].endswith("/>") else None
        elif opened and opened[2] == found[2]:
            inside = text[opened.end() : found.start()]
            if "<" in inside and _trouble(f"<x>{inside}</x>"):
                start = _XHTML.sub(' type="html"', opened[0])
                parts += [text[done : opened.start()], start, escape(inside)]
                done = found.start()
            opened = None
    return "".join([*parts, text[done:]])


def _closed(text: str) -> str:
    """A document cut short, ended where its last whole tag is."""
    open_elements: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, _: open_elements.append(name)
    parser.EndElementHandler = lambda _: open_elements.pop() and None
    text = text[: text.rfind(">") + 1]
    try:
        parser.Parse(text.encode("utf-8", "replace"), False)
    except expat.ExpatError:
        return text
    return text + "".join(f"</{name}>" for name in reversed(open_elements))


def _recovered(text: str) -> str:
    """What libxml2 makes of tags that don't match."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return text
    return etree.tostring(root, encoding="unicode") if root is not None else text
