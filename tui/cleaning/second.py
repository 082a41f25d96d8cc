"""Another extractor's opinion (trafilatura), loaded only when it is asked."""

import copy
import logging

from lxml.html import HtmlElement


def opinion(root: HtmlElement) -> HtmlElement | None:
    """What trafilatura takes for the article, as HTML of its own; None where it finds nothing."""
    from lxml import etree, html
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = extract(
            copy.deepcopy(root),
            output_format="html",
            include_comments=False,
            include_tables=True,
            include_links=True,
            include_formatting=True,
            fast=True,
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return None
    if not found:
        return None
    tree = html.document_fromstring(found)
    body = tree.find("body")
    return body if body is not None else tree
