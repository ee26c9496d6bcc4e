"""What looks wrong in the rows of a document."""
