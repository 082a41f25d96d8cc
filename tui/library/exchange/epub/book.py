"""The book around the chapters: container, package, contents, pictures (EPUB 3.2, OCF zip)."""

import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from tui.domain.blocks import Article
from tui.domain.editions import Edition, Reading
from tui.domain.ports import Library
from tui.library.exchange import pictures
from tui.library.exchange.epub.text import Chapter, address, text
from tui.library.exchange.take_out import picture_addresses, readings
from tui.library.exchange.whole import replacing

# The core picture types that every reader of EPUB 3.2 shows; others would need a stand-in.
_CORE = (pictures.PNG, pictures.JPEG, pictures.GIF)
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>\
</rootfiles></container>
"""
_STYLE = """\
body { line-height: 1.45; margin: 0 5%; }
h1 { line-height: 1.15; }
p.byline, p.facts, figcaption, caption, p.missing { color: #555; font-size: 0.85em; }
p.dek { font-size: 1.1em; }
p.note { font-style: italic; }
blockquote.pull { font-size: 1.25em; }
blockquote.embed { border-left: 0.2em solid #999; padding-left: 1em; }
p.cite { text-align: right; }
figure { margin: 1em 0; }
img { max-width: 100%; }
table { border-collapse: collapse; }
td, th { border-bottom: 1px solid #999; padding: 0.2em 0.6em; text-align: start; }
pre { white-space: pre-wrap; }
"""


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the book, in the order of the package."""

    name: str
    media_type: str
    title: str = ""
    feed: str = ""
    properties: str = ""


@dataclass(slots=True)
class _Contents:
    """What the book holds so far."""

    files: list[_File] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)

    @property
    def chapters(self) -> list[_File]:
        return [file for file in self.files if file.feed]


def write(file: Path, library: Library, edition: Edition, made: datetime) -> int:
    """Write the articles of `edition` to `file`, ordered by feed; returns how many.

    Entries without an article are left out. Raises BroadsheetError.
    """
    chosen = [r for r in readings(library, edition) if r.article and r.article.blocks]
    chosen.sort(key=lambda reading: (reading.feed.folder, _feed_name(reading)))
    title = f"Broadsheet, {made.astimezone().date().isoformat()}"
    with replacing(file) as new, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as book:
        # The container's rule: the first file, not compressed, nothing else in its header.
        book.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
        book.writestr("META-INF/container.xml", _CONTAINER)
        contents = _Contents([_File("style.css", "text/css")])
        book.writestr("book/style.css", _STYLE)
        for number, reading in enumerate(chosen, 1):
            _add(book, contents, library, reading, number)
        book.writestr("book/contents.xhtml", _navigation(title, contents.chapters))
        book.writestr("book/package.opf", _package(title, edition, contents, chosen, made))
    return len(chosen)


def _feed_name(reading: Reading) -> str:
    return text(reading.feed.title or reading.feed.url)


def _add(
    book: zipfile.ZipFile, contents: _Contents, library: Library, reading: Reading, number: int
) -> None:
    """Add one article with its pictures."""
    article = reading.article
    assert article is not None
    for url in picture_addresses(article):
        if url not in contents.pictures:
            _add_picture(book, contents, url, library.image(url))
    name = f"article-{number}.xhtml"
    title = text(article.title or reading.entry.title) or "Untitled"
    book.writestr(f"book/{name}", _chapter(title, article, reading, contents.pictures))
    contents.files.append(_File(name, "application/xhtml+xml", title, _feed_name(reading)))


def _add_picture(book: zipfile.ZipFile, contents: _Contents, url: str, data: bytes | None) -> None:
    kind = pictures.kind(data) if data else None
    if data and kind in _CORE:
        name = f"picture-{len(contents.pictures) + 1}.{kind.ending}"
        book.writestr(zipfile.ZipInfo(f"book/{name}"), data)
        contents.pictures[url] = name
        contents.files.append(_File(name, kind.media_type))


def _page(title: str, body: str, lang: str = "", direction: str = "") -> str:
    language = f' lang="{text(lang)}" xml:lang="{text(lang)}"' if lang else ""
    language += f' dir="{direction}"' if direction == "rtl" else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"{language}>\n'
        f'<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/>'
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _chapter(title: str, article: Article, reading: Reading, names: dict[str, str]) -> str:
    published = article.published or reading.entry.published
    facts = [
        text(", ".join(article.bylines)),
        text(article.site_name or reading.feed.title),
        published.astimezone().date().isoformat() if published else "",
    ]
    link = address(article.url or reading.entry.url)
    if link:
        facts.append(f'<a href="{link}">original</a>')
    head = f'<h1>{title}</h1>\n<p class="facts">{" · ".join(filter(None, facts))}</p>\n'
    body = Chapter(article, names).body()
    return _page(title, head + body, article.lang, article.dir)


def _navigation(title: str, chapters: list[_File]) -> str:
    sections = "".join(_sections(chapters)) or '<li><a href="contents.xhtml">Nothing</a></li>'
    body = f'<nav epub:type="toc" id="toc"><h1>{title}</h1>\n<ol>\n{sections}</ol></nav>'
    return _page(title, body)


def _sections(chapters: list[_File]) -> Iterator[str]:
    for feed, files in groupby(chapters, key=lambda file: file.feed):
        links = "".join(f'<li><a href="{f.name}">{f.title}</a></li>\n' for f in files)
        yield f"<li><span>{feed}</span>\n<ol>\n{links}</ol></li>\n"


def _package(
    title: str, edition: Edition, contents: _Contents, chosen: list[Reading], made: datetime
) -> str:
    """The package document. The identifier is the same for the same articles."""
    addresses = "\n".join([edition.query, *(r.entry.url or r.entry.key for r in chosen)])
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, addresses).urn
    languages = dict.fromkeys(r.article.lang for r in chosen if r.article and r.article.lang)
    modified = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    files = [
        _File("contents.xhtml", "application/xhtml+xml", properties="nav"),
        *contents.files,
    ]
    manifest = "".join(_manifest_item(number, file) for number, file in enumerate(files))
    spine = "".join(
        f'<itemref idref="f{number}"/>\n'
        for number, file in enumerate(files)
        if file.media_type == "application/xhtml+xml"
    )
    language = "".join(
        f"<dc:language>{text(code)}</dc:language>" for code in languages or {"und": None}
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">{identifier}</dc:identifier>\n<dc:title>{title}</dc:title>\n'
        f'{language}\n<meta property="dcterms:modified">{modified}</meta>\n</metadata>\n'
        f"<manifest>\n{manifest}</manifest>\n<spine>\n{spine}</spine>\n</package>\n"
    )


def _manifest_item(number: int, file: _File) -> str:
    properties = f' properties="{file.properties}"' if file.properties else ""
    kind = f'media-type="{file.media_type}"{properties}'
    return f'<item id="f{number}" href="{file.name}" {kind}/>\n'
