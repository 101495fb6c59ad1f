// What a second verifier that nobody here wrote says of an exported folder: node judge.mjs DIR. Prints {file name: {result, registered, reason}}.
//
// By @digitalcredentials/verifier-core, which the Digital Credentials Consortium's own pages use. It fetches: DID documents, status lists, registers
// and schemas. Here every request is answered from the folder, and what is not in it is not there.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {readFolder} from './offline.mjs';

const folder = process.argv[2];
const addressOf = did => {
  const [host, ...path] = did.slice('did:web:'.length).split(':').map(decodeURIComponent);
  return `https://${host}/${path.length ? path.join('/') : '.well-known'}/did.json`;
};
const known = new Map();
for(const [, text] of readFolder(join(folder, 'dids'))) {
  const did = JSON.parse(text);
  known.set(addressOf(did.id), text);
}
for(const [, text] of readFolder(join(folder, 'status'))) {
  known.set(JSON.parse(text).id, text);
}
const REGISTRY = 'https://registry.example/registry.json';
known.set(REGISTRY, readFileSync(join(folder, 'registry.json'), 'utf8'));
const asked = new Set();
console.log = console.error; // the answer alone is printed
globalThis.fetch = async resource => {
  const url = String(resource?.url ?? resource);
  asked.add(url);
  const text = known.get(url);
  return text === undefined ?
    new Response('not in this folder', {status: 404}) :
    new Response(text, {status: 200, headers: {'content-type': 'application/json'}});
};

const {verifyCredential} = await import('@digitalcredentials/verifier-core');
const knownDIDRegistries = [{name: 'This alliance', type: 'dcc-legacy', url: REGISTRY}];
const results = {};
for(const [name, text] of readFolder(join(folder, 'credentials'))) {
  let credential;
  try {
    credential = JSON.parse(text);
  } catch(error) {
    results[name] = {result: 'refused', reason: error.message};
    continue;
  }
  const found = await verifyCredential({credential, knownDIDRegistries});
  const step = id => found.log?.find(each => each.id === id);
  const errors = found.errors ?? [];
  const valid = id => step(id)?.valid === true;
  const revocation = step('revocation_status');
  const result = errors.length || !valid('valid_signature') ? 'refused' :
    !valid('expiration') ? 'expired' :
      credential.credentialStatus && !revocation?.valid ? (revocation?.error ? 'refused' : 'revoked') : 'valid';
  results[name] = {
    result, registered: valid('registered_issuer'),
    reason: [...errors, revocation?.error, step('valid_signature')?.error].filter(Boolean).map(each => each.message ?? String(each)).join('; ')
  };
}
process.stdout.write(JSON.stringify({results, fetched: [...asked].sort()}));
