"""Real official statistics through the whole platform: their records in, their published tables out."""
