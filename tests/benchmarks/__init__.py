"""What a run costs and how long a user waits for it, beside docling, in one sitting on one machine: `make bench`."""
