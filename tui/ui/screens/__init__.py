"""Screens: reading (the three panes) and the lists that are laid over it."""
