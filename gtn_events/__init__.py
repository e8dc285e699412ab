"""gtn-events: the event and competition system of the APEC SMEs Green Technology Network."""

__version__ = "0.1.0"
