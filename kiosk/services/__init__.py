"""The service items (事项) as data: their model, their files, the catalogue, their flow, and whether they can be done now."""
