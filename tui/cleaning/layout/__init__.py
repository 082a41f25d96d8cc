"""A tree of HTML to domain blocks: `lay_out`.

inline    text, links, emphasis, language -> spans
blocks    the walk: which element is which block
lists     lists and notes
tables    data tables; tables for layout are taken apart
media     figures with caption and credit, embeds
"""

from tui.cleaning.layout.blocks import lay_out

__all__ = ["lay_out"]
