"""Text and what it is set in: runs of characters become spans, white space as a browser shows it."""

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from lxml.html import HtmlElement

from tui.domain.blocks import Block, Span, Spans, Style
from tui.domain.text import clean
from tui.domain.urls import safe_url, strip_tracking

_STYLES = {
    "b": Style.STRONG,
    "strong": Style.STRONG,
    "i": Style.EMPHASIS,
    "em": Style.EMPHASIS,
    "cite": Style.EMPHASIS,
    "dfn": Style.EMPHASIS,
    "var": Style.EMPHASIS,
    "code": Style.CODE,
    "kbd": Style.CODE,
    "samp": Style.CODE,
    "tt": Style.CODE,
    "s": Style.STRUCK,
    "del": Style.STRUCK,
    "strike": Style.STRUCK,
    "sup": Style.SUPERSCRIPT,
    "sub": Style.SUBSCRIPT,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the characters at one place of the tree."""

    style: Style = Style.PLAIN
    href: str | None = None
    lang: str | None = None

    def inside(self, element: HtmlElement, base: str) -> "Setting":
        """The setting for what is in `element`."""
        style = _STYLES.get(str(element.tag))
        setting = self if style is None else replace(self, style=self.style | style)
        if element.tag == "a" and (href := element.get("href")):
            setting = replace(setting, href=link(href, base))
        if lang := element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang"):
            setting = replace(setting, lang=clean(lang.strip())[:35] or None)
        return setting


def link(href: str, base: str) -> str | None:
    """`href` made absolute, without what follows readers; None where it must not be opened."""
    if href.startswith("#"):
        return None
    return strip_tracking(safe_url(href, base, schemes=("http", "https", "mailto"))) or None


class Runs:
    """Collects runs of characters until a block ends."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, Setting]] = []

    def add(self, text: str | None, setting: Setting) -> None:
        """Characters of the page; line breaks in the source are spaces."""
        if text:
            self._runs.append((text.replace("\n", " ").replace("\r", " "), setting))

    def line_break(self, setting: Setting) -> None:
        """A `<br>`."""
        self._runs.append(("\n", setting))

    @property
    def blank(self) -> bool:
        """True while nothing but white space came in."""
        return not any(text.strip() for text, _ in self._runs)

    def take(self) -> list[Spans]:
        """What came in, as paragraphs: two breaks in a row part them. Empties the collection."""
        runs, self._runs = self._runs, []
        paragraphs: list[list[Span]] = [[]]
        breaks, space = 0, False
        for raw, setting in runs:
            if raw == "\n":
                breaks += 1
                continue
            text = clean(raw).replace("\n", " ")
            words = " ".join(text.split())
            if not words:
                space = space or bool(text)
                continue
            if breaks >= 2 and paragraphs[-1]:
                paragraphs.append([])
            lead = ""
            if paragraphs[-1]:
                lead = "\n" if breaks == 1 else " " if space or text[0].isspace() else ""
            breaks, space = 0, text[-1].isspace()
            _append(paragraphs[-1], lead, words, setting)
        return [tuple(spans) for spans in paragraphs if spans]


def _append(spans: list[Span], lead: str, words: str, setting: Setting) -> None:
    """Add a span, merged with its equal; the space between two belongs to the plainer one."""
    new = Span(words, setting.style, setting.href, setting.lang)
    if not spans:
        spans.append(new)
        return
    last = spans[-1]
    if _looks(last) == _looks(new):
        spans[-1] = replace(last, text=last.text + lead + words)
    elif lead and last.href == new.href and new.style:
        spans[-1:] = [replace(last, text=last.text + lead), new]
    elif lead and new.href is None:
        spans.append(replace(new, text=lead + words))
    elif lead and last.href is None:
        spans[-1:] = [replace(last, text=last.text + lead), new]
    else:
        spans += [Span(lead), new] if lead else [new]


def _looks(span: Span) -> tuple[Style, str | None, str | None]:
    return span.style, span.href, span.lang


def joined(paragraphs: list[Spans]) -> Spans:
    """Paragraphs as one row of spans with line breaks between."""
    out: list[Span] = []
    for spans in paragraphs:
        if out:
            out.append(Span("\n"))
        out.extend(spans)
    return tuple(out)


def squeeze(text: str) -> str:
    """`text` cleaned, on one line."""
    return " ".join(clean(text).split())


# Stands for the address of a page that has none: what links is still told from what does not.
NOWHERE = "http://page.invalid/"


def without_links(blocks: list[Block]) -> list[Block]:
    """`blocks` without the addresses that only `NOWHERE` made absolute."""
    return [_placeless(block) for block in blocks]


def _placeless(value: Any) -> Any:
    if isinstance(value, str):
        return "" if value.startswith(NOWHERE) else value
    if isinstance(value, tuple):
        return tuple(_placeless(entry) for entry in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {f.name: _placeless(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Span):
        changed["href"] = changed["href"] or None
    return replace(value, **changed)
