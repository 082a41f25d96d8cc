"""Bytes of a page to an `Article`, honest about its doubts.

decode     bytes and headers -> text in one encoding -> one parsed tree
metadata/  title, bylines, times, site, language: from JSON-LD, meta, microdata, then the page
steps/     small named removals before and after the extractor, each with a cap
reader     readability-lxml on the parsed tree
second     another extractor's opinion, where cheap alarms ring
witness    what the page itself says of its story; choose weighs the readings by it
layout/    the tree that is left -> blocks of spans
status     full, teaser, paywall, consent, script, challenge, index, gone, complex
rules      a site's own rules, from the user's folder
extract    all of it in order; jobs and worker run that in a process with limits
"""
