"""Tools that read the tables again: check, diff, explain, correct, review, export, schema."""
