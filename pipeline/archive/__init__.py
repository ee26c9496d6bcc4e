"""Many documents: what is to be done, who does it, and one complete state after the other."""
