// What other people's software says of signed tokens: node tokens.mjs FILE
//
// FILE holds {"dids": [...], "jwt": {name: token}, "sdjwt": {name: token}, "make": {name: {alg, claims, header}}}.
// Prints {name: "valid" | "refused: ..." | claims}, and of what it made with a new key {token, jwk}; "JWK" in a header stands for that key.
// VC-JWT are verified by jose, SD-JWT VC by @sd-jwt/sd-jwt-vc; nobody here wrote them, and nothing is fetched.

import {readFileSync} from 'node:fs';
import {digest, generateSalt} from '@sd-jwt/crypto-nodejs';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import {CompactSign, compactVerify, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, jwtVerify} from 'jose';

const {dids, jwt = {}, sdjwt = {}, make = {}, at} = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const methods = new Map(dids.flatMap(did => did.verificationMethod).map(method => [method.id, method]));
const keyOf = async header => {
  const method = methods.get(header.kid);
  if(method?.type !== 'JsonWebKey') {
    throw new Error(`no JsonWebKey ${header.kid}`);
  }
  return importJWK(method.publicKeyJwk, header.alg);
};

const results = {};
for(const [name, token] of Object.entries(jwt)) {
  try {
    const {payload} = await jwtVerify(token, keyOf, {currentDate: new Date(at), requiredClaims: ['iss', 'jti', 'nbf', 'sub']});
    results[name] = payload.iss === payload.issuer.id && payload.jti === payload.id ? 'valid' : 'refused: differs';
  } catch(error) {
    results[name] = `refused: ${error.code}`;
  }
}
for(const [name, {alg, claims, header}] of Object.entries(make)) {
  const {privateKey, publicKey} = await generateKeyPair(alg, {extractable: true});
  const jwk = await exportJWK(publicKey);
  const named = {alg, ...header, ...(header.jwk ? {jwk} : {})};
  const token = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims))).setProtectedHeader(named).sign(privateKey);
  results[name] = {token, jwk};
}
for(const [name, token] of Object.entries(sdjwt)) {
  const verifier = async (data, signature) => {
    const header = decodeProtectedHeader(`${data}.${signature}`);
    try {
      await compactVerify(`${data}.${signature}`, await keyOf(header));
      return true;
    } catch {
      return false;
    }
  };
  const kbVerifier = async (data, signature, payload) => {
    try {
      await compactVerify(`${data}.${signature}`, await importJWK(payload.cnf.jwk, 'EdDSA'));
      return true;
    } catch {
      return false;
    }
  };
  const reader = new SDJwtVcInstance({hasher: digest, hashAlg: 'sha-256', saltGenerator: generateSalt, verifier, kbVerifier});
  try {
    const hasBinding = !token.endsWith('~');
    const {payload} = await reader.verify(token, {
      currentDate: Math.floor(new Date(at).getTime() / 1000), ...(hasBinding ? {keyBindingNonce: 'n'} : {})
    });
    results[name] = payload;
  } catch(error) {
    results[name] = `refused: ${error.message}`;
  }
}
console.log(JSON.stringify(results));
