"""Smart cards behind PC/SC: travel permits and passports (eMRTD), social-security cards."""
