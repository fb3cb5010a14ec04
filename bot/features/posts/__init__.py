"""Posts (宣传点): publishing them, signing up, leaving and waiting in line (VOL-01, VOL-02)."""
