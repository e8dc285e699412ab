// The code of one's badge by camera: the first one that is read goes into the field and is sent.
import { reader } from "./qr.js";

const form = document.querySelector("[data-badge-form]");
const wait = (time) => new Promise((done) => setTimeout(done, time));

if (form && navigator.mediaDevices?.getUserMedia) {
  const start = form.querySelector("[data-camera]");
  const view = form.querySelector("[data-camera-view]");
  const note = form.querySelector("[data-camera-note]");
  const video = view.querySelector("video");
  let stream = null;

  const close = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    view.hidden = true;
  };

  const watch = async () => {
    const read = await reader(video);
    while (stream) {
      const code = video.readyState >= 2 ? await read().catch(() => "") : "";
      if (code) {
        close();
        form.elements.code.value = code;
        form.requestSubmit();
      }
      await wait(150);
    }
  };

  start.hidden = false;
  start.addEventListener("click", async () => {
    view.hidden = false;
    note.textContent = note.dataset.starting;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      view.hidden = true;
      note.textContent = note.dataset.refused;
      return;
    }
    video.srcObject = stream;
    await video.play();
    note.textContent = note.dataset.ready;
    watch();
  });
  view.querySelector("[data-camera-stop]").addEventListener("click", close);
  addEventListener("pagehide", close);
}
