"""What the queue of everything that waits for its review looks like."""
