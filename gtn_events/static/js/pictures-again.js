// Pictures that the server draws, img[data-again]: while it has enough to draw for this person it answers 429 or 503,
// and the picture is asked for again a little later.
const TRIES = 20;
const PAUSE = 1000;

for (const picture of document.querySelectorAll("img[data-again]")) {
  let left = TRIES;
  const again = () => {
    if (left === 0) return;
    left -= 1;
    setTimeout(() => picture.setAttribute("src", picture.getAttribute("src")), PAUSE * (1 + Math.random()));
  };
  picture.addEventListener("error", again);
  if (picture.complete && picture.naturalWidth === 0) again();
}
