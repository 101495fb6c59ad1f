// What other people's software hashes: reads one JSON-LD document a line, answers the sha256 of its canonical form, or "refused: why".

import {createHash} from 'node:crypto';
import {createInterface} from 'node:readline';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {loaderOf} from './offline.mjs';

const documentLoader = loaderOf({});

for await (const line of createInterface({input: process.stdin})) {
  try {
    const text = await cryptosuite.canonize(JSON.parse(line), {documentLoader, base: null, safe: true});
    console.log(createHash('sha256').update(text).digest('hex'));
  } catch(error) {
    console.log(`refused: ${error.message.replaceAll('\n', ' ')}`);
  }
}
