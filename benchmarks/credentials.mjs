// The peer of credentials.py: @digitalbazaar/vc issues and verifies the same credential, as often as it can in the seconds asked for.
//
// Reads one JSON object a line: first {document, seed, did, method, list, didDocument}, then {task, seconds}; answers {count, seconds} a line.

import {createInterface} from 'node:readline';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import {loaderOf} from '../tests/outside/offline.mjs';

let tasks;

for await (const line of createInterface({input: process.stdin})) {
  const message = JSON.parse(line);
  console.log(JSON.stringify(message.task ? await repeat(message) : await prepare(message)));
}

async function prepare({document, seed, did, method, list, didDocument}) {
  const documentLoader = loaderOf({dids: [didDocument], lists: [list]});
  const key = await Ed25519Multikey.generate({id: method, controller: did, seed: Buffer.from(seed, 'hex')});
  const {proof, ...unsigned} = document;
  const verify = async check => {
    const suite = new DataIntegrityProof({cryptosuite});
    const found = await vc.verifyCredential({
      credential: structuredClone(document), suite, documentLoader, checkStatus: check
    });
    if(!found.verified) {
      throw found.error;
    }
  };
  tasks = {
    issue: async () => {
      const suite = new DataIntegrityProof({cryptosuite, signer: key.signer()});
      await vc.issue({credential: structuredClone(unsigned), suite, documentLoader});
    },
    batch: () => tasks.issue(),
    signature: () => verify(async () => ({verified: true})),
    whole: () => verify(options => checkStatus({...options}))
  };
  return {ready: Boolean(proof)};
}

async function repeat({task, seconds}) {
  const begun = process.cpuUsage();
  const used = () => {
    const {user, system} = process.cpuUsage(begun);
    return (user + system) / 1e6;
  };
  let count = 0;
  while(used() < seconds) {
    await tasks[task]();
    count++;
  }
  return {count, seconds: used()};
}
