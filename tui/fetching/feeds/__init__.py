"""Feed documents: bytes to entries.

decode     which encoding the bytes really are in
repair     XML that is nearly XML, and documents that want to be a bomb
bounds     how much of a long document is read
xmlfeed    RSS, RDF and Atom, read by feedparser and put right where it is wrong
jsonfeed   JSON Feed 1.x and RSS in JSON
parse      the chain over all of these, and discovery for what is HTML
dates      dates as the web writes them
markup     titles and summaries from HTML
worker     the same chain in a process of its own
"""
