"""What `validate` adds to the cells of a document: evidence, accounting, keys, and whatever looks wrong."""
