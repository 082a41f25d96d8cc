"""Ways in and out of the library: other readers' files, and files of our own.

read        any file that can be imported -> Transfer
transfer    Transfer: subscriptions, queries, entries with their state, pictures
take_in     Transfer -> library, in one transaction
take_out    an edition of the library, entry by entry
records     one entry as one line of JSON: the form of our archive and of `export`
opml newsboat later archive                    formats to read
opml jsonl markdown epub archive               formats to write
"""
