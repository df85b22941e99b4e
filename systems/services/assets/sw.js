// Without a connection: pages that the person asked to keep, and else a page that says so. Nothing
// personal is kept that was not asked to be.
const SHELL = 'tinhso-shell-1', PAGES = 'tinhso-pages-1', AWAY = '/khong-mang';
addEventListener('install', e => e.waitUntil(caches.open(SHELL).then(async shell => {
  const page = await fetch(AWAY);
  const text = await page.clone().text();
  await shell.put(AWAY, page);
  await shell.addAll([...new Set([...text.matchAll(/(?:href|src)="(\/assets\/[^"#]+|\/tro-giup[^"#]+)/g)].map(m => m[1]))]);
}).then(() => skipWaiting())));
addEventListener('activate', e => e.waitUntil(caches.keys().then(names => Promise.all(names.filter(n => n.startsWith('tinhso-') && n !== SHELL && n !== PAGES).map(n => caches.delete(n)))).then(() => clients.claim())));
addEventListener('message', e => {
  const { keep, drop } = e.data ?? {};
  if (keep && /^\/lam\/[0-9a-f-]+\/ca-don$/.test(keep)) e.waitUntil?.(caches.open(PAGES).then(async pages => {
    // At most five forms are kept; the oldest go first.
    const old = await pages.keys();
    await Promise.all(old.slice(0, Math.max(0, old.length - 4)).map(k => pages.delete(k)));
    const page = await fetch(keep);
    if (page.ok && !page.redirected) await pages.put(keep, page);
  }));
  if (drop) e.waitUntil?.(caches.open(PAGES).then(pages => pages.delete(drop)));
});
addEventListener('fetch', e => {
  const { request } = e, url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/assets/') || url.pathname.startsWith('/tro-giup')) {
    e.respondWith(caches.match(request).then(found => found ?? fetch(request).then(answer => {
      if (answer.ok) { const copy = answer.clone(); caches.open(SHELL).then(shell => shell.put(request, copy)); }
      return answer;
    })));
  } else if (request.mode === 'navigate') {
    e.respondWith(fetch(request).catch(async () => (await caches.match(url.pathname, { cacheName: PAGES })) ?? caches.match(AWAY)));
  }
});
