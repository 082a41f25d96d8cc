"""The words of Broadsheet as frozen types, its ports, its errors and its events.

Standard library only, and no room above is imported here: every other package may import this one.

    text       `clean()`, the border that every remote string crosses
    urls       which links may be opened, and what two links that mean the same have in common
    blocks     Span, Block, Article, Status: what cleaning makes and the screen draws
    naming     Mention, Entity, Quote, Recognition: who and what a story is about
    names      file names from text: the choke point for everything that is written by name
    feeds      Feed, Entry, ParsedFeed, ParsedEntry, Validators, Page
    editions   Query, Order, Edition, Headline, Window: what is on the list
    ports      Protocols between the rooms
    events     what a sync tells
    errors     one tree
    codec      Article and Recognition as JSON, for the cache, the workers and the command line
"""
