// Shows a visitor's own time beside the venue's: <time data-reader datetime="..." data-words="where you are" hidden>.
// Stays hidden when the visitor's clock shows the same as the text before it.
const words = new Intl.DateTimeFormat(document.documentElement.lang || "en", {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const city = Intl.DateTimeFormat().resolvedOptions().timeZone?.split("/").pop().replaceAll("_", " ");

export function fill(root) {
  for (const element of root.querySelectorAll("time[data-reader]")) {
    const text = words.format(new Date(element.dateTime));
    const clock = text.slice(-5);
    if (element.parentElement.textContent.includes(clock)) continue;
    const place = city && city !== "UTC" ? ` (${city})` : "";
    element.textContent = `· ${text} ${element.dataset.words || ""}${place}`.trim();
    element.hidden = false;
  }
}

fill(document);
