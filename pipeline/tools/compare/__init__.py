"""Rows against rows: samples against their golden files, a run against another; one comparison for all of them."""
