"""The register of places where posts stand (VOL-10)."""
