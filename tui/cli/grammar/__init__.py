"""The command line's grammar, by theme; `tui.cli.parser` puts it together.

base       argparse, as we want it
feeds      subscriptions, in and out, and what brings news
entries    what lists, marks and judges entries
sources    what works without the library: pages, texts, feeds, the surroundings
"""
