// Sends what waited: in batches, each scan under its own name, so that a batch that broke off is simply sent again.
import { dropScans, keepScans, scans, wipe } from "./door-store.js";

const BATCH = 100;
const PATIENCE = 20000;
const JSON_PLEASE = { Accept: "application/json" };

export class Refused extends Error {}
export class SignedOut extends Error {}

async function ask(address, options = {}) {
  const signal = AbortSignal.timeout(PATIENCE);
  const reply = await fetch(address, { cache: "no-store", signal, ...options, headers: { ...JSON_PLEASE, ...options.headers } });
  if (reply.redirected || reply.status === 401) throw new SignedOut();
  if (reply.status === 403) throw new Refused();
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.json();
}

export async function pulse(address) {
  try {
    return await ask(address);
  } catch (error) {
    if (error instanceof SignedOut || error instanceof Refused) await wipe();
    throw error;
  }
}

export async function waiting(base) {
  return (await scans()).filter((scan) => scan.waits && scan.sync.startsWith(base));
}

// Sends everything of this forum that waits; returns the server's last figures and how many were let in twice.
export async function sendWaiting(base, { token, device, now }) {
  let figures = null;
  let twice = 0;
  for (;;) {
    const all = await waiting(base);
    if (all.length === 0) return { figures, twice };
    const { sync } = all[0];
    const batch = all.filter((scan) => scan.sync === sync).slice(0, BATCH);
    const body = JSON.stringify({
      device,
      sent_at: now().toISOString(),
      scans: batch.map(({ nonce, reference, at, way, shown, station }) => ({ nonce, code: reference, at, way, shown, station })),
    });
    figures = await ask(sync, { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
    twice += await settle(batch, figures.answers);
  }
}

async function settle(batch, answers) {
  const byNonce = new Map(answers.map((answer) => [answer.nonce, answer]));
  const kept = batch.filter((scan) => byNonce.get(scan.nonce)?.kept);
  // Another scan has this name already: this one gets a new one and is sent again.
  const renamed = batch.filter((scan) => byNonce.get(scan.nonce)?.kept === false);
  await keepScans(kept.map((scan) => ({ ...scan, waits: false })));
  if (renamed.length) {
    await keepScans(renamed.map((scan) => ({ ...scan, nonce: crypto.randomUUID() })));
    await dropScans(renamed.map((scan) => scan.nonce));
  }
  return kept.filter((scan) => ["in", "out"].includes(scan.shown) && byNonce.get(scan.nonce).outcome !== scan.shown).length;
}
