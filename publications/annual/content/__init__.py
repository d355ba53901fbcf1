"""What a report says: made from published figures alone, without a person."""
