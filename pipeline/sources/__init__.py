"""Read sources: find files, unpack archives, extract the text of each kind of file."""
