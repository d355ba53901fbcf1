"""Files of counts: the lines of a form as rows of a table, which is made of the form. They are read as files of referrals are, and
stored as reports of the API are: all that a file says, or nothing.
"""
