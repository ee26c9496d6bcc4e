"""What a run costs, measured against other things in the same minutes on the same machine: `make bench`."""
