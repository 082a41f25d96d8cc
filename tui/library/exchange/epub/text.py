"""An article's blocks as XHTML, for a book: no scripts, nothing loaded from anywhere."""

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import quote, urlsplit, urlunsplit

from tui.domain.blocks import (
    Article,
    Block,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Style,
    Table,
)
from tui.domain.text import clean

_TAGS = (
    (Style.CODE, "code"),
    (Style.SUPERSCRIPT, "sup"),
    (Style.SUBSCRIPT, "sub"),
    (Style.STRUCK, "s"),
    (Style.EMPHASIS, "em"),
    (Style.STRONG, "strong"),
)


def text(value: str) -> str:
    """`value` as XHTML text: cleaned, since XML has no way to write a control character."""
    return escape(clean(value))


def address(url: str) -> str:
    """`url` as an attribute: what URLs may not hold is quoted (readers refuse a book for it)."""
    parts = urlsplit(url)
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    safe = "/!$&'()*+,;=:@~-._%"
    query, fragment = quote(parts.query, safe + "?"), quote(parts.fragment, safe + "?")
    return escape(urlunsplit((parts.scheme, host, quote(parts.path, safe), query, fragment)))


def inline(spans: Spans) -> str:
    """Spans with their styles and links."""
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    inner = text(span.text).replace("\n", "<br/>")
    for style, tag in _TAGS:
        if span.style & style:
            inner = f"<{tag}>{inner}</{tag}>"
    if span.lang:
        inner = f'<span lang="{text(span.lang)}" xml:lang="{text(span.lang)}">{inner}</span>'
    target = address(span.href) if span.href else ""
    return f'<a href="{target}">{inner}</a>' if target else inner


class Chapter:
    """One article as the body of an XHTML file.

    `pictures` are the names, inside the book, of the pictures that are in it, by address.
    """

    def __init__(self, article: Article, pictures: Mapping[str, str]) -> None:
        self.article, self.pictures = article, pictures

    def body(self) -> str:
        """The blocks in order, below the leading picture where none of them holds it."""
        blocks = self.article.blocks
        lead = self.article.lead_image
        if lead in self.pictures and all(not _shows(block, lead) for block in blocks):
            blocks = (Figure(lead), *blocks)
        return "\n".join(filter(None, map(self._block, blocks)))

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                # The chapter's title is the h1.
                level = min(max(block.level, 2), 6)
                return f"<h{level}>{inline(block.spans)}</h{level}>"
            case Paragraph():
                return f'<p class="{block.role.value}">{inline(block.spans)}</p>'
            case List():
                return _list(block.items)
            case Quote():
                return _quote(block)
            case Code():
                return f"<pre><code>{text(block.text)}</code></pre>"
            case Table():
                return _table(block)
            case Figure():
                return self._figure(block)
            case Embed():
                return _embed(block)
            case Footnote():
                label = text(block.label)
                return f'<aside epub:type="footnote"><p>{label} {inline(block.spans)}</p></aside>'
            case Rule():
                return "<hr/>"

    def _figure(self, figure: Figure) -> str:
        caption = inline(figure.caption)
        if figure.credit:
            caption += f" <small>{text(figure.credit)}</small>"
        name = self.pictures.get(figure.src)
        if name is None:
            seen = " ".join(filter(None, (text(figure.alt), caption)))
            return f'<p class="missing">[{seen}]</p>' if seen else ""
        image = f'<img src="{escape(name)}" alt="{text(figure.alt)}"/>'
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>{image}{below}</figure>"


def _shows(block: Block, picture: str) -> bool:
    return isinstance(block, Figure) and block.src == picture


def _list(items: tuple[Item, ...]) -> str:
    """The items as nested lists: an item deeper than the one before opens a list inside it."""
    return "".join(_list_parts(items))


def _list_parts(items: tuple[Item, ...]) -> Iterator[str]:
    open_tags: list[str] = []
    for item in items:
        depth = min(item.depth, len(open_tags))
        while len(open_tags) > depth + 1:
            yield f"</li></{open_tags.pop()}>"
        if len(open_tags) == depth + 1:
            yield "</li>"
        else:
            tag = "ul" if item.number is None else "ol"
            start = f' start="{item.number}"' if item.number not in (None, 1) else ""
            open_tags.append(tag)
            yield f"<{tag}{start}>"
        yield f"<li>{inline(item.spans)}"
    while open_tags:
        yield f"</li></{open_tags.pop()}>"


def _quote(quote: Quote) -> str:
    paragraphs = "".join(f"<p>{inline(spans)}</p>" for spans in quote.paragraphs)
    cite = f'<p class="cite">{inline(quote.cite)}</p>' if quote.cite else ""
    return (
        f'<blockquote class="{"pull" if quote.pull else "quote"}">{paragraphs}{cite}</blockquote>'
    )


def _table(table: Table) -> str:
    rows = []
    for row in table.rows:
        cells = []
        for cell in row:
            tag = "th" if cell.header else "td"
            span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            cells.append(f"<{tag}{span}>{inline(cell.spans)}</{tag}>")
        if cells:
            rows.append(f"<tr>{''.join(cells)}</tr>")
    if not rows:
        return ""
    caption = f"<caption>{inline(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}{''.join(rows)}</table>"


def _embed(embed: Embed) -> str:
    paragraphs = "".join(f"<p>{inline(spans)}</p>" for spans in embed.paragraphs)
    name = text(embed.title or embed.url)
    target = address(embed.url) if embed.url else ""
    link = f'<p class="cite"><a href="{target}">{name}</a></p>' if target else ""
    return f'<blockquote class="embed">{paragraphs}{link}</blockquote>' if paragraphs + link else ""
