"""Meta tags by name. One tag may have several names; names differ only in case and separators."""

import html
from collections.abc import Iterator

from lxml.html import HtmlElement

from tui.cleaning.tree import text_of


class Meta:
    """The `meta` elements of a page."""

    def __init__(self, root: HtmlElement) -> None:
        self._values: dict[str, list[str]] = {}
        tags = [(e, (e.get("content") or "").strip()) for e in root.iter("meta")]
        # Attribute by attribute: a property counts more than a name of the same spelling.
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            values: dict[str, list[str]] = {}
            for element, content in tags:
                names = (element.get(attribute) or "").lower().split() if content else ()
                for name in names:
                    # "DC.title", "dcterms.title": Dublin Core's own separator.
                    key = name.replace(".", ":") if name.startswith("dc") else name
                    values.setdefault(key, []).append(html.unescape(content))
            self._values = values | self._values
        self.title = next((text_of(element) for element in root.iter("title")), "")

    def each(self, *names: str) -> Iterator[str]:
        """The first value of each of `names` that is there."""
        for name in names:
            if name in self._values:
                yield self._values[name][0]

    def first(self, *names: str) -> str:
        """The first value of the first of `names` that is there, or ""."""
        return next(self.each(*names), "")

    def all(self, *names: str) -> list[str]:
        """All values of the first of `names` that is there and is more than an address."""
        for name in names:
            values = [v for v in self._values.get(name, ()) if not v.startswith("http")]
            if values:
                return values
        return []
