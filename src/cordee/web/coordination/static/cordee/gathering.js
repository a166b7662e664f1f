// A camera gives one photo at a time: each is added to those taken before, and all of them are deposited together.
// Without this file the last choice is what is sent, as in any form.
(() => {
  const words = document.getElementById("gathered-file");
  if (!words || !("DataTransfer" in window)) return;

  const gather = (input) => {
    const isCamera = input.hasAttribute("capture");
    const list = document.createElement("ul");
    list.className = "list gathered";
    list.hidden = true;
    list.setAttribute("aria-live", "polite");
    input.after(list);
    let files = [];

    const drop = (file) => {
      files = files.filter((each) => each !== file);
      show();
      input.focus();
    };
    const put = () => {
      const all = new DataTransfer();
      for (const file of files) all.items.add(file);
      input.files = all.files;
    };
    const small = async (file, canvas) => {
      try {
        const picture = await createImageBitmap(file, { resizeHeight: canvas.height, resizeQuality: "low" });
        canvas.width = Math.min(picture.width, 2 * canvas.height);
        canvas.getContext("2d").drawImage(picture, 0, 0);
      } catch {
        canvas.remove(); // a PDF, or a kind that this browser does not draw
      }
    };
    const row = (file) => {
      const made = words.content.firstElementChild.cloneNode(true);
      made.querySelector("[data-name]").textContent = file.name;
      made.querySelector(".vh").textContent = ` – ${file.name}`;
      made.querySelector("button").addEventListener("click", () => drop(file));
      small(file, made.querySelector("canvas"));
      return made;
    };
    const show = () => {
      put();
      list.replaceChildren(...files.map(row));
      list.hidden = !files.length;
      const label = input.form.querySelector(`label[for="${input.id}"]`);
      label.dataset.first ??= label.textContent;
      label.textContent = files.length && isCamera ? words.dataset.another : label.dataset.first;
    };
    // Phones call every photo the same.
    let taken = 0;
    const named = (file) => {
      if (!isCamera) return file;
      taken += 1;
      const kind = file.name.match(/\.\w+$/)?.[0] ?? "";
      const { type, lastModified } = file;
      return new File([file], `${words.dataset.photo} ${taken}${kind}`, { type, lastModified });
    };
    const isThere = ({ name, size, lastModified }) => files.some((each) =>
      each.size === size && each.lastModified === lastModified && (isCamera || each.name === name));
    input.addEventListener("change", () => {
      files.push(...[...input.files].filter((file) => !isThere(file)).map(named));
      show();
    });
  };
  document.querySelectorAll("#give input[type=file]").forEach(gather);

  // Photos that were taken here are nowhere else: a form that would not arrive is not sent.
  const form = document.querySelector("#give form");
  let asking = false;
  form.addEventListener("submit", async (event) => {
    if (form.dataset.reached) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(8e3) }).catch(() => null);
    asking = false;
    form.querySelector("[data-no-network]").hidden = Boolean(answer?.ok);
    if (!answer?.ok) return;
    form.dataset.reached = "1";
    form.requestSubmit(event.submitter);
  });
  addEventListener("pageshow", () => delete form.dataset.reached);
})();
