"""The words of Broadsheet as frozen types, its ports, its errors and its events.

Standard library only, and no room above is imported here: every other package may import this one.

    text         `clean()`, the border that every remote string crosses
    urls         which links may be opened, and what two links that mean the same have in common
    encodings    what a byte order mark and an HTTP header say of a body
    names        `safe_name()`, names of files made from remote text
    blocks       Span, Block, Article, Status: what cleaning makes and the screen draws
    pages        articles that are spread over several pages
    naming       Mention, Entity, Said, Recognition: who and what a story is about
    corrections  what the reader knows better than the model, applied
    feeds        Feed, Entry, ParsedFeed, ParsedEntry, Validators, Page
    editions     Order, Edition, Headline, Window, Reading, EntityPage: what is on the screen
    query        the search language
    rules        what is done with entries that a query finds, when they arrive
    ports        Protocols between the rooms
    programs     commands of the user's, with an entry's values in them
    servers      what a server that shares state must do, and what we keep of it
    events       what a sync tells
    errors       one tree
    codec        Article and Recognition as JSON, for the cache, the workers and the command line
    markdown     Article as Markdown
    records      the standard library's dataclass, made quicker to start
"""
