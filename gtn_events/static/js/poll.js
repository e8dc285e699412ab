// Shows progress: <div data-poll="/jobs/7/progress"> is replaced by the fragment of that address every two seconds
// (or data-poll-pause milliseconds), as long as the fragment itself carries data-poll. A failed try waits longer,
// then tries again.
const PAUSE = 2000;
const LONGEST_PAUSE = 30000;

function watch(element, pause = pauseOf(element)) {
  setTimeout(() => look(element, pause), pause);
}

function pauseOf(element) {
  return Number(element.dataset.pollPause) || PAUSE;
}

async function look(element, pause) {
  if (document.hidden || element.contains(document.activeElement)) {
    watch(element, pause);
    return;
  }
  try {
    const answer = await fetch(element.dataset.poll, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText); // the sign-in page is no part of this one
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
    if (!fresh) return;
    element.replaceWith(fresh);
    if (fresh.dataset.poll) watch(fresh);
  } catch {
    watch(element, Math.min(pause * 2, LONGEST_PAUSE));
  }
}

for (const element of document.querySelectorAll("[data-poll]")) watch(element);
