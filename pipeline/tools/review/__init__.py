"""The review site: pages that show where every value was read, written to a folder or served on this machine."""
