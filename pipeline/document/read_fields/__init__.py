"""How each reading that a form can declare finds its columns in a block's text, for `read_fields`."""
