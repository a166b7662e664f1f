"""The register of complaints, for those who see to it."""
