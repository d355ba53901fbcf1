"""From records to releases: snapshot → cube → cells, and the reading of cells. No reader ever touches a record."""
