"""The intake: what terminals hand in later takes effect once, however often it is sent; see `offline_cache.sync.contract`."""
