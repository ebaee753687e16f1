"""Keys, sealed records, certificates, PDF signatures, packet sealing, signed cards. Bytes and keys in, bytes out.

The only importer of cryptography, pyHanko, pyrage and asn1crypto; knows no feature.
"""
