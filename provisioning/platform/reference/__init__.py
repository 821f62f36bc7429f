"""The platform's side of the reference: gives out the bundles that the publisher laid into its folder."""
