"""One template for each form: its blocks as models, its labels on their fields."""
