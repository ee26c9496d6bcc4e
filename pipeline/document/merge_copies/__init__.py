"""Copies of a report: which pages are one copy, which of its rows are the same, which reading consists of words."""
