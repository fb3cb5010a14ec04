"""What every other part rests on; the standard library only."""
