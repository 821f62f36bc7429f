"""The travel-permit rewriter: takes a permit in, rewrites its chip and the rewritable print of its back, gives it out."""
