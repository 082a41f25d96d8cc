"""An article as Markdown (CommonMark, with the tables, notes and strike-through of GitHub's).

Pure: the same article gives the same text. What the story's own characters would mean to a
Markdown reader is escaped, so that `*` in a text stays an asterisk.
"""

import re
from collections.abc import Iterator

from tui.domain.blocks import (
    Article,
    Block,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    List,
    Paragraph,
    Quote,
    Role,
    Rule,
    Span,
    Spans,
    Style,
    Table,
    plain,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
# At the start of a line these would begin a heading, quote, list or rule.
_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))", re.MULTILINE)
_MARKS = ((Style.STRUCK, "~~"), (Style.EMPHASIS, "*"), (Style.STRONG, "**"))
_FENCE_RUN = re.compile(r"`{3,}")


def article_to_markdown(article: Article, *, heading: bool = True) -> str:
    """`article` as Markdown, ending in a newline; `heading` puts title, byline and link on top."""
    parts = list(_head(article)) if heading else []
    parts += [text for block in article.blocks if (text := block_to_markdown(block))]
    return "\n\n".join(parts) + "\n"


def _head(article: Article) -> Iterator[str]:
    if article.title:
        yield f"# {_escape(article.title)}"
    facts = [_escape(", ".join(article.bylines)), _escape(article.site_name)]
    if article.published:
        facts.append(article.published.date().isoformat())
    if article.url:
        facts.append(f"<{_target(article.url)}>")
    if any(facts):
        yield " · ".join(filter(None, facts))


def block_to_markdown(block: Block) -> str:
    """One block as Markdown without blank lines around it; "" where there is nothing to write."""
    match block:
        case Heading():
            return f"{'#' * min(max(block.level, 1), 6)} {_inline(block.spans, one_line=True)}"
        case Paragraph():
            text = _start(_inline(block.spans))
            return f"*{text}*" if block.role is Role.DEK and "*" not in text else text
        case List():
            return _list(block)
        case Quote():
            return _quote(block)
        case Code():
            fence = "`" * max(3, *(len(run) + 1 for run in _FENCE_RUN.findall(block.text)), 3)
            return f"{fence}{block.language}\n{block.text.rstrip()}\n{fence}"
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Embed():
            return _embed(block)
        case Footnote():
            label = re.sub(r"[\s\[\]^]+", "-", block.label) or "note"
            return f"[^{label}]: {_inline(block.spans, one_line=True)}"
        case Rule():
            return "---"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _start(text: str) -> str:
    return _LINE_START.sub(
        lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", text
    )


def _target(url: str) -> str:
    return url.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E").replace("\n", "")


def _inline(spans: Spans, *, one_line: bool = False) -> str:
    text = "".join(_span(span) for span in spans)
    return " ".join(text.split()) if one_line else text.replace("\n", "  \n")


def _span(span: Span) -> str:
    core = span.text.strip()
    if not core:
        return span.text
    before, after = span.text[: len(span.text) - len(span.text.lstrip())], ""
    after = span.text[len(before) + len(core) :]
    if span.style & Style.CODE:
        ticks = "``" if "`" in core else "`"
        core = f"{ticks}{core}{ticks}"
    else:
        core = _escape(core)
    for style, mark in _MARKS:
        if span.style & style:
            core = f"{mark}{core}{mark}"
    if span.style & Style.SUPERSCRIPT:
        core = f"<sup>{core}</sup>"
    if span.style & Style.SUBSCRIPT:
        core = f"<sub>{core}</sub>"
    if span.href:
        core = f"[{core}](<{_target(span.href)}>)"
    return f"{before}{core}{after}"


def _list(block: List) -> str:
    lines = []
    for item in block.items:
        mark = "-" if item.number is None else f"{item.number}."
        indent = "    " * item.depth
        text = _start(_inline(item.spans)).replace("\n", f"\n{indent}    ")
        lines.append(f"{indent}{mark} {text}")
    return "\n".join(lines)


def _quote(block: Quote) -> str:
    parts = [_start(_inline(paragraph)) for paragraph in block.paragraphs]
    if block.cite:
        parts.append(f"— {_inline(block.cite, one_line=True)}")
    lines = "\n\n".join(parts).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _table(block: Table) -> str:
    if not block.rows:
        return ""
    width = max(sum(cell.columns for cell in row) for row in block.rows)
    rows = []
    for row in block.rows:
        cells = [text for cell in row for text in (_cell(cell.spans), *[""] * (cell.columns - 1))]
        rows.append("| " + " | ".join(cells + [""] * (width - len(cells))) + " |")
    rows.insert(1, "|" + " --- |" * width)
    if block.caption:
        rows += ["", _inline(block.caption, one_line=True)]
    return "\n".join(rows)


def _cell(spans: Spans) -> str:
    return _inline(spans, one_line=True)


def _figure(block: Figure) -> str:
    caption = " ".join(filter(None, (_inline(block.caption, one_line=True), _escape(block.credit))))
    alt = _escape(" ".join((block.alt or plain(block.caption)).split()))
    picture = f"![{alt}](<{_target(block.src)}>)" if block.src else ""
    return "\n\n".join(filter(None, (picture, caption)))


def _embed(block: Embed) -> str:
    title = _escape(block.title or block.url)
    link = f"[{title}](<{_target(block.url)}>)" if block.url else title
    if not block.paragraphs:
        return link
    quoted = _quote(Quote(block.paragraphs))
    return f"{quoted}\n>\n> {link}" if link else quoted
