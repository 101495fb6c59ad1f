// What the verifier of the browser says: its argument is a file {alliance, bundle}; reads a case a line, {raw, at}, where raw is text or {base64};
// answers a verdict a line.

import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {openBundle, verify} from '../../corridor/web/static/built/verifying.js';

const given = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const bundle = await openBundle(given.bundle, given.alliance);

for await (const line of createInterface({input: process.stdin})) {
  const {raw, at, library} = JSON.parse(line);
  const bytes = typeof raw === 'string' ? raw : new Uint8Array(Buffer.from(raw.base64, 'base64'));
  const verdict = await verify(bytes, bundle, Date.parse(at), {library});
  console.log(JSON.stringify(verdict).replace(/[^\x20-\x7e]/g, each => `\\u${each.charCodeAt().toString(16).padStart(4, '0')}`));
}
