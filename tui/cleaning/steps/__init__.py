"""Small named removals around the extractor.

Each step is a function that yields `Removal`s; `run` carries them out under a cap, and keeps an
account that `broadsheet read --explain` prints.
"""
