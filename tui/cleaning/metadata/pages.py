"""The next page of an article that is cut into several."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from tui.cleaning.tree import marks, text_of
from tui.domain.urls import safe_url

_NEXT_TEXT = re.compile(
    r"^\s*(next( page)?|continue( reading)?|weiter|nächste seite|page suivante|suivante?|siguiente|"
    r"página siguiente|pagina successiva|volgende|próxima|следующая|下一页|次へ|次のページ)?\s*[›»>→]*\s*$",
    re.I,
)
_PAGER = re.compile(
    r"\b(pag(ination|er|ing|e-?nav\w*|e-?links|e-?numbers)|multi-?page|next-?page)\b"
)
_PAGE_NUMBER = re.compile(
    r"(?:[?&/](?:page|seite|pagina|p|pg)[=/-]?|[-_/,])(\d{1,2})(?:\.\w+|/)?$", re.I
)


def next_page(root: HtmlElement, url: str) -> str:
    """The address of page n+1 of this very article, or "". `rel=next` of a blog is another story."""
    here = urlsplit(url)
    if not here.hostname:
        return ""
    for element in root.iter("link", "a"):
        href = element.get("href")
        if not href or not _says_next(element):
            continue
        target = safe_url(href, url)
        if target and _follows(url, target):
            return target
    return ""


def _says_next(element: HtmlElement) -> bool:
    if "next" in (element.get("rel") or "").lower().split():
        return True
    if element.tag == "link" or len(text := text_of(element)) > 40 or not text:
        return False
    if not (_NEXT_TEXT.match(text) or text.isdigit()):
        return False
    return any(_PAGER.search(marks(e)) for e in (element, *list(element.iterancestors())[:4]))


def _follows(url: str, target: str) -> bool:
    """True if `target` is `url` with the page number one higher."""
    a, b = urlsplit(url), urlsplit(target)
    if a.hostname != b.hostname:
        return False
    ours, page = _stem(url)
    theirs, following = _stem(target)
    return ours == theirs and following == page + 1


def _stem(url: str) -> tuple[str, int]:
    url = url.split("#", maxsplit=1)[0]
    found = _PAGE_NUMBER.search(url)
    if not found:
        return re.sub(r"(\.\w{2,5}|/)$", "", url), 1
    return url[: found.start()], int(found[1])
