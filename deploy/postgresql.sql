-- What the database of Henvis needs from a superuser of PostgreSQL, once it is made and after each restore from a dump:
--
--     psql henvis --file deploy/postgresql.sql
--
-- The web server refuses to start before this has run. It takes hold with the next connection; nothing is restarted.

\set ON_ERROR_STOP on

-- Lets a build see since when the web server's transactions are open.
GRANT henvis_web TO henvis;

-- Temporary tables stay the owner's: whoever takes over the web server puts none before a table of ours. A dump leaves this out.
REVOKE TEMPORARY ON DATABASE :"DBNAME" FROM PUBLIC;

-- A stock PostgreSQL writes a row that it refuses into its log, whole, and the statement with it. No log may hold a record of a person.
ALTER DATABASE :"DBNAME" SET log_min_messages = 'log';
ALTER DATABASE :"DBNAME" SET log_error_verbosity = 'terse';
ALTER DATABASE :"DBNAME" SET log_min_error_statement = 'panic';
ALTER DATABASE :"DBNAME" SET log_statement = 'none';
ALTER DATABASE :"DBNAME" SET log_parameter_max_length = 0;
ALTER DATABASE :"DBNAME" SET log_parameter_max_length_on_error = 0;
