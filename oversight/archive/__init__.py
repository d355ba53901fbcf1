"""What the National Archives take over: records of some years, as order no. 128 of 2020 on packages for them wants it."""
