"""Which files a run reads, and what stands in them: folders, globs, URLs, lists; archives and their members."""
