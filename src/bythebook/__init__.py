"""By the Book: runs an approved support document with customers, and can prove it."""
