"""The only importer of sqlcipher3: connections, the record log with its chain, salts, index files. Knows no feature."""
