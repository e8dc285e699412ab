"""Why a document cannot be made by merge printing, in words for the log and for the job's page."""


class CannotMerge(Exception):
    """This document has to be laid out as a whole; ``reason`` says what in it merge printing cannot do."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
