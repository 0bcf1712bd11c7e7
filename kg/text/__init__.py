"""Markup, links, dates: what stands in a digest -> plain values."""
