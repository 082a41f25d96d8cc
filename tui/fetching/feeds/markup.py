"""Text from the HTML that feeds carry: titles on one line, summaries of a few sentences.

Feeds don't say reliably whether a title is text or HTML, so tags count as tags only where they are
HTML's own: "List<String>" keeps its brackets, "<b>Bold</b>" loses them.
"""

import html
import re
from urllib.parse import urljoin

from tui.domain.text import clean_line

TITLE_LIMIT = 1000  # characters
SUMMARY_LIMIT = 500  # characters
_SUMMARY_SOURCE = 20_000  # characters of HTML that are looked at for a summary

_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|img|ins|kbd|mark|nobr|q|s|samp|small"
    "|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_BLOCK = "p|div|br|h[1-6]|ul|ol|li|blockquote|pre|hr|table|tr|td|th|dl|dt|dd|center|section|article"
_ATTRIBUTES = r"(?:\s[^<>]*)?"
_HTML_TAG = re.compile(rf"</?(?:({_BLOCK})|{_INLINE}){_ATTRIBUTES}/?>", re.IGNORECASE)
_ANY_TAG = re.compile(rf"<(?:/?(?:({_BLOCK})\b|[a-zA-Z])|[!?])[^<>]*>", re.IGNORECASE)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|iframe|object|svg|math|head|noscript)\b"
    r".*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_PAIR = re.compile(rf"<({_INLINE}|p|div){_ATTRIBUTES}>.*?</\1>|<br\s*/?>|<img\s", re.I | re.DOTALL)
_ESCAPED_AGAIN = re.compile(
    r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|amp|quot|apos|nbsp|[lr][sd]quo|[nm]dash);"
)
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_OPEN_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_LINKING = "href|src|poster|cite|longdesc|data-src|action|background"
_LINK = re.compile(
    rf"""(\s(?:{_LINKING})\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)
# Most feeds have none: then there is nothing to look for in each tag.
_RELATIVE = re.compile(
    rf"""\s(?:{_LINKING}|srcset)\s*=\s*(?:["']\s*)?(?!["'\s#]|[a-z][a-z0-9+.-]*:)""",
    re.IGNORECASE,
)
_SRCSET = re.compile(r"""(\ssrcset\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|#", re.IGNORECASE)


def title_line(value: str, *, is_html: bool = False) -> str:
    """A title as one line of plain text. `is_html`: the feed says so (Atom `type="html"`)."""
    value = value[: 8 * TITLE_LIMIT]
    if "<" in value:
        tags = _ANY_TAG if is_html else _HTML_TAG
        if is_html or _PAIR.search(value) or not tags.search(value):
            value = _without_tags(value, tags)
    if "&" in value:
        value = html.unescape(value)
        if "<" in value and not is_html and _PAIR.search(value):
            value = _without_tags(value, _HTML_TAG)
        if _ESCAPED_AGAIN.search(value):
            value = html.unescape(value)
    return clean_line(value, TITLE_LIMIT)


def plain_text(markup: str, limit: int = SUMMARY_LIMIT) -> str:
    """The beginning of `markup` as plain text on one line, at most `limit` characters."""
    markup = markup[:_SUMMARY_SOURCE]
    if "<" in markup:
        cut = markup.rfind("<")
        if ">" not in markup[cut:] and markup[cut + 1 : cut + 2].isalpha():
            markup = markup[:cut]
        markup = _without_tags(_UNSEEN.sub(" ", markup), _ANY_TAG)
    return clean_line(html.unescape(markup), limit)


def _without_tags(text: str, tags: re.Pattern[str]) -> str:
    return tags.sub(lambda tag: " " if tag[1] else "", text)


def text_as_html(text: str) -> str:
    """Plain text as HTML, its paragraphs kept."""
    return paragraphs(html.escape(text.strip(), quote=False))


def paragraphs(markup: str) -> str:
    """`markup`; where it has no tags but blank lines, these end paragraphs."""
    if "\n" not in markup or _ANY_TAG.search(markup):
        return markup
    parts = [part for part in _BLANK_LINES.split(markup) if part.strip()]
    return "".join(f"<p>{part}</p>" for part in parts) if len(parts) > 1 else markup


def first_words(text: str, words: int = 12) -> str:
    """A title for what has none: the first sentence of `text`, or its first words and "…"."""
    sentence = re.match(r".{15,90}?[.!?。！？](?=\s|$)", text)
    if sentence:
        return sentence[0].rstrip(".。 ")
    parts = text.split(" ", words)
    line = " ".join(parts[:words])
    return clean_line(line + ("…" if len(parts) > words else ""), 90)


def absolute_links(markup: str, base: str) -> str:
    """`markup` with the relative addresses in its tags made absolute."""
    if not base or not _RELATIVE.search(markup):
        return markup

    def joined(url: str) -> str:
        url = url.strip()
        if not url or _ABSOLUTE.match(url):
            return url
        try:
            return urljoin(base, html.unescape(url)).replace("&", "&amp;").replace('"', "%22")
        except ValueError:
            return url

    def link(found: re.Match[str]) -> str:
        url = next(part for part in found.groups()[1:] if part is not None)
        return found[0] if _ABSOLUTE.match(url.strip()) else f'{found[1]}"{joined(url)}"'

    def sources(found: re.Match[str]) -> str:
        candidates = (found[2] or found[3] or "").split(",")
        parts = (candidate.split(None, 1) for candidate in candidates if candidate.strip())
        return f'{found[1]}"' + ", ".join(" ".join([joined(p[0]), *p[1:]]) for p in parts) + '"'

    def tag(found: re.Match[str]) -> str:
        text = _LINK.sub(link, found[0])
        return _SRCSET.sub(sources, text) if "srcset" in text else text

    return _OPEN_TAG.sub(tag, markup)
