"""Pure drawing: domain types, a width and a theme in; lines of exactly that width out.

    cells      how wide text is, and where it may be cut
    wrap       text to lines, by words, with hyphenation and justification
    lines      Run and Line: what a line is made of, with its offsets in the article
    blocks     each kind of block to lines
    tables     real tables, as wide as they need
    head       the top of an article: headline, byline, dates, status
    document   an article laid out lazily; places, offsets, progress
    paint      Line + theme + marks -> segments of exactly one width
    headlines  a row of the headline list
    names      the entity pane
    plain      an article for the ear, for the linear mode

Nothing here touches a terminal, a clock or a library.
"""
