"""What the law wants written down of the processing: the record of article 30, and a draft of an impact assessment."""
