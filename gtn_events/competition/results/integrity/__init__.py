"""Patterns in scorecards that somebody should look at. None of them is an accusation.

Every judge is compared with the other judges of the round, never with an ideal; every pattern is tested for many
judges at once, so its p-values are adjusted (Benjamini-Hochberg) before one becomes a finding.
"""
