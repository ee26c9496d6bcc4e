"""The two ways in which work ends early; everything else that looks odd is a finding."""


class DocumentError(Exception):
    """This document cannot be read; it is quarantined with the message, and the run goes on."""


class DeclarationError(Exception):
    """A form is declared wrongly: our own mistake, so the run stops."""
