// What other people's software says of an exported folder: node verify.mjs DIR [--json]
//
// DIR holds credentials/*.json, dids/*.json, status/*.json and expect.json ({file name: valid | revoked | expired | refused}).
// Exit 0 only if every credential reads as expect.json says and every file is named there; 1 otherwise; 2 for wrong usage.
// --json prints {file name: {result, reason}}. Verification is by @digitalbazaar/vc; nobody here wrote it, and nothing is fetched.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {loaderOf, readFolder} from './offline.mjs';

const words = process.argv.slice(2);
const folder = words.find(word => !word.startsWith('--'));
if(!folder) {
  console.error('usage: node verify.mjs DIR [--json]');
  process.exit(2);
}

const dids = readFolder(join(folder, 'dids')).map(([, text]) => JSON.parse(text));
const lists = readFolder(join(folder, 'status')).map(([, text]) => JSON.parse(text));
const documentLoader = loaderOf({dids, lists});
const suite = () => new DataIntegrityProof({cryptosuite});
const refusals = new Map();

// Each list is verified once, not once for every credential that points to it.
for(const list of lists) {
  const {verified, error} = await vc.verifyCredential({credential: list, suite: suite(), documentLoader});
  if(!verified) {
    refusals.set(list.id, sentence(error));
  }
}

const results = {};
for(const [name, text] of readFolder(join(folder, 'credentials'))) {
  results[name] = await look(text);
}

const expected = JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8'));
const names = [...new Set([...Object.keys(expected), ...Object.keys(results)])].sort();
const wrong = names.filter(name => results[name]?.result !== expected[name]);
if(words.includes('--json')) {
  console.log(JSON.stringify(results, null, 1));
} else {
  for(const name of wrong) {
    const {result, reason} = results[name] ?? {result: 'missing', reason: 'there is no such file'};
    console.log(`${name}: expected ${expected[name] ?? 'nothing'}, found ${result} (${reason})`);
  }
  console.log(`${names.length - wrong.length} of ${names.length} credentials read as expected.`);
}
process.exitCode = wrong.length === 0 && names.length > 0 ? 0 : 1;

async function look(text) {
  let credential;
  try {
    credential = JSON.parse(text);
  } catch(error) {
    return {result: 'refused', reason: error.message};
  }
  const entry = credential.credentialStatus;
  const refused = refusals.get(entry?.statusListCredential);
  if(refused) {
    return {result: 'refused', reason: `its status list: ${refused}`};
  }
  const found = await vc.verifyCredential({
    credential, suite: suite(), documentLoader,
    checkStatus: options => checkStatus({...options, verifyBitstringStatusListCredential: false})
  });
  if(!found.verified) {
    const reason = sentence(found.error ?? found.statusResult?.error);
    return {result: /is after "validUntil"/.test(reason) ? 'expired' : 'refused', reason};
  }
  // "verified" is true for a revoked credential too: the bit stands in the status result.
  if(entry && !found.statusResult?.results?.length) {
    return {result: 'refused', reason: 'its status was not looked at'};
  }
  const set = (found.statusResult?.results ?? []).some(({status}) => status);
  return set ? {result: 'revoked', reason: 'its bit is set'} : {result: 'valid', reason: ''};
}

function sentence(error) {
  const inner = [error?.errors, error].flat().filter(Boolean).map(each => each.message).filter(Boolean);
  return inner.join('; ') || 'not verified';
}
