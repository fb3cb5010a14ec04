"""The month's information as a document: written from activities, versioned, kept as data."""
