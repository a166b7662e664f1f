// What waits on this device for the network: shown, sent, and asked about before logging out. See `worker.js`.
(async () => {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  const page = document.documentElement;
  const owner = document.body.dataset.owner;
  if (document.querySelector("meta[name=kept]")) await navigator.serviceWorker.register("/worker.js").catch(() => {});
  const registration = await navigator.serviceWorker.getRegistration("/");
  if (!registration) return;
  await navigator.serviceWorker.ready;

  // Its words: from the page that says that there is no network, which is kept in the language of who reads this one.
  const WORDS = "/without-network/";
  const told = await fetch(WORDS, { headers: { "Accept-Language": page.lang } }).catch(() => null);
  if (told?.ok) await (await caches.open("assets")).put(WORDS, told.clone());
  const words = told ?? (await caches.match(WORDS));
  if (!words) return;
  const shell = new DOMParser().parseFromString(await words.text(), "text/html");
  const box = document.getElementById("kept") ?? shell.getElementById("kept");
  const dialog = document.getElementById("kept-leave") ?? shell.getElementById("kept-leave");
  if (!box || !dialog) return;
  document.getElementById("content").before(box, dialog);

  // A worker that makes place for a new version may not answer any more: its successor is asked.
  const ask = (question, given = {}) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const once = () => {
      navigator.serviceWorker.removeEventListener("controllerchange", anew);
      port1.close();
    };
    const anew = () => { once(); resolve(ask(question, given)); };
    port1.onmessage = ({ data }) => { once(); resolve(data); };
    navigator.serviceWorker.addEventListener("controllerchange", anew);
    registration.active.postMessage({ ask: question, ...given }, [port2]);
  });
  const piece = (name) => box.querySelector(`[data-kept=${name}]`);
  const clock = (at) => new Date(at).toLocaleTimeString(page.lang, { hour: "2-digit", minute: "2-digit" });

  const again = ({ url, form }) => {
    const made = document.createElement("form");
    made.method = "post";
    made.action = url;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    for (const [name, value] of new URLSearchParams(form)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = name === "csrfmiddlewaretoken" && token ? token : value;
      made.append(field);
    }
    document.body.append(made);
    made.submit();
  };

  const line = (row) => {
    const item = piece("row").content.firstElementChild.cloneNode(true);
    item.querySelector("strong").textContent = row.title.split(" · ")[0];
    item.querySelector("span").textContent = `${clock(row.at)} · ${box.dataset[row.state]}`;
    const [see, drop] = item.querySelectorAll("button");
    see.hidden = drop.hidden = row.state !== "refused";
    see.addEventListener("click", () => again(row));
    drop.addEventListener("click", async () => {
      if (confirm(drop.dataset.ask)) { await ask("drop", { id: row.id }); await show(); }
    });
    return item;
  };

  let known = 0;
  let busy = false; // something is being filled in: it stays
  for (const sign of ["input", "pointerdown"]) {
    document.querySelector("main").addEventListener(sign, ({ target }) => {
      busy ||= target.matches("canvas, input, textarea, select");
    });
  }
  const show = async () => {
    const rows = (await ask("waiting")) ?? [];
    const without = page.dataset.keptAt;
    piece("without").hidden = !without;
    piece("without").textContent = box.dataset.without.replace("{at}", clock(Number(without)));
    piece("count").hidden = !rows.length;
    piece("count").textContent =
      (rows.length === 1 ? box.dataset.one : box.dataset.many).replace("{n}", rows.length);
    piece("rows").replaceChildren(...rows.map(line));
    piece("send").hidden = !rows.length;
    box.hidden = !rows.length && !without;
    // Where somebody is to be signed for on this page: theirs waits already.
    for (const place of document.querySelectorAll("[data-ahead]")) {
      const waits = rows.some((row) => new URL(row.url).pathname === place.dataset.ahead);
      place.toggleAttribute("data-waits", waits);
      if (waits) place.dataset.waits = box.dataset.waits;
    }
    if (known && !rows.length && !busy) location.reload(); // all went: what the server says now
    known = rows.length;
  };

  const send = async () => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    await ask("send", { token: page.dataset.keptAt ? "" : token });
    await show();
  };

  if (owner) await ask("arrived", { owner });
  if (document.querySelector("meta[name=kept]") && !page.dataset.keptAt) ask("keep", { url: location.href });
  await show();
  if (known) await send();
  addEventListener("online", send);
  setInterval(() => { if (known) send(); }, 15e3);
  piece("send").addEventListener("click", send);

  // Before logging out: what waits would be lost.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!owner || !form.action.endsWith(box.dataset.logout) || form.dataset.asked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const go = async () => {
      form.dataset.asked = "";
      await ask("forget", { owner });
      form.submit();
    };
    await send();
    if (!known) { await go(); return; }
    dialog.querySelector("[data-kept=leave]").onclick = go;
    dialog.showModal();
  }, true);
})();
