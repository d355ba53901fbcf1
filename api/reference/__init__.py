"""What everybody reads beside figures and notices: code lists, templates, action plans, and receipts that can be verified."""
