"""Removals before the extractor, on the whole page: what is furniture by its tag, role or name.

`strip` takes out what no reader sees and `keep_posts`/`keep_figures` protect what the extractor
would lose; the rest yields `Removal`s, which `account.run` carries out under a cap.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from tui.cleaning.layout.media import is_post
from tui.cleaning.steps.account import Account, Removal
from tui.cleaning.tree import ROLE, elements, length, marks, remove, text_of

_NEVER = ("script", "style", "template", "link", "svg", "select", "datalist", "dialog")
_MAY_SPEAK = ("template", "select", "datalist", "dialog")
# Text for browsers without script: a real fallback is longer than a plea to switch it on.
_FALLBACK = 300
_DISPLAY_NONE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!important\s*)?(?:;|$)", re.I
)


def strip(root: HtmlElement, account: Account) -> None:
    """Take out what is never text; the page's own use of our attribute too."""
    for element in list(root.iter(*_NEVER)):
        if element.tag in _MAY_SPEAK and length(element):
            account.write("strip", element, f"a {element.tag}")
        remove(element)
    for element in list(root.iter("noscript")):
        if length(element) > _FALLBACK or (not length(element) and _has_picture(element)):
            element.drop_tag()
        else:
            if length(element):
                account.write("strip", element, "for browsers without script")
            remove(element)
    for element in root.xpath(f"//*[@{ROLE}]"):
        del element.attrib[ROLE]


def _has_picture(element: HtmlElement) -> bool:
    return next(element.iter("img"), None) is not None


def hidden(root: HtmlElement) -> Iterator[Removal]:
    """What a browser doesn't show. Some pages hide all until a script runs: hence the cap."""
    for element in root.xpath("//*[@hidden or @style or @aria-hidden]"):
        if element.tag in ("html", "body"):
            continue
        if element.get("hidden") is not None:
            yield Removal(element, "hidden attribute")
        elif _DISPLAY_NONE.search(element.get("style") or ""):
            yield Removal(element, "style hides it")
        elif element.get("aria-hidden") == "true" and "fallback-image" not in marks(element):
            yield Removal(element, "hidden from screen readers")


_ROLES = {"navigation", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"}
_ROLES |= {"toolbar", "tablist"}
_FURNITURE = ("nav", "footer")
# Asked of libxml2: a walk that only looks takes ten times as long.
_CANDIDATES = elements("//nav | //footer | //*[@role]")
_NAMED = elements("//*[@class or @id]")


def furniture(root: HtmlElement) -> Iterator[Removal]:
    """Navigation and page frames, by tag and ARIA role."""
    for element in _CANDIDATES(root):
        tag = element.tag
        if tag in _FURNITURE:
            if tag != "footer" or not _is_citation(element):
                yield Removal(element, f"a {tag}")
        elif (role := element.get("role")) in _ROLES and tag not in ("body", "main", "article"):
            yield Removal(element, f"role {role}")


def _is_citation(footer: HtmlElement) -> bool:
    parent = footer.getparent()
    return parent is not None and parent.tag in ("blockquote", "figure", "q")


# Names that mean the same on most sites, by what they frame. Whole words of a class or id.
_NAMES: tuple[tuple[str, str], ...] = (
    (
        "comments",
        r"comments?|comment-?(?:list|area|section|form|thread|respond|wrap\w*|container)|"
        r"disqus(?:-thread)?|respond|replies|kommentare?|commentaires|comentarios|fb-comments",
    ),
    (
        "sharing",
        r"share|sharing|shares|share-?(?:bar|buttons?|tools?|links?|this)|social|social-?\w+|"
        r"sharedaddy|addthis\w*|addtoany|shariff|sociable|ssba|heateor\w*|like-?button|teilen",
    ),
    (
        "related stories",
        r"related|related-?\w+|recommend(?:ed|ations?)?\w*|jp-relatedposts|more-?(?:stories|news|"
        r"articles|posts|from|on-?this)|read-?(?:more|next|also)|also-?(?:read|like)|you-?may-?\w*|"
        r"outbrain|taboola|zergnet|teads|trending|most-?(?:read|popular|viewed)|popular-?\w*|yarpp|"
        r"similar|see-?also|verwandte\w*|aehnliche\w*|mehr-?zum-?thema|lees-?ook|lire-?aussi",
    ),
    (
        "a sign-up box",
        r"newsletter|newsletter-?\w+|sign-?up|subscribe|subscription|subscribe-?\w+|mailing-?list|mc-?embed\w*|"
        r"mailchimp|optin\w*",
    ),
    (
        "a cookie or consent notice",
        r"cookies?|cookie-?\w+|consent|gdpr|cmp|onetrust|privacy-?(?:banner|notice)",
    ),
    (
        "advertising",
        r"ads?|advert\w*|ad-?(?:slot|unit|container|wrapper|box|banner|block)|adsbygoogle|"
        r"dfp|sponsor(?:ed)?|werbung|anzeige|publicidad|banner-?ad|promo|promotion|commercial",
    ),
    ("breadcrumbs", r"breadcrumbs?|breadcrumb-(?:list|nav|trail|wrapper|container)|bread-?crumbs"),
    (
        "tags",
        r"tags|tag-?(?:list|cloud|links)|tagcloud|post-?tags|entry-?tags|article-?tags|topics-?list|schlagworte|categories|cat-?links",
    ),
    (
        "paging",
        r"pagination|pager|page-?nav\w*|post-?nav\w*|nav-?links|post-?navigation|prev-?next",
    ),
    (
        "tools",
        r"toolbar|print-?(?:header|footer|only|button|link)|d-print-(?:block|inline)|article-?tools|post-?tools|skip-?(?:link|to-?content)|"
        r"screen-?reader-?text|visually-?hidden|sr-only",
    ),
    (
        "a pop-up",
        r"modal|pop-?up|pop-?over|overlay|lightbox|tool-?tip|rollover|rollover-\w+|hover-?card",
    ),
    (
        "about the author",
        r"author-?(?:bio|box|info|description|about|card|profile)|about-?(?:the-?)?author|bio|bio-?box",
    ),
    ("rating", r"ratings?|rating-?\w+|votes?|wp-polls|kk-?star-?ratings|reactions?"),
)
_KINDS = [(why, re.compile(rf"(?:^|[ -])(?:{words})(?:$|[ -])")) for why, words in _NAMES]
_ANY = re.compile(rf"(?:^|[ -])(?:{'|'.join(words for _, words in _NAMES)})(?:$|[ -])")
_FRAMES = frozenset(
    "div section aside ul ol p span form header table figure a button dl details iframe h2 h3 h4".split()
)
_LAYOUT = re.compile(
    r"(?:^|[ -])(?:no|has|with|without|hide|show|is)-|(?:^|[ -])(?:layout|wrapper|page|body|main|content)(?:$|[ -])"
)


def named(root: HtmlElement) -> Iterator[Removal]:
    """Boxes whose class or id says that they are not the story."""
    for element in _NAMED(root):
        why = _kind(marks(element)) if element.tag in _FRAMES else ""
        if why and next(element.iterdescendants("article", "main", "h1"), None) is None:
            yield Removal(element, why, capped=not _about_cookies(element))


@lru_cache(maxsize=4096)
def _kind(name: str) -> str:
    """What kind of box has this name, or ""; sites repeat their names a lot."""
    if not _ANY.search(name) or _LAYOUT.search(name):
        return ""
    return next(why for why, pattern in _KINDS if pattern.search(name))


def _about_cookies(element: HtmlElement) -> bool:
    """Consent dialogs can be longer than the story."""
    return text_of(element).lower().count("cookie") >= 5


def keep_posts(root: HtmlElement) -> None:
    """Give embedded posts names under which the extractor keeps them."""
    for element in root.iter("blockquote", "div"):
        if element.get("class") and is_post(element):
            element.set(ROLE, "post")
            element.set("class", "content")
