"""Many documents, for `run`: what is to be done, who does it, and how it comes to count all at once."""
