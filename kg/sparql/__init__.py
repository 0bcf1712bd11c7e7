"""SPARQL and the tables that answer it."""
