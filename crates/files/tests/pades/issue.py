"""An authority of certificates for tests: issues one key, as a PKCS#12 file."""
import datetime
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

kind = sys.argv[1]
make = {
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
    "rsa1024": lambda: rsa.generate_private_key(65537, 1024),
    "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
}[kind]
begin = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
end = datetime.datetime(2028, 1, 1, tzinfo=datetime.timezone.utc)


def name(text):
    return x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.COMMON_NAME, text),
    ])


def certificate(subject, key, issuer, issuer_key, authority):
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority,
        key_encipherment=False, data_encipherment=False, key_agreement=False,
        key_cert_sign=authority, crl_sign=authority, encipher_only=False, decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject)).issuer_name(name(issuer))
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(begin).not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


root_key, key = ec.generate_private_key(ec.SECP256R1()), make()
root = certificate("Tổ chức chứng thực thử", root_key, "Tổ chức chứng thực thử", root_key, True)
own = certificate("UBND phường Phan Đình Phùng", key, "Tổ chức chứng thực thử", root_key, False)
with open("authority.pem", "wb") as file:
    file.write(root.public_bytes(serialization.Encoding.PEM))
with open("issued.p12", "wb") as file:
    password = serialization.BestAvailableEncryption("mật khẩu".encode())
    file.write(pkcs12.serialize_key_and_certificates(b"tinhso", key, own, [root], password))
