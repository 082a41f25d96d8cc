"""What newsboat takes for the address of a feed, and what we take for the same."""

import shlex

from tui.domain.urls import safe_url


def feed_address(address: str) -> str:
    """The address that our library keeps a feed of newsboat's under; "" for what is no feed.

    Commands stay (the files are the user's own); a filter becomes a command that fetches first.
    """
    if address.startswith("exec:"):
        return address
    if address.startswith("filter:"):
        command, _, source = address.removeprefix("filter:").partition(":")
        source = safe_url(source)
        # Our commands run in a shell; the filter reads the feed from its standard input.
        return f"exec:curl -fsSL -- {shlex.quote(source)} | {command}" if source else ""
    if address.startswith("feed:"):
        address = "http:" + address.removeprefix("feed:")
    return address if address.startswith("file:///") else safe_url(address)
