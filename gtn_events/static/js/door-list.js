// The signed list of one checkpoint: fetched, verified, kept, and asked about a number.
import { decide, readReference, slotOf } from "./door-rule.js";
import { keepList, listOf, wipe } from "./door-store.js";

const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const utf8 = (text) => new TextEncoder().encode(text);
const VERSION = 1;

export class DoorList {
  constructor(key, publicKey) {
    this.key = key;
    this.publicKey = publicKey;
    this.content = null;
    this.skew = 0; // what is added to this device's clock to have the server's
    this.forged = false;
  }

  now() {
    return new Date(Date.now() + this.skew);
  }

  get madeAt() {
    return this.content ? new Date(this.content.made_at) : null;
  }

  get usable() {
    return this.content !== null && this.now() < new Date(this.content.expires_at);
  }

  // The list this browser kept; one that another account fetched, or that nobody signed, is none.
  async load(account) {
    const kept = await listOf(this.key);
    if (!kept || kept.account !== account) return;
    if (await this.take(kept.list, kept.signature)) this.skew = kept.skew;
  }

  async fetch(address, account) {
    const reply = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!reply.ok || reply.redirected) throw new Error(String(reply.status));
    const { list, signature } = await reply.json();
    if (list === null) return this.end();
    if (!(await this.take(list, signature))) return false;
    this.skew = Date.parse(this.content.made_at) - Date.now();
    await keepList({ key: this.key, account, list, signature, skew: this.skew });
    return true;
  }

  // The forum is over: what this browser knows of its people goes.
  async end() {
    this.content = null;
    await wipe();
    return false;
  }

  async take(list, signature) {
    const content = (await this.isSigned(list, signature)) ? JSON.parse(list) : null;
    this.forged = content === null || content.version !== VERSION || !this.key.endsWith(`/${content.forum}/${content.checkpoint}`);
    this.content = this.forged ? null : content;
    this.people = new Map((this.content?.people ?? []).map(([hash, ...rest]) => [hash, rest]));
    return !this.forged;
  }

  async isSigned(list, signature) {
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    try {
      const key = await crypto.subtle.importKey("raw", bytes(this.publicKey), curve, false, ["verify"]);
      return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes(signature), utf8(list));
    } catch {
      return false;
    }
  }

  reference(typed) {
    return readReference(typed, this.content.prefix);
  }

  // What the rule says; "own" are the scans of this device that the list may not know. Passes are numbered, so that
  // one that is known twice counts once.
  async decide(reference, way, own) {
    const { rule, zone, salt, closed_at: closed } = this.content;
    const now = this.now();
    const slot = slotOf(rule, now, zone);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(salt + reference)));
    const hash = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const found = this.people.get(hash);
    const mine = own.filter((each) => each.reference === reference && each.slot === slot);
    const numbers = mine.filter((each) => ["in", "out"].includes(each.shown)).map((each) => each.pass);
    if (closed && now >= new Date(closed)) return { outcome: "closed", slot, passes: 0 };
    if (!found) return { outcome: "unknown", slot, passes: 0 };
    const [name, economy, category, state, belongs, passes] = found;
    const count = Math.max(passes[slot] ?? 0, ...numbers);
    const outcome = decide(rule, { state, belongs, passes: count }, way);
    return { outcome, slot, passes: count, name, economy, category, state };
  }
}
