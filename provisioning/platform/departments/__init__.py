"""Departments that answer plain queries: one data file per item, and no Python of its own for any of them.

``<item key>.yaml`` beside this module says what an item's department holds of the demo's citizens; see `data_files`.
"""
