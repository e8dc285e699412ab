// How a door stands with its server: the list, what waits, and the words for it.
import { keepPage } from "./door-keep.js";
import { DoorList } from "./door-list.js";
import { deviceName, dropScans, keepScan, scans, wipe } from "./door-store.js";
import { pulse, Refused, sendWaiting, SignedOut, waiting } from "./door-sync.js";

const AGAIN = 10000;
const SOON = 1000;
const LIST_AGE = 180000;
const PASSES = ["in", "out"];

export class DoorState {
  constructor(place) {
    this.place = place;
    this.data = place.dataset;
    this.words = place.querySelector("[data-door-state]");
    this.find = place.querySelector("[data-find]");
    this.finds = this.find.textContent; // what the field finds with a connection
    this.device = deviceName();
    this.list = new DoorList(this.data.key, this.data.publicKey);
    this.offline = false;
    this.refused = false;
    this.signedOut = false;
    this.twice = 0;
    this.busy = null;
    // Without these (an old browser, a page without TLS) the door works with a connection only.
    this.able = Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);
  }

  async begin() {
    if (!this.able) return;
    addEventListener("online", () => this.look());
    addEventListener("offline", () => this.cut());
    await this.list.load(this.data.account).catch(() => {});
    await this.look();
    const extra = [new URL("../vendor/jsqr/jsQR.js", import.meta.url).href];
    await keepPage(this.data.worker, extra).catch(() => {}); // the page then needs a connection to be opened
    this.place.dataset.ready = "yes";
    setInterval(() => this.look(), AGAIN);
  }

  // One look at a time: says that this device is there, sends what waits, fetches a newer list.
  look() {
    this.busy ??= this.lookNow().finally(() => {
      this.busy = null;
    });
    return this.busy;
  }

  async lookNow() {
    try {
      const told = await pulse(this.data.pulse);
      this.offline = this.refused = this.signedOut = false;
      if (String(told.account) !== this.data.account) await this.otherAccount(String(told.account));
      this.figures(told);
      await this.say();
      const { figures, twice } = await sendWaiting(this.data.base, { ...told, device: this.device, now: () => this.list.now() });
      this.twice += twice;
      if (figures) this.figures(figures);
      if (!this.list.usable || this.list.now() - this.list.madeAt > LIST_AGE) await this.freshList();
    } catch (error) {
      this.signedOut = error instanceof SignedOut;
      this.refused = error instanceof Refused;
      this.offline = !this.signedOut && !this.refused;
      // Nobody of this browser may see the list any more; signed out, the door goes on until somebody signs in.
      if (this.refused) this.list.content = null;
    }
    await this.say();
  }

  async otherAccount(account) {
    await wipe();
    this.list.content = null;
    this.data.account = account;
  }

  async freshList() {
    const known = (await this.own()).filter((each) => !each.waits).map((each) => each.nonce);
    if (await this.list.fetch(this.data.list, this.data.account)) await dropScans(known);
  }

  // The list decides at once until a look finds the server again.
  cut() {
    this.offline = true;
    setTimeout(() => this.look(), SOON);
    return this.say();
  }

  async own() {
    return (await scans()).filter((each) => each.sync === this.data.sync);
  }

  // Somebody passed with a connection: the list in this browser does not know it yet.
  async passed(told, { code, nonce, way }) {
    this.offline = false;
    this.figures(told);
    if (this.list.usable && PASSES.includes(told.outcome)) {
      const reference = this.list.reference(code);
      const { slot } = await this.list.decide(reference, way, []);
      await this.keep({ nonce, reference, slot, way, shown: told.outcome, pass: told.passes, waits: false });
    }
    await this.say();
  }

  async decide(code, nonce, way) {
    if (!this.able || !this.list.usable) throw new Error("no list");
    const reference = this.list.reference(code);
    const told = await this.list.decide(reference, way, await this.own());
    await this.keep({ nonce, reference, slot: told.slot, way, shown: told.outcome, pass: told.passes + 1, waits: true });
    await this.say();
    return { ...told, number: reference, time: this.clock(this.list.now()), second: `${told.economy} · ${told.category}` };
  }

  keep(scan) {
    return keepScan({ ...scan, sync: this.data.sync, station: this.data.station, at: this.list.now().toISOString() });
  }

  figures({ inside, confirmed }) {
    this.place.querySelector("[data-inside]").textContent = inside;
    this.place.querySelector("[data-confirmed]").textContent = confirmed;
  }

  clock(moment) {
    return new Intl.DateTimeFormat("en-GB", { timeZone: this.data.zone, hour: "2-digit", minute: "2-digit" }).format(moment);
  }

  async say() {
    if (!this.able) return;
    const count = (await waiting(this.data.base)).length;
    const said = [this.standing(count), this.ofList(), this.twice ? this.counted("twice", this.twice) : ""];
    this.words.hidden = false;
    this.words.dataset.tone = this.refused || this.signedOut || this.offline ? "cut" : "good";
    this.find.textContent = this.offline ? this.find.dataset.offline : this.finds;
    const text = said.filter(Boolean).join(" · ");
    const shown = this.words.querySelector("[data-words]");
    if (shown.textContent !== text) shown.textContent = text;
  }

  standing(count) {
    const words = this.words.dataset;
    if (this.refused) return `${words.refused} ${count ? this.counted("kept", count) : ""}`.trim();
    if (this.signedOut) return `${words.signedOut} ${count ? this.counted("kept", count) : ""}`.trim();
    if (count) return this.counted(this.offline ? "waits" : "sends", count);
    return this.offline ? words.offline : words.online;
  }

  ofList() {
    const words = this.words.dataset;
    if (this.list.usable) return words.list.replace("%", this.clock(this.list.madeAt));
    if (this.list.forged) return words.forged;
    return this.list.content ? words.expired : words.noList;
  }

  counted(name, count) {
    return this.words.dataset[`${name}${count === 1 ? "One" : "Many"}`].replace("%", count);
  }
}
