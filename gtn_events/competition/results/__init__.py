"""From scorecards to a ranking with its uncertainty: arrays and small records in, results out.

Nothing here knows the web or the database, so a result can be recomputed from a file. Import the
module you need: the ones that factorise matrices bring scipy into memory, the others do not.
"""
