"""Barcode and QR readers: the public class, the codecs of pure bytes and keys, the drivers."""
