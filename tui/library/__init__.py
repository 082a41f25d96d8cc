"""The two stores: the library (SQLite, never evicted) and the cache (diskcache, can be fetched again)."""
