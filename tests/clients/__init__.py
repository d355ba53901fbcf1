"""What others read with: clients that generators make of openapi.json, spreadsheets, and what is typed in their programs."""
