// The service worker of the doors: their page and its files are there without a connection. What is kept is put
// there by the page itself (door-keep.js), under the name of the cache below.
const CACHE = "gtn-door";
const PATIENCE = 6000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});

async function page(request, url) {
  const kept = await (await caches.open(CACHE)).match(url.origin + url.pathname);
  if (!kept) return fetch(request);
  const late = new Promise((done) => setTimeout(() => done(kept), PATIENCE));
  return Promise.race([fetch(request).catch(() => kept), late]);
}

async function file(request) {
  return (await (await caches.open(CACHE)).match(request.url)) ?? fetch(request);
}
