// What a door keeps in this browser: the signed list of each checkpoint, and scans until the server has them.
const NAME = "gtn-door";
export const MARK = "gtn-door"; // in the local storage: there may be a list in this browser
let opened;

function database() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("lists", { keyPath: "key" });
      request.result.createObjectStore("scans", { keyPath: "nonce" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  return opened;
}

async function within(store, mode, act) {
  const base = await database();
  return new Promise((done, failed) => {
    const transaction = base.transaction(store, mode, { durability: "strict" });
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => done(request?.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

export const listOf = (key) => within("lists", "readonly", (store) => store.get(key));
export const scans = () => within("scans", "readonly", (store) => store.getAll());
export const keepScan = (scan) => within("scans", "readwrite", (store) => store.put(scan));

export function keepList(list) {
  localStorage.setItem(MARK, "yes");
  return within("lists", "readwrite", (store) => store.put(list));
}

export function keepScans(kept) {
  return within("scans", "readwrite", (store) => kept.map((scan) => store.put(scan)).at(-1));
}

export function dropScans(nonces) {
  return within("scans", "readwrite", (store) => nonces.map((nonce) => store.delete(nonce)).at(-1));
}

// Lists and kept pages go; scans that wait stay, for whoever signs in next with the right to send them.
export async function wipe() {
  await within("lists", "readwrite", (store) => store.clear());
  await globalThis.caches?.delete(NAME);
  localStorage.removeItem(MARK);
}

export function deviceName() {
  const known = localStorage.getItem(`${NAME}-device`);
  if (known) return known;
  const name = crypto.randomUUID();
  localStorage.setItem(`${NAME}-device`, name);
  return name;
}
