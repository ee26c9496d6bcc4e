"""The commands beside `run` and `merge`, and what a person sees of them in the terminal."""
