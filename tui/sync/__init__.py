"""Many feeds, in time.

schedule   when a feed is tried next (pure)         reach     is it them, or are we offline?
round      one round over all that is due           rows      16 hosts at once, one connection each
runner     rounds behind a lock                     reading   one entry made readable
choosing   what goes into a pack (pure)             pack      ready before the train
pictures   fetched and shrunk                       lock      one sync at a time
ledger     how feeds do, written down
engine     the process that does all this for the reader; client is the reader's end of it
servers    read and starred state shared with a Google Reader server; subscriptions the feeds
"""
