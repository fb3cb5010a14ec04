"""Having the files read that people send instead of pasting their words (REP-19)."""
