// The control of a live final: shows what another controller did, and keeps an order that was dragged.
const PAUSE = 2000;
const place = document.querySelector("[data-live-version]");
const keep = document.querySelector("[data-live-keep]");
const ballots = document.querySelector("[data-ballots]");

async function look() {
  try {
    const answer = await fetch(place.dataset.liveAddress, { headers: { Accept: "application/json" } });
    const told = answer.ok && !answer.redirected ? await answer.json() : null;
    if (told && ballots) ballots.textContent = told.ballots;
    const ranked = told?.ranked ? "yes" : "";
    const moved = told && (String(told.version) !== place.dataset.liveVersion || ranked !== place.dataset.liveRanked);
    // A list that is being arranged is not taken away; sending it says that somebody was quicker.
    if (moved && keep?.hidden !== false) {
      location.reload();
      return;
    }
  } catch {
    // Without a connection the page stays as it is.
  }
  setTimeout(look, PAUSE);
}

document.addEventListener("reordered", () => {
  keep.hidden = false;
});
setTimeout(look, PAUSE);
