// Progressive: every page reads and every form works without this file.
(() => {
  const on = (type, selector, act) =>
    document.addEventListener(type, (event) => {
      const found = event.target.closest?.(selector);
      if (found) act(found, event);
    });

  // Dialogs: `command` and `commandfor` where the browser does not know them yet.
  if (!("commandForElement" in HTMLButtonElement.prototype)) {
    on("click", "button[commandfor]", (button) => {
      const target = document.getElementById(button.getAttribute("commandfor"));
      const command = button.getAttribute("command");
      if (command === "show-modal") target?.showModal();
      if (command === "close") target?.close();
    });
  }

  // One submit is one submit: the button turns until the answer is there.
  const free = (form) => {
    delete form.dataset.sent;
    for (const own of form.elements) own.removeAttribute("aria-busy");
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || form.hasAttribute("data-again")) return;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    const button = event.submitter ?? form.querySelector("button:not([type=button])");
    // After the other listeners: whoever cancelled the submit keeps a live button.
    setTimeout(() => {
      if (event.defaultPrevented && !form.matches("[hx-post],[hx-get],[hx-put],[hx-patch],[hx-delete]")) return;
      form.dataset.sent = "1";
      button?.setAttribute("aria-busy", "true");
      if (form.method === "get") setTimeout(() => free(form), 4000);
    });
  }, true);
  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.target.closest?.("form");
    if (form) setTimeout(() => free(form));
  });
  addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form").forEach(free); });
  on("click", "[aria-disabled=true]", (_, event) => event.preventDefault());

  // Toasts: closed by hand; good news leaves by itself, unless someone is reading it.
  const leave = (toast) => {
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, 3000, toast);
    else toast.remove();
  };
  const watch = (root) => root.querySelectorAll("[data-toast]:is(.done, .info):not([data-seen])").forEach((toast) => {
    toast.dataset.seen = "";
    if (!toast.querySelector("a, [form]")) setTimeout(leave, 8000, toast);
  });
  on("click", "[data-dismiss]", (button) => button.closest("[data-toast]").remove());
  const complain = (key) => {
    const box = document.getElementById("toasts");
    const toast = document.getElementById(`toast-${key}`)?.content.firstElementChild;
    if (toast && !box.querySelector(".toast.stop")) box.append(toast.cloneNode(true));
  };
  document.addEventListener("htmx:response:error", (event) => {
    if (event.detail.ctx.response.raw.status >= 500) complain("failed");
  });
  document.addEventListener("htmx:error", (event) => { if (!event.detail.ctx?.response) complain("offline"); });

  // Filters apply as they are chosen; forms driven by HTMX do it themselves.
  const chosen = "form[data-autosubmit]:not([hx-get]) :is(select, input:not([type=search], [type=text]))";
  on("change", chosen, (field) => field.form.requestSubmit());

  // On the phone, filters beyond the first stand behind a button, which says how many of them are in use.
  const countInUse = (form) => {
    const place = form.querySelector("[data-in-use]");
    if (!place) return;
    const fields = form.querySelectorAll(".filters-more ~ .field :is(select, input)");
    const used = [...fields].filter((field) => {
      if (field.options) return field.selectedIndex > 0;
      return field.value && (field.checked || !["checkbox", "radio"].includes(field.type));
    });
    place.textContent = used.length || "";
  };
  on("click", "[data-unfold]", (button) =>
    button.setAttribute("aria-expanded", button.getAttribute("aria-expanded") === "false"));
  on("change", ".filters", countInUse);

  // Presence: everybody present, then the exceptions.
  const tally = (grid) => {
    const out = grid.querySelector("[data-tally]");
    if (!out) return;
    const done = grid.querySelectorAll("input[type=radio]:checked").length;
    const all = grid.querySelectorAll("fieldset").length;
    out.textContent = out.dataset.tally.replace("{done}", done).replace("{all}", all);
  };
  on("click", "[data-set-all]", (button) => {
    const grid = button.closest("[data-presence], form");
    const column = button.dataset.column ? `[data-column="${button.dataset.column}"]` : "";
    const wanted = `input[type=radio][value="${button.dataset.setAll}"]${column}:enabled`;
    for (const radio of grid.querySelectorAll(wanted)) radio.checked = true;
    tally(grid);
  });
  on("change", "[data-presence]", tally);

  on("click", "[data-copy]", async (button) => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard?.writeText(field.value).catch(() => document.execCommand("copy"));
    const label = button.querySelector("span");
    const before = label.textContent;
    label.textContent = button.dataset.copied;
    setTimeout(() => { label.textContent = before; }, 2000);
  });

  // What others change: looked at every few seconds by who has the page in front of them and is at it.
  const PATIENCE = 20 * 60e3;
  let lastSign = Date.now();
  const noteSign = () => { lastSign = Date.now(); };
  for (const sign of ["pointerdown", "pointermove", "keydown", "scroll"]) {
    addEventListener(sign, noteSign, { capture: true, passive: true });
  }
  const poll = (element) => {
    if (!document.hidden && Date.now() - lastSign < PATIENCE) element.dispatchEvent(new Event("poll"));
  };
  for (const element of document.querySelectorAll("[data-poll]")) {
    setInterval(poll, element.dataset.poll * 1000, element);
  }
  document.addEventListener("visibilitychange", () => document.querySelectorAll("[data-poll]").forEach(poll));

  // What waits on this device for the network: asked for by who keeps pages, and where one is kept.
  if (navigator.serviceWorker?.controller || document.querySelector("meta[name=kept]")) {
    const script = document.createElement("script");
    script.src = document.querySelector("script[data-keeping]").dataset.keeping;
    document.head.append(script);
  }

  // An address that leads to what is folded opens it.
  const unfold = () => {
    const led = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!led || !led.matches("details")) return;
    led.open = true;
    led.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();

  // Tabs that do not fit are scrolled to the one that is open.
  const reveal = (root) => root.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
    const list = tab.closest("ul");
    list.scrollLeft = tab.offsetLeft - list.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
  });

  // A refusal or a list of errors takes the focus, so that it is read first.
  const settle = (root) => {
    watch(document);
    reveal(root);
    root.querySelectorAll("[data-presence]").forEach(tally);
    root.querySelectorAll(".filters").forEach(countInUse);
    root.querySelector("[data-focus]")?.focus({ preventScroll: root === document });
  };
  document.addEventListener("htmx:after:swap", ({ target }) => settle(target instanceof Element ? target : document));
  settle(document);
})();
