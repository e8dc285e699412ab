// Shows a visitor's own time beside the venue's: <time data-reader datetime="..." data-words="where you are" hidden>.
// Stays hidden when the visitor's clock shows the same as the text before it.
const language = document.documentElement.lang || "en";
const parts = new Intl.DateTimeFormat(language, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const city = Intl.DateTimeFormat().resolvedOptions().timeZone?.split("/").pop().replaceAll("_", " ");

// The same order as the server's times on every page: "Fri 14 May, 11:59".
function words(moment) {
  const found = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  return { day: `${found.weekday} ${found.day} ${found.month}`, clock: `${found.hour}:${found.minute}` };
}

for (const element of document.querySelectorAll("time[data-reader]")) {
  const { day, clock } = words(new Date(element.dateTime));
  const shown = element.parentElement.textContent;
  if (shown.includes(day) && shown.includes(clock)) continue;
  const place = city && city !== "UTC" ? ` (${city})` : "";
  element.textContent = `${day}, ${clock} ${element.dataset.words || ""}${place}`.trim();
  element.hidden = false;
}
