"""Benchmarks: `python -m tests.bench.NAME`, or `make bench-NAME`, or `make bench` for all.

Each prints a table (measure, figure, must, aim) and exits 1 where a must falls short. Speed is
given as a ratio against a peer in the same run where there is one.
"""
