"""Where blocks begin, for `split`: headings whole or damaged, what they belong to, and a document of no form."""
