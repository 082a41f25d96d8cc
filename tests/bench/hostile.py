"""Feeds made to hurt: each as bytes, by name."""

from collections.abc import Iterator
from pathlib import Path

_MB = 1_000_000


def documents(edge: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each; with `edge` also those of the benchmark's folder."""
    if edge is not None:
        for name in ("bomb_billion_laughs.xml", "bomb_quadratic.xml", "xxe_file.xml"):
            yield name, (edge / name).read_bytes()
    yield "50 MB of items", many_items(50 * _MB)
    yield "50 MB of items, truncated and with bare &", many_items(50 * _MB, b"A & B")[: 49 * _MB]
    yield "50 MB of items in Latin-1", many_items(50 * _MB, b"caf\xe9")
    yield "one entry of 50 MB", _rss(b"<item><description>" + b"word " * (10 * _MB))
    yield "entities that expand each other", _laughs()
    yield "an entity of 100 kB, 1,000 times", _quadratic()
    yield "a document that includes a file", _external()
    yield "10 MB of &", _rss(b"<item><title>" + b"&" * (10 * _MB))
    yield "10 MB of &amp;", _rss(b"<item><title>" + b"&amp;" * (2 * _MB))
    yield "10 MB of <", _rss(b"<item><title>" + b"<" * (10 * _MB))
    yield "10 MB of <a", _rss(b"<item><description>" + b"<a" * (5 * _MB))
    yield "10 MB of <!--", _rss(b"<!--" * (2 * _MB))
    yield "10 MB of <![CDATA[", _rss(b"<item><title>" + b"<![CDATA[" * _MB)
    yield "10 MB of <!DOCTYPE[", b"<!DOCTYPE x[" * (_MB * 10 // 12)
    yield "10 MB of &x;", _rss(b"<item><title>" + b"&x;" * (3 * _MB))
    yield "a million elements in each other", _rss(b"<item><description>" + b"<b>" * _MB)
    yield "a million prefixes", _rss(b"<item>" + b"".join(b"<p%d:a/>" % n for n in range(_MB // 2)))
    yield "a million attributes", _rss(b"<item " + b" ".join(b'a%d=""' % n for n in range(_MB)))
    yield "10 MB that are no UTF-8", _rss(b"<item><title>" + b"\xff\xe2\x80" * (3 * _MB))
    yield "10 MB of <html>", b"<html><head>" + b"<link rel=alternate <a href=" * (_MB // 3)
    yield (
        "JSON, a million deep",
        b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * _MB,
    )
    yield "JSON, 200,000 items", _json_items(200_000)


def pages() -> Iterator[tuple[str, bytes]]:
    """Section pages made to hurt."""
    link = b'<a href="/a-b-c-%d">a headline of some words</a>'
    links = b"".join(b"<li>" + link % n + b"<time>x</time></li>" for n in range(60_000))
    yield "60,000 headlines", b"<html><body>" + links
    yield (
        "60,000 headlines in each other",
        b"<html>" + b"".join(b"<div>" + link % n for n in range(60_000)),
    )
    listed = b",".join(b'{"@type":"ListItem","url":"/%d","name":"x y"}' % n for n in range(60_000))
    script = b'{"@type":"ItemList","itemListElement":[' + listed + b"]}"
    yield "60,000 in JSON-LD", b'<html><script type="application/ld+json">' + script + b"</script>"


def many_items(size: int, title: bytes = b"A story with a headline") -> bytes:
    """An RSS feed of at least `size` bytes, with items like real ones."""
    item = (
        b"<item><title>" + title + b" %d</title><link>https://paper.example/%d</link>"
        b"<guid>https://paper.example/%d</guid><pubDate>Tue, 02 Jan 2024 03:04:05 GMT</pubDate>"
        b"<description>"
        + b"Lorem ipsum dolor sit amet, and so on. " * 12
        + b"</description></item>"
    )
    items = (item % (n, n, n) for n in range(size // len(item) + 1))
    return _rss(b"".join(items) + b"</channel></rss>")


def _rss(content: bytes) -> bytes:
    return b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>' + content


def _laughs() -> bytes:
    levels = (b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    declared = b'<!DOCTYPE x [<!ENTITY a0 "lol">' + b"".join(levels) + b"]>"
    return declared + _rss(b"<item><title>&a11;</title></item></channel></rss>")


def _quadratic() -> bytes:
    declared = b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 100_000 + b'">]>'
    return declared + _rss(b"<item><title>" + b"&a;" * 1000 + b"</title></item></channel></rss>")


def _external() -> bytes:
    declared = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return declared + _rss(b"<item><title>&a;</title></item></channel></rss>")


def _json_items(count: int) -> bytes:
    items = b",".join(b'{"id":"%d","title":"t","content_text":"x"}' % n for n in range(count))
    return b'{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[' + items + b"]}"
