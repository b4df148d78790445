"""A document's first draft from an article: pure, by tables of wordings; what is not plain is left to its author."""
