import { readFileSync } from 'node:fs';

type Keys = 'pkcs8' | 'pkcs1' | 'encryptedPkcs8' | 'encryptedPkcs1' | 'other' | 'small' | 'notRsa';

interface Body {
	encrypted_flow_data: string;
	encrypted_aes_key: string;
	initial_vector: string;
}

interface Vectors {
	passphrase: string;
	keys: Record<Keys, string>;
	publicKey: string;
	otherPublicKey: string;
	fingerprint: string;
	request: { body: Body; plaintext: object };
	requestWithSha1Mask: Body;
	requestWith256BitKey: Body;
	response: { plaintext: object; aesKey: string; initialVector: string; ciphertext: string };
	signature: { appSecret: string; rawBody: string; header: string };
	flowToken: { expires: number; payload: object; token: string };
}

/** Made by make-vectors.py with another implementation of the cryptography. */
export const vectors = JSON.parse(
	readFileSync(new URL('vectors.json', import.meta.url), 'utf8'),
) as Vectors;
