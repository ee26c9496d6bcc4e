"""What looks at the tables again: check, diff, explain, correct, review, export, schema."""
