"""The terminal's mind: session, services, documents and the client of the platform, free of Qt."""
