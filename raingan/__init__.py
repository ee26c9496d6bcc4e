"""Turns OCR'd Thai government reports into tables: the public interface, for Python, pytest and the terminal."""
