// Keeps the pages that work without a network, with the style and the scripts that they need: the registers of a trainer, whom an assessor
// judges, the door of a conference, the label of a machine, the verifier of certificates. None of these pages names anybody; names are kept by the pages themselves, each its own way.

const CACHE = "corridor-1";
const SHELLS = ["/registers/phone/", "/judging/phone/"];
const BARE = "/fault/";
const KEPT = [/^\/(registers|judging)\/phone\/(manifest\.json)?$/, /^\/fault\/([^/]+\/)?$/, /^\/conferences\/[^/]+\/door\/$/, /^\/verify\/(manifest\.json)?$/];

const keep = async (cache, address) => {
  const page = await fetch(address, { redirect: "manual" });
  if (!page.ok) return;
  const text = await page.clone().text();
  await cache.put(address, page);
  const parts = [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((found) => found[1].replaceAll("&amp;", "&"));
  await Promise.allSettled([...new Set(parts)].map((part) => cache.match(part).then((known) => known || cache.add(part))));
};

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      // The page that asked for the worker was loaded before it was there.
      const clients = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
      const pages = clients.map((client) => new URL(client.url).pathname).filter((path) => KEPT.some((kept) => kept.test(path)));
      await Promise.allSettled([...new Set([BARE, ...pages])].map((page) => keep(cache, page)));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("corridor-") && name !== CACHE) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

const known = async (cache, request) => {
  const { pathname } = new URL(request.url);
  return (await cache.match(request.url)) || (await cache.match(pathname)) || (pathname.startsWith("/fault/") ? cache.match(BARE) : undefined);
};

// A part of another release has another address, so what is kept never grows old; a page is asked for anew, unless there is no network.
const part = async (request) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) {
    const { pathname } = new URL(request.url);
    for (const older of await cache.keys(pathname, { ignoreSearch: true })) await cache.delete(older);
    await cache.put(request.url, answer.clone());
  }
  return answer;
};
const page = async (request) => {
  const cache = await caches.open(CACHE);
  const kept = await known(cache, request);
  // Registers and judging open at once, whatever the network does; a new release is there the next time.
  const shell = new URL(request.url).pathname;
  if (kept && SHELLS.includes(shell)) {
    keep(cache, shell).catch(() => {});
    return kept;
  }
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(new URL(request.url).pathname, answer.clone());
    return answer;
  } catch (lost) {
    if (kept) return kept;
    throw lost;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || request.headers.get("X-Asks-The-Server")) return;
  if (KEPT.some((kept) => kept.test(pathname))) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(part(request));
});
