"""From the tables back to the pages: the tables read again, their sources, and what led to each value."""
