"""HTML to an Article: readability, blocks, metadata, honest status."""
