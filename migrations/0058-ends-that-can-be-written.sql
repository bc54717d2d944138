-- Programs write 31/12/9999 for never, which by the clocks of America ends in a year that no answer can write.
update block set expires_at = '9999-12-31T23:59:59Z' where expires_at > '9999-12-31T23:59:59Z';
update block_import_row set expires_at = '9999-12-31T23:59:59Z' where expires_at > '9999-12-31T23:59:59Z';
