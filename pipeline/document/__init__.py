"""One document through every stage: text in, rows out."""
