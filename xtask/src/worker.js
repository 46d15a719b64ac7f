// Keeps the parts of one version of the page, for when there is no network. A page gets all its parts from the version that it was opened
// with; a newer one is fetched whole beside it, and takes over when no page of the older is open any more. Drafts are not its business.
"use strict";
const INDEX = "INDEX_HASH";
const PARTS = [PART_NAMES];
const OWN = "jixiao " + self.registration.scope + " ";
const SHELF = OWN + INDEX;

// The names of all parts but one tell what is in them. That one is looked at, since a host may give out an older one still.
async function index() {
  const answer = await fetch("./", { cache: "reload" });
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.clone().arrayBuffer()));
  const name = Array.from(hash.slice(0, 8), byte => byte.toString(16).padStart(2, "0")).join("");
  // One that the host sent on elsewhere may not be given to a page that is opened.
  if (!answer.ok || answer.redirected || name !== INDEX) throw new Error("another version of the page");
  return answer;
}

self.addEventListener("install", event => {
  event.waitUntil(caches.open(SHELF).then(async shelf => {
    await shelf.put("./", await index());
    await shelf.addAll(PARTS);
  }));
});

self.addEventListener("activate", event => {
  event.waitUntil(caches.keys().then(names => {
    return Promise.all(names.filter(name => name.startsWith(OWN) && name !== SHELF).map(name => caches.delete(name)));
  }));
});

self.addEventListener("fetch", event => {
  const asked = event.request;
  const place = asked.url.split(/[?#]/)[0].slice(self.registration.scope.length);
  const name = asked.mode === "navigate" && (place === "" || place === "index.html") ? "./" : "./" + place;
  if (asked.method !== "GET" || !asked.url.startsWith(self.registration.scope) || (name !== "./" && !PARTS.includes(name))) return;
  // A shelf that can't be opened any more is as good as an empty one.
  const kept = caches.open(SHELF).then(shelf => shelf.match(name)).catch(() => undefined);
  event.respondWith(kept.then(kept => kept || fetch(asked)));
});
