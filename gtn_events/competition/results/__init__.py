"""From scorecards to a ranking with its uncertainty: arrays and small records in, results out.

Nothing here knows the web or the database, so a result can be recomputed from a file. What a page or a verifier
needs without computing (``rubric``, ``totals``, ``ladder``, ``lot``, ``cut``, ``notices``, ``rounding``,
``integrity.findings``) does without numpy; the other modules belong into a worker's job.
"""
