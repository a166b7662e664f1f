// Goes on without network: keeps the pages that say so, and what is filled in there until it could be sent.
//
// A page with the header `Cordee-Keep: owner key` is kept on the device for its owner. A form sent from one while there
// is no network waits here, encrypted with that key, and is sent again until the server says that it was done: the
// token of the form makes it done once. This file may change at any time; what waits is in a form that every version
// reads (address and body of a form, as a browser sends it).
const PAGES = "kept-";
const ASSETS = "assets";
const KEY = "/kept-key";
const WITHOUT_NETWORK = "/without-network/";
const PATIENCE = 12e3; // for an answer, before it counts as none
const FRESH = 15 * 60e3; // a page kept ahead is fetched again after this
const LIFE = 18 * 3600e3; // a page that is older is not shown any more
const NO_SERVER = [502, 503, 504];

addEventListener("install", (event) => event.waitUntil((async () => {
  const answer = await fetch(WITHOUT_NETWORK).catch(() => null);
  if (answer?.ok) {
    await dress(await answer.clone().text());
    await (await caches.open(ASSETS)).put(WITHOUT_NETWORK, answer);
  }
  await skipWaiting();
})()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  if (new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(request.method === "POST" ? sent(event) : opened(event));
  } else if (request.method === "GET" && ["style", "script", "font", "image"].includes(request.destination)) {
    event.respondWith(asset(request));
  }
});

// --- pages ------------------------------------------------------------------------------------
const reach = async (request, options) => {
  const answer = await fetch(request, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  if (NO_SERVER.includes(answer.status)) throw new Error("no server");
  return answer;
};

const opened = async (event) => {
  const { url } = event.request;
  try {
    const answer = await reach(event.request);
    if (answer.headers.has("Cordee-Keep")) event.waitUntil(keep(url, answer.clone()).then((html) => ahead(html)));
    return answer;
  } catch {
    const copy = await copyOf(url);
    return copy ? shown(copy) : withoutNetwork();
  }
};

const withoutNetwork = async () => (await caches.match(WITHOUT_NETWORK, { ignoreVary: true })) ?? Response.error();

const asset = async (request) => {
  const kept = await caches.open(ASSETS);
  try {
    const answer = await fetch(request);
    if (answer.ok) kept.put(request.url, answer.clone()).catch(() => {});
    return answer;
  } catch {
    return (await kept.match(request.url, { ignoreVary: true })) ?? Response.error();
  }
};

// The scripts and stylesheets of a page that nobody has opened yet.
const dress = async (html) => {
  const kept = await caches.open(ASSETS);
  const named = html.matchAll(/ (?:src|href|data-keeping)="(\/[^"]+\.(?:css|js|svg|woff2)(?:\?[^"]*)?)"/g);
  for (const [, path] of named) {
    const url = new URL(path, location.origin).href;
    if (!(await kept.match(url, { ignoreVary: true }))) await kept.add(url).catch(() => {});
  }
};

const bare = (url) => url.split("#")[0];

const keep = async (url, answer) => {
  const [owner, key] = answer.headers.get("Cordee-Keep").split(" ");
  const html = await answer.text();
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
  headers.set("Kept-At", Date.now());
  const pages = await caches.open(PAGES + owner);
  await pages.put(KEY, new Response(key));
  await dress(html);
  await pages.put(bare(url), new Response(html, { headers }));
  return html;
};

// What a kept page leads to (`data-ahead`) is fetched before it is needed, one after the other.
const ahead = async (html, depth = 2) => {
  for (const [, path] of html.matchAll(/ data-ahead="([^"]+)"/g)) {
    const url = new URL(path, location.origin).href;
    const copy = await copyOf(url);
    if (copy && Date.now() - copy.at < FRESH) continue;
    try {
      const answer = await reach(url, { credentials: "same-origin" });
      if (!answer.headers.has("Cordee-Keep") || answer.redirected) continue;
      const found = await keep(url, answer);
      if (depth > 1) await ahead(found, depth - 1);
    } catch { return; }
  }
};

const owners = async () => (await caches.keys()).filter((name) => name.startsWith(PAGES));

const copyOf = async (url) => {
  for (const name of await owners()) {
    const pages = await caches.open(name);
    const found = await pages.match(bare(url));
    if (!found) continue;
    const at = Number(found.headers.get("Kept-At"));
    if (Date.now() - at < LIFE) return { url: bare(url), pages, owner: name.slice(PAGES.length), at, answer: found };
    await pages.delete(bare(url));
  }
  return null;
};

// A kept page works by plain forms: nothing on it asks the server by itself.
const shown = async ({ answer, at }) => {
  const html = (await answer.text())
    .replace("<html", `<html data-kept-at="${at}"`)
    .replace(/ (hx-(get|post|trigger|target|swap)|data-poll)="[^"]*"/g, "");
  return new Response(html, { headers: answer.headers });
};

// --- forms ------------------------------------------------------------------------------------
const sent = async (event) => {
  const { request } = event;
  const form = await request.clone().text().catch(() => "");
  const copy = (await copyOf(request.url)) ?? (request.referrer && (await copyOf(request.referrer)));
  try {
    const answer = await reach(request);
    // Its token is used: the next one to fill in is a new page.
    if (copy && (answer.ok || answer.type === "opaqueredirect")) await copy.pages.delete(copy.url);
    return answer;
  } catch {
    if (!copy || !(request.headers.get("Content-Type") ?? "").includes("x-www-form-urlencoded")) {
      return withoutNetwork();
    }
    await put(copy, request.url, form);
    return Response.redirect(copy.answer.headers.get("Cordee-Keep-Then") || copy.url, 303);
  }
};

const put = async (copy, url, form) => {
  const title = (await copy.answer.clone().text()).match(/<title>([^<]*)<\/title>/)?.[1]?.trim() ?? "";
  const before = (await waiting(copy.owner)).map(({ form: other }) => other);
  if (before.includes(form)) return; // a double click
  const fields = new URLSearchParams(form);
  const token = fields.get("form_token");
  // A kept page that is filled in twice is two forms.
  if (before.some((other) => new URLSearchParams(other).get("form_token") === token)) {
    fields.set("form_token", crypto.randomUUID());
  }
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = JSON.stringify({ title, url, form: fields.toString() });
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv }, await keyOf(copy.owner), new TextEncoder().encode(text));
  await stored("readwrite", (store) => store.add({ owner: copy.owner, at: Date.now(), iv, sealed, state: "waits" }));
  await registration.sync?.register("send").catch(() => {});
};

const keyOf = async (owner) => {
  const found = await (await caches.open(PAGES + owner)).match(KEY);
  if (!found) return null;
  const raw = Uint8Array.from(atob(await found.text()), (sign) => sign.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
};

const stored = (mode, act) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("kept", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("forms", { keyPath: "id", autoIncrement: true });
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const database = opening.result;
    const transaction = database.transaction("forms", mode);
    const request = act(transaction.objectStore("forms"));
    transaction.oncomplete = () => { database.close(); resolve(request?.result); };
    transaction.onabort = () => { database.close(); reject(transaction.error); };
  };
});

// What waits of one owner, in the order in which it was done; of others nothing can be read.
const waiting = async (owner) => {
  const key = await keyOf(owner);
  if (!key) return [];
  const found = [];
  for (const row of await stored("readonly", (store) => store.getAll())) {
    if (row.owner !== owner) continue;
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, key, row.sealed).catch(() => null);
    if (text) found.push({ ...row, ...JSON.parse(new TextDecoder().decode(text)) });
  }
  return found;
};

const change = (row, state) =>
  stored("readwrite", (store) => store.put({
    id: row.id, owner: row.owner, at: row.at, iv: row.iv, sealed: row.sealed, state,
  }));
const drop = (id) => stored("readwrite", (store) => store.delete(id));

const send = (token) => navigator.locks.request("kept-send", async () => {
  for (const name of await owners()) {
    for (const row of await waiting(name.slice(PAGES.length))) {
      const state = await deliver(row, token).catch(() => "waits");
      if (state === "done") await drop(row.id);
      else if (state !== row.state) await change(row, state);
      if (state === "waits") return;
    }
  }
});

// What the server says of one: done; refused with its reasons; or not now.
const deliver = async ({ url, form, at }, token) => {
  const fields = new URLSearchParams(form);
  if (token) fields.set("csrfmiddlewaretoken", token);
  const answer = await reach(url, {
    method: "POST",
    body: fields,
    headers: { "Cordee-Kept": String(at) },
    credentials: "same-origin",
    redirect: "manual",
  });
  if (answer.status === 204 && answer.headers.has("Cordee-Done")) return "done";
  if (answer.type === "opaqueredirect") return "login";
  if (answer.status === 403) return "login";
  return answer.status === 408 || answer.status === 429 || answer.status >= 500 ? "waits" : "refused";
};

addEventListener("sync", (event) => event.waitUntil(send()));

// --- pages ask --------------------------------------------------------------------------------
const ASKED = {
  keep: async ({ url }) => {
    if (await copyOf(url)) return;
    const answer = await reach(url, { credentials: "same-origin" });
    if (answer.headers.has("Cordee-Keep")) await ahead(await keep(url, answer));
  },
  send: async ({ token }) => send(token),
  waiting: async () => {
    const found = [];
    for (const name of await owners()) found.push(...(await waiting(name.slice(PAGES.length))));
    return found.map(({ id, at, state, title, url, form }) => ({ id, at, state, title, url, form }));
  },
  drop: async ({ id }) => drop(id),
  // Somebody else is logged in on this device: pages of the one before are not for them. What waits stays, unreadable.
  arrived: async ({ owner }) => {
    for (const name of await owners()) {
      if (name.startsWith(`${PAGES}a`) && name !== PAGES + owner) await caches.delete(name);
    }
  },
  forget: async ({ owner }) => {
    for (const row of await waiting(owner)) await drop(row.id);
    await caches.delete(PAGES + owner);
  },
};

addEventListener("message", (event) => {
  const { ask, ...given } = event.data ?? {};
  if (!Object.hasOwn(ASKED, ask)) return;
  event.waitUntil(ASKED[ask](given).then(
    (answer) => event.ports[0]?.postMessage(answer ?? null),
    () => event.ports[0]?.postMessage(null),
  ));
});
