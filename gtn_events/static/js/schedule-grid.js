// Where a point lies on the grid of the schedule, and the classes that put something there. Minutes count from midnight
// of the day of the programme, which lasts from 04:00 to 04:00.
const STEP = 5;
const FIRST = 4 * 60;
const LAST = 28 * 60;

export const grid = () => document.querySelector("[data-grid]");

export function columns() {
  return [...grid().querySelectorAll("[data-room]")].map((head) => {
    const { left, right } = head.getBoundingClientRect();
    return { room: head.dataset.room, column: head.dataset.column, name: head.dataset.name, left, right };
  });
}

function named(minute) {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join("");
}

export function clock(minute) {
  return named(minute % (24 * 60)).replace(/^(..)/, "$1:");
}

export function minuteOf(text) {
  const minute = Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  return minute < FIRST ? minute + 24 * 60 : minute;
}

const perMinute = () => parseFloat(getComputedStyle(grid()).gridAutoRows) / STEP;

export function minuteAt(y) {
  const line = grid().querySelector("[data-hour]");
  const hour = Number(line.dataset.hour.slice(2, 4)) * 60;
  return hour + (y - line.getBoundingClientRect().top) / perMinute();
}

export function columnAt(x) {
  return columns().find((each) => x >= each.left && x < each.right);
}

export function isOver(element, x, y) {
  const box = element?.getBoundingClientRect();
  return Boolean(box) && x >= box.left && x < box.right && y >= box.top && y < box.bottom;
}

export const snapped = (minute) => Math.round(minute / STEP) * STEP;

// A place on the grid, kept within the day.
export function within(place) {
  const minutes = Math.min(Math.max(place.minutes, STEP), 24 * 60);
  const start = Math.min(Math.max(place.start, FIRST), LAST - Math.min(minutes, LAST - FIRST));
  return { ...place, minutes, start };
}

// Shows where a session would go; without a place nothing is shown.
export function showGhost(place) {
  let ghost = grid()?.querySelector(".ghost");
  if (!place) {
    ghost?.remove();
    return null;
  }
  if (!ghost) {
    ghost = document.createElement("div");
    ghost.append(document.createElement("strong"), document.createElement("span"));
    grid().append(ghost);
  }
  const end = Math.min(place.start + place.minutes, LAST);
  const rows = `a-${named(Math.floor(place.start / STEP) * STEP)} z-${named(Math.ceil(end / STEP) * STEP)}`;
  ghost.className = `ghost ${rows} ${place.wide ? "wide" : `c-${place.column}`}`;
  ghost.firstChild.textContent = place.title;
  ghost.lastChild.textContent = `${clock(place.start)}–${clock(place.start + place.minutes)}`;
  return ghost;
}
