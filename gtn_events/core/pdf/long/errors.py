"""What a document may have that is not known page by page."""


class CannotFlow(Exception):
    """A document has to be laid out as a whole; not a mistake of anybody."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
