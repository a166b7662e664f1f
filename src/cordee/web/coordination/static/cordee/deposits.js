// A page beside its picture, by the keyboard: up and down from box to box, left and right to choose, Enter to go on.
// Without this file the boxes are reached by Tab, as anywhere.
(() => {
  const form = document.querySelector("[data-compare]");
  if (!form) return;

  const boxes = () => [...form.querySelectorAll("[data-box]:enabled")].filter((box) => box.checkVisibility());
  const into = (box) => {
    const radio = box?.querySelector(":checked") ?? box?.querySelector("input");
    radio?.focus({ preventScroll: true });
    box?.scrollIntoView({ block: "nearest" });
  };
  const isSaid = (box) => Boolean(box.querySelector(":checked"));
  // The name of who signed on a free line is asked for as soon as it is said to be signed.
  const name = (box) => {
    const first = box.closest("section").querySelector(".trio input");
    return box.querySelector(":checked")?.value === "signed" && first && !first.value ? first : null;
  };

  form.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("[data-box]");
    if (!box || event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = boxes();
    const at = all.indexOf(box);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      into(all[at + (event.key === "ArrowDown" ? 1 : -1)]);
    } else if (event.key === " " && event.target.checked) {
      event.preventDefault();
      const radios = [...box.querySelectorAll("input")];
      const next = radios[(radios.indexOf(event.target) + 1) % radios.length];
      next.checked = true;
      next.focus({ preventScroll: true });
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!isSaid(box)) return;
      const field = name(box);
      const left = all.find((each, i) => i > at && !isSaid(each)) ?? all.find((each) => !isSaid(each));
      if (field) field.focus();
      else if (left) into(left);
      else form.querySelector(".actions button").focus();
    }
  });

  into(boxes().find((box) => !isSaid(box)));
})();
