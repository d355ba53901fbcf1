"""Counts that services report: outreach, clinics, shelters, the hotline, assistance, justice and, in a crisis, the situation.

They are counts and never persons. A form says what is counted by what (`forms`), a report is one partner's form of one period.
"""
