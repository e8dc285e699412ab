// Opens a session beside the grid without loading the page again. Without this module every link still works.
import { tellSpans } from "./programme-zone.js";

const stage = document.querySelector("[data-stage]");

function drawer() {
  return stage.querySelector("[data-drawer]");
}

async function show(address, { push }) {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) {
    window.location.assign(address);
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-drawer]");
  drawer()?.remove();
  stage.classList.toggle("has-drawer", Boolean(fresh));
  if (fresh) stage.append(fresh);
  if (fresh) tellSpans(fresh);
  if (push) window.history.pushState({}, "", address);
  mark(new URL(address, window.location.href).hash);
  fresh?.focus({ preventScroll: true });
}

// pushState does not move :target, so the chosen session is marked by hand as well.
function mark(hash) {
  stage.toggleAttribute("data-live", true);
  for (const slot of stage.querySelectorAll("[aria-current='true']")) slot.removeAttribute("aria-current");
  if (hash.startsWith("#s-")) {
    document.getElementById(decodeURIComponent(hash.slice(1)))?.querySelector("a")?.setAttribute("aria-current", "true");
  }
}

function close() {
  const link = drawer()?.querySelector("[data-close]");
  if (!link) return;
  const slot = document.getElementById(decodeURIComponent(new URL(link.href).hash.slice(1)));
  drawer().remove();
  stage.classList.remove("has-drawer");
  mark("");
  window.history.pushState({}, "", link.href.replace(/#.*$/, ""));
  slot?.querySelector("a")?.focus();
}

stage?.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a");
  if (link?.matches("[data-session]")) {
    event.preventDefault();
    show(link.href, { push: true }).catch(() => window.location.assign(link.href));
  } else if (link?.matches("[data-close]")) {
    event.preventDefault();
    close();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && stage && drawer()) close();
});

window.addEventListener("popstate", () => window.location.reload());
