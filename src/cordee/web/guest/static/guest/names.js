// The table of names: a row saves itself when it is left; what others write appears beside, and never in
// the row somebody is in. Without this file each row has its button.
(() => {
  const table = () => document.getElementById("names-rows");
  const poller = document.getElementById("names-poll");
  if (!table() || !poller) return;
  const rows = () => [...(table()?.rows ?? [])];
  const rowOf = (node) => (node instanceof Element ? node.closest("#names-rows > tr") : null);
  const formOf = (row) => row.querySelector("form");
  const fields = (row) => [...row.querySelectorAll("input[name]:not([type=hidden])")];
  const isNew = (row) => row.id.startsWith("new-");
  const isEmpty = (row) => fields(row).every((field) => !field.value.trim());
  const isSending = (row) => "sending" in row.dataset;
  // What must not be touched: typed in and not saved, being saved, refused, or where somebody is.
  const isHeld = (row) =>
    isNew(row) ||
    ["dirty", "sending", "held"].some((why) => why in row.dataset) ||
    row.contains(document.activeElement);
  const look = () => poller.dispatchEvent(new Event("poll"));
  let sent = 0;

  const another = () => {
    const draft = document.getElementById("empty-row").innerHTML;
    const known = draft.match(/new-[0-9a-f]{32}/)[0];
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    const fresh = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    table().insertAdjacentHTML("beforeend", draft.replaceAll(known, `new-${fresh}`));
    const row = table().lastElementChild;
    htmx.process(row);
    return row;
  };
  const lastIsFree = () => { const last = table().lastElementChild; return last && isNew(last) && isEmpty(last); };

  const save = (row) => {
    if (!row.isConnected || isSending(row) || !("dirty" in row.dataset)) return;
    if (isNew(row) && isEmpty(row)) { delete row.dataset.dirty; return; }
    formOf(row).requestSubmit(row.querySelector("button.save"));
  };
  const saveAll = () => rows().forEach(save);
  const saveWhenLeft = (row) => setTimeout(() => { if (!row.contains(document.activeElement)) save(row); });

  document.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (!row) return;
    row.dataset.dirty = "";
    if (isNew(row) && !lastIsFree()) another();
  });
  document.addEventListener("focusout", (event) => { const row = rowOf(event.target); if (row) saveWhenLeft(row); });
  document.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (!row || event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
    event.preventDefault();
    const next = row.nextElementSibling ?? (isEmpty(row) ? row : another());
    (fields(next).find((field) => !field.readOnly) ?? fields(next)[0]).focus();
    save(row);
  });
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (!rowOf(event.target) || !/[\n\t]|<[^>]+@[^>]+>/.test(text)) return;
    event.preventDefault();
    document.getElementById("names-text").value = text;
    document.getElementById("several-form").requestSubmit();
  });

  // One request of a row at a time, and nothing typed into it meanwhile.
  document.addEventListener("htmx:before:request", (event) => {
    const row = rowOf(event.target);
    if (event.target === poller) {
      if (rows().some(isSending)) event.preventDefault();
      event.detail.ctx.since = sent;
    } else if (row) {
      sent += 1;
      row.dataset.sending = "";
      row.setAttribute("aria-busy", "true");
      for (const field of fields(row)) { field.dataset.was = field.readOnly; field.readOnly = true; }
    }
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const row = rowOf(event.target);
    if (!row || !isSending(row)) return; // it was answered, and replaced
    delete row.dataset.sending;
    row.removeAttribute("aria-busy");
    for (const field of fields(row)) field.readOnly = field.dataset.was === "true";
  });
  addEventListener("online", saveAll);
  addEventListener("blur", saveAll);

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    const row = rowOf(event.target);
    if (row) {
      ctx.focus = row.contains(document.activeElement) ? document.activeElement.name : "";
      ctx.wasSaved = ctx.response.status < 400;
    } else if (ctx.target?.id === "names" && !arrange(ctx, tasks)) event.preventDefault();
  });
  // The rows keep their places while the page is open; those that are held stay as they are, whatever came.
  const arrange = (ctx, tasks) => {
    if (ctx.since !== undefined && ctx.since !== sent) { setTimeout(look, 300); return false; }
    const fresh = tasks[0]?.fragment.querySelector("#names-rows");
    const busy = rows().filter((row) => isHeld(row) && !(isNew(row) && isEmpty(row)));
    if (!fresh) return busy.length === 0; // the list closed: what is typed stays until it was answered
    const known = new Map([...fresh.children].filter((row) => !isNew(row)).map((row) => [row.id, row]));
    const kept = rows().map((row) => {
      if (!isHeld(row)) return known.get(row.id);
      row.setAttribute("hx-morph-skip", "");
      return row.cloneNode(true);
    }).filter(Boolean);
    const ids = new Set(kept.map((row) => row.id));
    const added = [...known.values()].filter((row) => !ids.has(row.id));
    fresh.replaceChildren(...kept.filter((row) => !isNew(row)), ...added, ...kept.filter(isNew));
    return true;
  };
  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = event.detail;
    for (const row of rows()) row.removeAttribute("hx-morph-skip");
    if (table() && !lastIsFree()) another();
    if (ctx.target?.id === "names") {
      if (ctx.sourceElement?.id === "several-form" && ctx.response.status < 400) ctx.sourceElement.reset();
      return;
    }
    const row = rowOf(event.target);
    if (row && ctx.focus) fields(row).find((field) => field.name === ctx.focus)?.focus();
    if (ctx.wasSaved) setTimeout(look);
  });

  // Nobody waits for an answer on a page that goes away.
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveAll(); });
  addEventListener("pagehide", () => {
    for (const row of rows()) {
      if (!("dirty" in row.dataset) || isEmpty(row)) continue;
      navigator.sendBeacon(formOf(row).action, new FormData(formOf(row)));
    }
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
