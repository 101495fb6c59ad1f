// What other people's software hashes: reads one JSON-LD document a line, answers a JSON text a line: the sha256 of its
// canonical form, or "refused: why".

import {createHash} from 'node:crypto';
import {createInterface} from 'node:readline';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {loaderOf} from './offline.mjs';

const documentLoader = loaderOf({});

for await (const line of createInterface({input: process.stdin})) {
  try {
    const text = await cryptosuite.canonize(JSON.parse(line), {documentLoader, base: null, safe: true});
    answer(createHash('sha256').update(text).digest('hex'));
  } catch(error) {
    answer(`refused: ${error.message}`);
  }
}

// as JSON in ASCII: a reason may quote characters that some readers take for the end of a line
function answer(text) {
  console.log(JSON.stringify(text).replace(/[^\x20-\x7e]/g, each => `\\u${each.charCodeAt().toString(16).padStart(4, '0')}`));
}
