"""Creates vectors.json with Python's cryptography package, so that the node's cryptography is tested against
another implementation: python3 test/unit/dataExchange/make-vectors.py

The keys are for tests only. Everything but the keys and RSA-OAEP's padding is deterministic.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import subprocess

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

AES_KEY = bytes(range(16))
IV = bytes(range(100, 116))
PASSPHRASE = "correct horse"
APP_SECRET = "0123456789abcdef0123456789abcdef"
REQUEST = {
    "version": "3.0",
    "action": "data_exchange",
    "screen": "DETAILS",
    "data": {"name": "Zoë 📅", "date": "2026-12-01"},
    "flow_token": "token",
}
RESPONSE = {"screen": "CONFIRM", "data": {"text": "Grüße, Zoë 📅"}}


def encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def pem(key, form, encryption=serialization.NoEncryption()) -> str:
    return key.private_bytes(serialization.Encoding.PEM, form, encryption).decode()


def openssl(*arguments: str, text: str) -> str:
    return subprocess.run(
        ["openssl", *arguments], input=text, capture_output=True, text=True, check=True
    ).stdout


PKCS8 = serialization.PrivateFormat.PKCS8
PKCS1 = serialization.PrivateFormat.TraditionalOpenSSL
key = rsa.generate_private_key(65537, 2048)
other = rsa.generate_private_key(65537, 2048)
small = rsa.generate_private_key(65537, 1024)
pkcs8 = pem(key, PKCS8)
spki = key.public_key().public_bytes(
    serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
)
password = ["-passout", f"pass:{PASSPHRASE}"]
keys = {
    "pkcs8": pkcs8,
    "pkcs1": pem(key, PKCS1),
    "encryptedPkcs8": pem(
        key, PKCS8, serialization.BestAvailableEncryption(PASSPHRASE.encode())
    ),
    # The format of Meta's key generator.
    "encryptedPkcs1": openssl("rsa", "-traditional", "-des3", *password, text=pkcs8),
    "other": pem(other, PKCS8),
    "small": pem(small, PKCS8),
    "notRsa": pem(ec.generate_private_key(ec.SECP256R1()), PKCS8),
}


def public_pem(private) -> str:
    return (
        private.public_key()
        .public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        .decode()
    )


oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
sha1 = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA256(), None)
body = {
    "encrypted_flow_data": encode(AESGCM(AES_KEY).encrypt(IV, compact(REQUEST), None)),
    "encrypted_aes_key": encode(key.public_key().encrypt(AES_KEY, oaep)),
    "initial_vector": encode(IV),
}
inverted_iv = bytes(byte ^ 0xFF for byte in IV)
raw_body = compact(body).decode()

pkcs8_der = key.private_bytes(
    serialization.Encoding.DER, PKCS8, serialization.NoEncryption()
)
token_key = HKDF(
    hashes.SHA256(), 32, b"", b"WhatsApp Flows: signed flow token 1"
).derive(pkcs8_der)


def sign_token(content: object) -> str:
    text = "sft1." + base64.urlsafe_b64encode(compact(content)).decode().rstrip("=")
    signature = hmac.digest(token_key, text.encode(), "sha256")
    return text + "." + base64.urlsafe_b64encode(signature).decode().rstrip("=")


vectors = {
    "passphrase": PASSPHRASE,
    "keys": keys,
    "publicKey": public_pem(key),
    "otherPublicKey": public_pem(other),
    "fingerprint": hashlib.sha256(spki).hexdigest(),
    "request": {"body": body, "plaintext": REQUEST},
    "requestWithSha1Mask": {
        **body,
        "encrypted_aes_key": encode(key.public_key().encrypt(AES_KEY, sha1)),
    },
    "requestWith256BitKey": {
        **body,
        "encrypted_aes_key": encode(key.public_key().encrypt(AES_KEY * 2, oaep)),
    },
    "response": {
        "plaintext": RESPONSE,
        "aesKey": encode(AES_KEY),
        "initialVector": encode(IV),
        "ciphertext": encode(AESGCM(AES_KEY).encrypt(inverted_iv, compact(RESPONSE), None)),
    },
    "signature": {
        "appSecret": APP_SECRET,
        "rawBody": raw_body,
        "header": "sha256=" + hmac.digest(APP_SECRET.encode(), raw_body.encode(), "sha256").hex(),
    },
    "flowToken": {
        "expires": 2_000_000_000,
        "payload": {"customer": "Zoë"},
        "token": sign_token({"p": {"customer": "Zoë"}, "e": 2_000_000_000, "n": "nonce"}),
    },
}
path = pathlib.Path(__file__).with_name("vectors.json")
path.write_text(json.dumps(vectors, ensure_ascii=False, indent="\t") + "\n")
