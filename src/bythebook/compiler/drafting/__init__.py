"""Rules that turn what a document asks to be said into sentences: words, person, questions, and the table."""
