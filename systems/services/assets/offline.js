// A whole form that is filled in without a connection, with its papers: kept on this device, and filed
// when there is a connection. Once: the server knows the application by its number, however often it
// is sent. What is said stands in data attributes.
import { memory, send, worker } from './help.js';
const form = document.querySelector('form[data-offline]'), say = form.dataset, id = say.offline;
const here = location.pathname, out = form.querySelector('[data-state]');
const DAYS = 30, AGAIN = 20000, WAITING = 'don-cho';

// What is typed and what is photographed stand apart, so that a letter does not write photos anew.
const base = new Promise((yes, no) => {
  const asked = indexedDB.open('tinhso', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('don');
  asked.onsuccess = () => yes(asked.result);
  asked.onerror = () => no(asked.error);
});
const shelf = async (mode, work) => {
  const change = (await base).transaction('don', mode), asked = work(change.objectStore('don'));
  return new Promise((yes, no) => { change.oncomplete = () => yes(asked?.result); change.onabort = change.onerror = () => no(change.error); });
};
const get = part => shelf('readonly', s => s.get(`${id} ${part}`));
const put = (part, value) => shelf('readwrite', s => s.put({ ...value, at: Date.now() }, `${id} ${part}`));
const waiting = on => memory.set(WAITING, [...(memory.get(WAITING) ?? []).filter(p => p !== here), ...(on ? [here] : [])]);
const clear = async () => {
  await shelf('readwrite', s => { s.delete(`${id} text`); s.delete(`${id} tep`); });
  waiting(false);
  worker({ drop: here });
};
// Nothing personal stays that nobody goes on with.
const tidy = () => shelf('readwrite', s => { s.openCursor().onsuccess = e => { const c = e.target.result; if (!c) return; if (Date.now() - c.value.at > DAYS * 864e5) c.delete(); c.continue(); }; });

const tell = (text, link) => {
  out.textContent = text;
  if (link) { const a = document.createElement('a'); a.href = link; a.textContent = say.signInLabel; out.append(' ', a); }
  form.querySelector('[data-forget]').hidden = false;
};
const inputs = () => [...form.elements].filter(i => i.name && i.name[0] !== '_' && i.type !== 'hidden');
const typed = () => inputs().filter(i => i.type !== 'file' && (!/radio|checkbox/.test(i.type) || i.checked)).map(i => [i.name, i.value]);
const papers = () => Object.fromEntries(inputs().filter(i => i.type === 'file').map(i => [i.name, [...i.files]]));
const choose = (input, files) => {
  const chosen = new DataTransfer();
  files.forEach(file => chosen.items.add(file));
  input.files = chosen.files;
  input.closest('[data-drop]').querySelector('[data-chosen]').textContent = files.map(file => file.name).join(', ');
};
const keep = go => put('text', { v: typed(), go, mark: form.elements._cu.value });
const keepPapers = () => put('tep', { v: papers() });
const full = error => tell(error?.name === 'QuotaExceededError' ? say.full : say.failed);

form.addEventListener('input', e => {
  if (e.target.type === 'file') return;
  keep(0).then(() => tell(say.kept), full);
});
form.addEventListener('change', e => {
  const input = e.target, most = +input.dataset.bytesMax;
  if (input.type !== 'file') return;
  const fits = [...input.files].filter(file => file.size <= most), large = [...input.files].find(file => file.size > most);
  if (large) choose(input, fits);
  Promise.all([keepPapers(), keep(0)]).then(() => tell(large ? say.large.replace('#', large.name) : say.kept), full);
});
form.addEventListener('submit', async e => {
  e.preventDefault(); e.stopImmediatePropagation();
  try { await Promise.all([keepPapers(), keep(1)]); } catch (error) { return full(error); }
  waiting(true);
  deliver();
}, true);
form.querySelector('[data-forget]').addEventListener('click', async () => { await clear(); location.assign(here.replace(/\/[^/]*$/, '')); });

// One window at a time; another that waited finds that all is done.
const deliver = () => navigator.locks ? navigator.locks.request(`don ${id}`, run) : run();
let again;
const later = () => { tell(say.waiting); clearTimeout(again); again = setTimeout(deliver, AGAIN); };
const stop = async text => { waiting(false); await keep(0); tell(text); };
const filed = async answer => {
  if (!/\/bien-nhan$/.test(new URL(answer.url).pathname)) return false;
  await clear();
  location.assign(answer.url);
  return true;
};
const run = async () => {
  const record = await get('text');
  if (!record?.go) { if (!record && out.textContent) location.reload(); return; }
  try {
    // Is there a connection, and does the session still stand? The page itself says so.
    tell(say.sending);
    const page = await fetch(here, { cache: 'no-store' });
    if (await filed(page)) return;
    if (new URL(page.url).pathname !== here) return tell(say.signIn, say.signInTo);
    if (page.status >= 500) return later();
    if (!page.ok) return await stop(say.gone);
    const fresh = new DOMParser().parseFromString(await page.text(), 'text/html');
    form.elements._csrf.value = fresh.querySelector('[name=_csrf]').value;
    for (const [name, files] of Object.entries((await get('tep'))?.v ?? {})) for (const file of files) {
      const show = part => tell(part === null ? say.waiting : `${say.photo.replace('#', file.name)} ${Math.round(part * 100)}%`);
      const done = await send(`${say.to}/${name.slice(5)}`, file, show);
      if (done.lost) return later();
      if (done.refused) return await stop(done.refused);
    }
    const body = new URLSearchParams([...record.v, ['_csrf', form.elements._csrf.value], ['_cu', record.mark]]);
    const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } });
    if (await filed(answer)) return;
    if (answer.redirected) return tell(say.signIn, say.signInTo);
    if (answer.status >= 500) return later();
    const told = await answer.json();
    if (told.mark) form.elements._cu.value = told.mark;
    await stop((told.faults ?? []).map(fault => fault.why).join(' ') || told.detail || say.failed);
  } catch { later(); }
};
addEventListener('online', deliver);

// What was kept is put back where it was; what waits is sent.
const [text, files] = await Promise.all([get('text'), get('tep')]);
for (const input of inputs()) {
  if (input.type === 'file') { if (files?.v[input.name]?.length) choose(input, files.v[input.name]); continue; }
  if (!text) continue;
  const values = text.v.filter(([name]) => name === input.name).map(([, value]) => value);
  if (/radio|checkbox/.test(input.type)) input.checked = values.includes(input.value); else input.value = values[0] ?? '';
}
if (text) { form.elements._cu.value = text.mark; tell(say.kept); }
worker({ keep: here });
tidy();
if (text?.go) deliver();
