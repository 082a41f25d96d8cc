"""What newsboat (and newsbeuter before it) keeps: the `urls` file and `cache.db`."""
