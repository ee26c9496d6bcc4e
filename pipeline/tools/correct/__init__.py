"""What reviewers correct: the file of corrections, how it is written, and what it changes."""
