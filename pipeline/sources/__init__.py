"""Bytes to text: files found, archives unpacked, each kind of file read."""
