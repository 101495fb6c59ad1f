// Keeps the page of the door for the phone that has no network, with the style and the script that it needs. It keeps no names.

const CACHE = "corridor-door-1";
const PAGE = new URL("./", self.location).pathname;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      const page = await fetch(PAGE);
      const text = await page.clone().text();
      await cache.put(PAGE, page);
      const parts = [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((found) => found[1].replaceAll("&amp;", "&"));
      await Promise.allSettled([...new Set(parts)].map((part) => cache.add(part)));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("corridor-door-") && name !== CACHE) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

const fresh = async (request) => {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request.url, answer.clone());
    return answer;
  } catch (lost) {
    const known = await cache.match(request.url);
    if (known) return known;
    throw lost;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || request.headers.get("X-Asks-The-Server")) return;
  if (pathname === PAGE || pathname.startsWith("/static/")) event.respondWith(fresh(request));
});
