// Without a connection: pages that the person asked to keep, and else a page that says so. Nothing
// personal is kept that was not asked to be.
const SHELL = 'tinhso-shell-1', PAGES = 'tinhso-pages-1', AWAY = '/khong-mang';
// A page, with what it needs to be seen.
const stow = async (path, into) => {
  const page = await fetch(path);
  if (!page.ok || page.redirected) return;
  const text = await page.clone().text(), shell = await caches.open(SHELL);
  await shell.addAll([...new Set([...text.matchAll(/(?:href|src)="(\/assets\/[^"#]+|\/tro-giup[^"#]+)/g)].map(m => m[1]))]);
  await (await caches.open(into)).put(path, page);
};
addEventListener('install', e => e.waitUntil(stow(AWAY, SHELL).then(() => skipWaiting())));
addEventListener('activate', e => e.waitUntil(caches.keys().then(names => Promise.all(names.filter(n => n.startsWith('tinhso-') && n !== SHELL && n !== PAGES).map(n => caches.delete(n)))).then(() => clients.claim())));
addEventListener('message', e => {
  const { keep, drop } = e.data ?? {};
  if (keep && /^\/lam\/[0-9a-f-]+\/ca-don$/.test(keep)) e.waitUntil?.(stow(keep, PAGES).then(async () => {
    // At most five forms are kept; the oldest go first.
    const pages = await caches.open(PAGES), others = (await pages.keys()).filter(k => new URL(k.url).pathname !== keep);
    await Promise.all(others.slice(0, Math.max(0, others.length - 4)).map(k => pages.delete(k)));
  }).catch(() => {}));
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
    // Any question of an application leads to its whole form, where that is kept.
    const whole = /^\/lam\/[0-9a-f-]+/.exec(url.pathname)?.[0] + '/ca-don';
    const kept = path => caches.match(path, { cacheName: PAGES });
    e.respondWith(fetch(request).catch(async () => (await kept(url.pathname)) ?? ((await kept(whole)) ? Response.redirect(whole) : caches.match(AWAY))));
  }
});
