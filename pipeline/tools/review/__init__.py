"""The review site: pages that show where every value stood, written to a folder or served on this machine."""
