"""What the tables hold, in the words of other tools: a data package, Markdown, JSON Schema, SQL."""
