"""Addresses that are worth a try: what a person types, and where software puts its feeds."""

from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tui.domain.urls import safe_url

# The most common first: WordPress and Ghost, static site makers, Blogger, Discourse.
_NAMES = (
    "feed",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "rss",
    "feed.json",
    "feeds/posts/default",
    "latest.rss",
)
_BELOW = 5  # of these are tried beside the page itself


def address(typed: str) -> str:
    """What a person means by `typed`: a URL, `file:` URL or `exec:` command; "" if nothing.

    `feed:` is taken off, a host gets "https://", "@user@host" is an account of the Fediverse, and a
    file that exists becomes its `file:` URL.
    """
    typed = typed.strip()
    if typed.startswith("exec:"):
        return typed if typed.removeprefix("exec:").strip() else ""
    if typed.startswith("file:"):
        return typed
    for scheme in ("feed://", "rss://", "itpc://", "pcast://"):
        if typed.startswith(scheme):
            return safe_url("https://" + typed.removeprefix(scheme))
    typed = typed.removeprefix("feed:")
    if "://" in typed:
        return safe_url(typed)
    path = Path(typed).expanduser()
    if typed.startswith(("/", "./", "../", "~")) or path.is_file():
        return path.resolve().as_uri()
    user, _, host = typed.removeprefix("@").partition("@")
    if typed.startswith("@") and user and host:
        return safe_url(f"https://{host}/@{user}")
    host = typed.partition("/")[0]
    return safe_url(f"https://{typed}") if "." in host or host.startswith("localhost") else ""


def guesses(url: str) -> list[str]:
    """Addresses where the site of the page `url` may have its feed, the most likely first."""
    parts = urlsplit(url)
    folder = parts.path if parts.path.endswith("/") else parts.path.rpartition("/")[0] + "/"
    last = parts.path.rsplit("/", 1)[-1]
    if last and "." not in last:
        folder = parts.path + "/"
    paths = [folder + name for name in _NAMES[:_BELOW]] if folder != "/" else []
    paths += ["/" + name for name in _NAMES]
    return [urlunsplit((parts.scheme, parts.netloc, path, "", "")) for path in paths]


def news_sitemaps(robots: str, url: str) -> list[str]:
    """The sitemaps in the text of a robots.txt that are called after news."""
    lines = (line.strip().partition(":") for line in robots.splitlines())
    links = (safe_url(value, url) for name, _, value in lines if name.lower() == "sitemap")
    return [link for link in links if "news" in link.lower()]
