// Keeps the page of a label for the phone that has no network: the one it saw, or the bare one; and the style and script that they need.

const CACHE = "corridor-faults-1";
const BARE = "/fault/";

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      const page = await fetch(BARE);
      const text = await page.clone().text();
      await cache.put(BARE, page);
      const parts = [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((found) => found[1].replaceAll("&amp;", "&"));
      await Promise.allSettled([...new Set(parts)].map((part) => cache.add(part)));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("corridor-faults-") && name !== CACHE) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

const fresh = async (request) => {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request.url.split("?sent")[0], answer.clone());
    return answer;
  } catch (lost) {
    const known = (await cache.match(request.url.split("?sent")[0])) || (request.mode === "navigate" && (await cache.match(BARE)));
    if (known) return known;
    throw lost;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  // What asks the server itself must not be told by a page that was kept.
  if (request.method !== "GET" || origin !== location.origin || request.headers.get("X-Asks-The-Server")) return;
  if (request.mode === "navigate" || pathname.startsWith("/static/")) event.respondWith(fresh(request));
});
