"""Annotated digests -> what extraction has learned from them; run by hand, never at build time."""
