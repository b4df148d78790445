"""What a document can lead to: every path of it under every reading, result, silence and human move."""
