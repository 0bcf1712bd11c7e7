"""Terms, IRIs and statements: the words in which the graph is written."""
