"""The one error of an official paper, always with a sentence the writer can act on."""


class PaperError(ValueError):
    """A value that an official paper must not carry; the message is Chinese: what is wrong, why, what to do."""
