"""Rules of eligibility that a machine checks, for everything that firms apply for."""
