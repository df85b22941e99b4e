// Ease for the pages of services; every page works without. What it says stands in data attributes.
const d = document;
const one = (s, from = d) => from.querySelector(s);
const all = (s, from = d) => [...from.querySelectorAll(s)];
const memory = { get: k => { try { return JSON.parse(localStorage.getItem(k)); } catch { return null; } }, set: (k, v) => { try { localStorage.setItem(k, JSON.stringify(v)); } catch {} }, drop: k => { try { localStorage.removeItem(k); } catch {} } };

// The worker that answers where there is no connection.
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
const tell = async message => (await navigator.serviceWorker?.ready)?.active?.postMessage(message);

// Answers are checked by the same document as on the server: /dich-vu/CODE/mau.json.
const schemas = {};
const schema = path => schemas[path] ??= fetch(path).then(r => r.ok ? r.json() : null).catch(() => null);
const real = (y, m, day) => { const t = new Date(Date.UTC(y, m - 1, day)); return t.getUTCMonth() === m - 1 && t.getUTCDate() === +day; };
export const wrong = (part, required, value, say) => {
  if (value === '') return required ? say.missing : '';
  if (part.type === 'integer') {
    const n = value.replace(/[. ]/g, '');
    if (!/^\d+$/.test(n)) return say.form;
    if (part.minimum !== undefined && +n < part.minimum) return say.small.replace('#', part.minimum);
    if (part.maximum !== undefined && +n > part.maximum) return say.great.replace('#', part.maximum);
    return '';
  }
  const letters = [...value].length;
  if (part.minLength > letters) return say.short.replace('#', part.minLength);
  if (part.maxLength < letters) return say.long.replace('#', part.maxLength);
  if (part.pattern && !new RegExp(part.pattern, 'u').test(value)) return say.form;
  if (part.oneOf && !part.oneOf.some(c => c.const === value)) return say.missing;
  const digits = value.replace(/[ .-]/g, '');
  if (part.format === 'citizen-id' && !/^\d{12}$/.test(digits)) return say.form;
  if (part.format === 'phone' && !/^(\+84|0)\d{9,10}$/.test(digits)) return say.form;
  if (part.format === 'date') { const [y, m, day] = value.split('-'); if (!/^\d{4}$/.test(y) || !real(y, m, day)) return say.form; }
  return '';
};
const given = (form, name) => {
  const box = p => form.elements[`${name}-${p}`]?.value.trim() ?? '';
  if (form.elements[`${name}-day`]) { const v = [box('year'), box('month'), box('day')]; return v.every(x => !x) ? '' : v.join('-'); }
  const it = form.elements[name];
  return (it?.value ?? '').trim();
};
for (const form of all('form[data-schema]')) {
  const field = /^o-(.+)$/.exec(form.dataset.question ?? '')?.[1];
  if (!field) continue;
  schema(form.dataset.schema);
  form.addEventListener('submit', async e => {
    if (form.dataset.checked || e.submitter?.value === 'later') return;
    e.preventDefault(); e.stopImmediatePropagation();
    const doc = await schema(form.dataset.schema);
    const part = doc?.properties?.[field];
    const fault = part && wrong(part, doc.required?.includes(field), given(form, 'a'), form.dataset);
    if (fault && part.format !== 'commune') {
      const box = one('.field', form);
      let said = one('.err', box);
      if (!said) { said = d.createElement('span'); said.className = 'err'; said.setAttribute('role', 'alert'); (one('h1', box)?.parentNode ?? box).after(said); }
      said.textContent = fault;
      one('input,textarea,select', box)?.focus();
      return;
    }
    form.dataset.checked = '1';
    // What Enter sends is still being sent here; a second request would be passed over.
    await wait(0);
    form.requestSubmit(e.submitter ?? undefined);
  }, true);
}

// Files go up in pieces and go on after a broken connection (tus 1.0.0).
const PIECE = 256 * 1024;
const tus = { 'Tus-Resumable': '1.0.0' };
const why = async answer => (await answer.json().catch(() => ({}))).detail || String(answer.status);
const wait = ms => new Promise(done => setTimeout(done, ms));
export const send = async (to, file, progress) => {
  const key = `tep ${to} ${file.name} ${file.size} ${file.lastModified}`;
  for (let tries = 0; ; tries++) {
    try {
      let at = memory.get(key), offset = 0;
      if (at) {
        const known = await fetch(at, { method: 'HEAD', headers: tus });
        if (known.ok) offset = +known.headers.get('Upload-Offset'); else { at = null; memory.drop(key); }
      }
      if (!at) {
        const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
        const made = await fetch(to, { method: 'POST', headers: { ...tus, 'Upload-Length': file.size, 'Upload-Metadata': `filename ${name}` } });
        if (!made.ok) return { refused: await why(made) };
        memory.set(key, at = made.headers.get('Location'));
      }
      while (offset < file.size) {
        const piece = file.slice(offset, offset + PIECE);
        const put = await fetch(at, { method: 'PATCH', body: piece, headers: { ...tus, 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' } });
        if (put.status === 409) break;
        if (!put.ok) { memory.drop(key); return { refused: await why(put) }; }
        offset = +put.headers.get('Upload-Offset');
        progress(offset / file.size);
        tries = 0;
      }
      if (offset >= file.size) { memory.drop(key); return {}; }
    } catch {
      if (tries > 30) return { lost: true };
      progress(null);
      await wait(Math.min(1000 * 2 ** tries, 15000));
    }
  }
};
for (const form of all('form[data-tus]')) {
  form.addEventListener('submit', async e => {
    const input = one('input[type=file]', form);
    if (!input?.files.length || form.dataset.sending) return;
    e.preventDefault(); e.stopImmediatePropagation();
    form.dataset.sending = '1';
    const out = one('[data-chosen]', form);
    for (const file of [...input.files]) {
      const show = part => { out.textContent = part === null ? form.dataset.broken : `${file.name}: ${Math.round(part * 100)}%`; };
      show(0);
      const done = await send(form.dataset.tus, file, show);
      if (done.refused || done.lost) { out.textContent = done.refused || form.dataset.broken; delete form.dataset.sending; return; }
    }
    input.value = '';
    form.requestSubmit(e.submitter ?? undefined);
  }, true);
}

// A whole form that is filled in without a connection, and sent when there is one: once, since the
// server knows the application by its number.
for (const form of all('form[data-offline]')) {
  const key = 'don ' + form.dataset.offline, out = one('[data-state]', form.parentNode);
  const state = () => all('input,textarea,select', form).filter(i => i.name && i.type !== 'hidden' && i.type !== 'file').map(i => [i.name, i.value, !!i.checked]);
  const say = (word, link) => { if (!out) return; out.textContent = form.dataset[word] ?? word; if (link) { const a = d.createElement('a'); a.href = link; a.textContent = form.dataset.signInLabel; out.append(' ', a); } };
  const kept = memory.get(key);
  if (kept) all('input,textarea,select', form).filter(i => i.name && i.type !== 'hidden').forEach(i => { for (const [n, v, on] of kept.v) if (n === i.name && (!/radio|checkbox/.test(i.type) || v === i.value)) { if (/radio|checkbox/.test(i.type)) i.checked = on; else i.value = v; } });
  form.addEventListener('input', () => { memory.set(key, { v: state(), go: memory.get(key)?.go }); say('kept'); });
  let busy = false;
  const deliver = async () => {
    if (busy || !memory.get(key)?.go) return;
    busy = true;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'application/json' }, redirect: 'manual' });
      if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) { say('signIn', form.dataset.signInTo); return; }
      const told = await answer.json();
      if (answer.ok) { memory.drop(key); tell({ drop: location.pathname }); location.assign(told.next); return; }
      memory.set(key, { v: state() });
      say(Object.values(told.faults ?? {}).join(' '));
    } catch { say('waiting'); } finally { busy = false; }
  };
  form.addEventListener('submit', e => { e.preventDefault(); e.stopImmediatePropagation(); memory.set(key, { v: state(), go: 1 }); say('waiting'); deliver(); }, true);
  addEventListener('online', deliver);
  tell({ keep: location.pathname });
  deliver();
}
