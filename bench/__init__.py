"""Benchmarks: each runs ours and a peer alternately in one run and prints ratios."""
