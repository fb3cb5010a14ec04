"""Hours of volunteers: a person's own, those that wait for a decision, and the certificate."""
