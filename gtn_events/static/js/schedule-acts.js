// Sends acts on the schedule, shows the page as it is afterwards, and says what was done.
import { grid } from "./schedule-grid.js";

export const editor = document.querySelector("[data-editor]");
const voice = document.querySelector("[data-announce]");
const alarm = document.querySelector("[data-refused]");
let running = Promise.resolve();

export const words = voice?.dataset ?? {};

export function announce(text) {
  voice.textContent = "";
  voice.textContent = text;
}

function refuse(text) {
  alarm.textContent = text;
  alarm.hidden = !text;
}

// The slot or the waiting session of a code, as the page holds it now.
export function linkOf(code) {
  return document.getElementById(`s-${code}`)?.querySelector("a") ?? document.getElementById(`w-${code}`);
}

export async function refresh({ day = editor.dataset.day, code = "", focus = null } = {}) {
  const address = `${editor.dataset.address}?${new URLSearchParams({ day, ...(code && { session: code }) })}`;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-editor]");
  if (!answer.ok || !fresh) {
    window.location.assign(address);
    return;
  }
  const sameDay = fresh.dataset.day === editor.dataset.day;
  const [left, top] = [grid().scrollLeft, grid().scrollTop];
  const inside = editor.contains(document.activeElement) && document.activeElement.closest("[id]")?.id;
  editor.replaceChildren(...fresh.childNodes);
  Object.assign(editor.dataset, { ...fresh.dataset });
  if (sameDay) grid().scrollTo(left, top);
  window.history.replaceState({}, "", address);
  const wanted = focus?.() ?? (inside ? document.getElementById(inside) : null);
  (wanted?.matches("li") ? wanted.querySelector("a") : wanted)?.focus({ preventScroll: sameDay });
}

// One act after the other: each says what it saw, and the next one sees what the one before left. Says if it was done.
export function send(address, fields) {
  running = running
    .then(() => act(address, fields()))
    .catch(() => {
      refuse(words.lost);
      return false;
    });
  return running;
}

async function act(address, fields) {
  const token = editor.querySelector("[data-token] [name=csrf_token]").value;
  const headers = { Accept: "application/json" };
  const body = new URLSearchParams({ day: editor.dataset.day, ...fields, csrf_token: token });
  const answer = await fetch(address, { method: "POST", headers, body });
  if (answer.redirected) {
    window.location.reload();
    return false;
  }
  const told = await answer.json();
  const shown = answer.ok ? { day: told.day ?? undefined, code: told.code } : { code: fields.code ?? "" };
  await refresh({ ...shown, focus: () => linkOf(shown.code) });
  refuse(answer.ok ? "" : told.detail);
  if (answer.ok) announce(told.told);
  return answer.ok;
}
