"""Copies of the tables for other programs: CSV, Excel, DuckDB; for publication without persons."""
