// What one hears and feels of a scan: rising for a way in, twice the same for somebody who is in, low for nobody.
const MUTED = "gtn-door-muted";
const TONES = {
  in: [660, 880],
  out: [880, 660],
  "already-in": [440, 440, 440],
  "already-out": [440, 440, 440],
};
const NOBODY = [220, 165];
const SHAKES = { in: [80], out: [80], "already-in": [80, 60, 80], "already-out": [80, 60, 80] };
let sound;

// Browsers let a page sound only after somebody has touched it.
addEventListener("pointerdown", () => wake(), { once: true });
addEventListener("keydown", () => wake(), { once: true });

function wake() {
  const Sound = window.AudioContext ?? window.webkitAudioContext;
  if (Sound) sound ??= new Sound();
}

export const isMuted = () => localStorage.getItem(MUTED) === "yes";

export function mute(yes) {
  if (yes) localStorage.setItem(MUTED, "yes");
  else localStorage.removeItem(MUTED);
}

export function signal(outcome) {
  navigator.vibrate?.(SHAKES[outcome] ?? [300]);
  if (isMuted() || !sound) return;
  (TONES[outcome] ?? NOBODY).forEach((pitch, number) => beep(pitch, sound.currentTime + number * 0.14));
}

function beep(pitch, at) {
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.25, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.13);
  tone.connect(volume).connect(sound.destination);
  tone.start(at);
  tone.stop(at + 0.13);
}
