"""What of a document rests on the sentences of an article that have changed: pure, by words alone."""
