"""Tables that tell of several documents at once, made of those of the single documents."""
