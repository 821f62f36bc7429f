"""The session machine: pure `step(session, event) -> (session, effects)`, free of clocks, threads, files and Qt."""
