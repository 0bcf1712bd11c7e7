"""A store -> answers over HTTP: a SPARQL endpoint, linked data and the pages of the site."""
