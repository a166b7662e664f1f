// The box in which people sign with a finger, a pen or a mouse. Without this file the name is typed.
(() => {
  const UNITS = 1000; // the longer side of the box, whatever the screen

  const prepare = (box) => {
    const canvas = box.querySelector("canvas");
    const form = box.closest("form");
    const pad = new SignaturePad(canvas, { minWidth: 0.8, maxWidth: 2.6, penColor: getComputedStyle(canvas).color });
    const unit = () => UNITS / Math.max(canvas.clientWidth, canvas.clientHeight);
    const inUnits = (pixels) => Math.max(0, Math.round(pixels * unit()));

    const written = () => {
      const start = pad.toData()[0]?.points[0]?.time ?? 0;
      return pad.toData().map(({ points }) =>
        points.map(({ x, y, time }) => [inUnits(x), inUnits(y), time - start]));
    };
    const keep = () => {
      form.elements.strokes.value = pad.isEmpty() ? "" : JSON.stringify(written());
    };
    // Sharp on every screen, and kept when the phone is turned.
    const fit = () => {
      const drawn = pad.toData();
      const ratio = Math.max(devicePixelRatio || 1, 1);
      canvas.width = canvas.clientWidth * ratio;
      canvas.height = canvas.clientHeight * ratio;
      canvas.getContext("2d").scale(ratio, ratio);
      pad.clear();
      pad.fromData(drawn);
    };

    // What was drawn before the server asked something, or refused, is not drawn twice.
    const restore = () => {
      try {
        pad.fromData(JSON.parse(form.elements.strokes.value).map((stroke) => ({
          points: stroke.map(([x, y, time]) => ({ x: x / unit(), y: y / unit(), time, pressure: 0.5 })),
        })));
      } catch { /* nothing was drawn, or it did not arrive whole: the page says so */ }
    };

    pad.addEventListener("endStroke", keep);
    box.querySelector("[data-clear]").addEventListener("click", () => { pad.clear(); keep(); });
    // Said here too: without network nobody else says it in time.
    const typed = form.elements.typed_name;
    const check = () => typed.setCustomValidity(pad.isEmpty() && !typed.value.trim() ? box.dataset.nothing : "");
    typed.addEventListener("input", check);
    pad.addEventListener("endStroke", check);
    form.querySelector("button[type=submit]").addEventListener("click", check);
    form.addEventListener("submit", () => { keep(); form.elements.device_at.value = Date.now(); }, { capture: true });
    addEventListener("resize", fit);
    box.hidden = false;
    fit();
    restore();
  };

  document.querySelectorAll("[data-signing]").forEach(prepare);
})();
