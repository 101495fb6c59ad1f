// Loads the script of the page /verify in a browser that keeps nothing for pages: node keeps_nothing.mjs SCRIPT. Says "shown" where it went through.
// Of the page itself nothing is looked at: whatever is asked of it is there and answers.

const anything = new Proxy(function() {}, {
  get: (_, name) => {
    if(name === Symbol.toPrimitive) return () => '';
    if(name === Symbol.iterator) return function* () {};
    return name === 'then' ? undefined : anything;
  },
  set: () => true,
  apply: () => anything,
  construct: () => anything
});
const words = {textContent: JSON.stringify({alliance: '{}', language: 'en', sentences: {}, days: {}})};
const refuse = () => { throw new Error('nothing is kept here'); };
const given = {
  document: {value: new Proxy({}, {get: (_, name) => name === 'getElementById' ? () => words : anything})},
  localStorage: {get: refuse},
  caches: {value: {open: async () => refuse()}},
  ...Object.fromEntries(['window', 'navigator', 'location', 'addEventListener', 'fetch'].map(name => [name, {value: anything}]))
};
for(const [name, how] of Object.entries(given)) {
  Object.defineProperty(globalThis, name, {configurable: true, ...how});
}
// The verifier itself is not there: only what the page does while it loads counts.
process.on('unhandledRejection', error => {
  if(/nothing is kept/.test(error.message)) process.exitCode = 1;
});
await import(process.argv[2]);
await new Promise(done => setTimeout(done, 50));
console.log(process.exitCode ? 'failed' : 'shown');
