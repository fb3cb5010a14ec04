"""Entry points that run the real bot with one guard taken out: the trials must catch each."""
