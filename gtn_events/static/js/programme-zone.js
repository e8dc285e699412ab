// Puts a visitor's own time beside the venue's in the programme; for people with an account the server does. The laid-out
// day is the same for everybody, so the page says of whom it knows no time zone.
const stage = document.querySelector("[data-visitor]");
const place = Intl.DateTimeFormat().resolvedOptions().timeZone?.split("/").pop().replaceAll("_", " ");
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const parts = new Intl.DateTimeFormat(document.documentElement.lang || "en", {
  weekday: "short",
  day: "numeric",
  month: "long",
});

function time(moment) {
  return clock.format(new Date(moment));
}

// The same order as the server's: "Wed 5 June".
function day(moment) {
  const found = Object.fromEntries(parts.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  return `${found.weekday} ${found.day} ${found.month}`;
}

// A moment is written with the venue's clock and its distance from UTC.
function isElsewhere(moment) {
  return time(moment) !== moment.slice(11, 16);
}

function cell(className, text) {
  const made = document.createElement("div");
  made.className = className;
  made.setAttribute("aria-hidden", "true");
  made.textContent = text;
  return made;
}

function tellDay(programme) {
  const hours = [...programme.querySelectorAll(".hour[data-moment]")];
  if (!hours.length || !isElsewhere(hours[0].dataset.moment)) return;
  programme.classList.add("has-reader");
  programme.querySelector(".grid-corner").after(cell("grid-head grid-corner reader-column", place));
  for (const hour of hours) {
    const row = hour.className.replace(/hour-venue|venue-column/g, "");
    hour.after(cell(`${row} reader-column`, time(hour.dataset.moment)));
  }
  for (const head of programme.querySelectorAll(".time-head [data-moment]")) {
    const told = document.createElement("span");
    told.textContent = stage.dataset.visitor.replace("@", time(head.dataset.moment)).replace("#", place);
    head.append(" ", told);
  }
}

export function tellSpans(root) {
  for (const row of root.querySelectorAll("[data-visitor-span]")) {
    const [from, until] = row.dataset.visitorSpan.split(" ");
    if (!place || !isElsewhere(from)) continue;
    const [term, value] = row.children;
    term.textContent = term.textContent.replace("#", place);
    value.textContent = `${day(from)}, ${time(from)}–${time(until)}`;
    row.hidden = false;
  }
}

const programme = stage?.querySelector("[data-programme]");
if (programme && place) tellDay(programme);
tellSpans(document);
