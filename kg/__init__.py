"""Digests of AI papers -> a knowledge graph."""
