// Keeps the page of a door, without its people, and every file it uses, for when there is no connection.
const CACHE = "gtn-door";

export async function keepPage(worker, extra) {
  if (!navigator.serviceWorker || !globalThis.caches) return false;
  await navigator.serviceWorker.register(worker);
  await navigator.serviceWorker.ready;
  const cache = await caches.open(CACHE);
  const page = await fetch(`${location.pathname}?bare`);
  if (!page.ok || page.redirected) return false;
  await cache.put(location.origin + location.pathname, page);
  const used = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const files = [...used, ...extra.map((path) => new URL(path, location.href))]
    .filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/"))
    .map((url) => url.origin + url.pathname);
  await Promise.all([...new Set(files)].map(async (file) => (await cache.match(file)) ?? cache.add(file)));
  return true;
}
