"""The one file in which the queue, the journal and the keys lie; see `offline_cache.store.database`."""
