"""An edition as an EPUB 3 book: contents by feed, a chapter an article, pictures, notes.

book    the container: what belongs into which file, and in which order
text    an article's blocks as XHTML
"""

from tui.library.exchange.epub.book import write

__all__ = ["write"]
