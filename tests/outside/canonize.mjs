// What other people's software hashes: reads one JSON-LD document a line, answers a JSON text a line: the sha256 of its
// canonical form, or "refused: why". Its argument, if any, is a file of further vocabularies: {address: document}.

import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {loaderOf} from './offline.mjs';

const further = process.argv[2] ? Object.entries(JSON.parse(readFileSync(process.argv[2], 'utf8'))) : [];
const documentLoader = loaderOf({further});

for await (const line of createInterface({input: process.stdin})) {
  try {
    const text = await cryptosuite.canonize(JSON.parse(line), {documentLoader, base: null, safe: true});
    answer(createHash('sha256').update(text).digest('hex'));
  } catch(error) {
    const event = error.details?.event;
    answer(`refused: ${error.message}${event ? ` ${event.code}` : ''}`);
  }
}

// as JSON in ASCII: a reason may quote characters that some readers take for the end of a line
function answer(text) {
  console.log(JSON.stringify(text).replace(/[^\x20-\x7e]/g, each => `\\u${each.charCodeAt().toString(16).padStart(4, '0')}`));
}
