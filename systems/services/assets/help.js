// Ease for the pages of services; every page works without. What it says stands in data attributes.
const d = document;
const one = (s, from = d) => from.querySelector(s);
const all = (s, from = d) => [...from.querySelectorAll(s)];
export const memory = { get: k => { try { return JSON.parse(localStorage.getItem(k)); } catch { return null; } }, set: (k, v) => { try { localStorage.setItem(k, JSON.stringify(v)); } catch {} }, drop: k => { try { localStorage.removeItem(k); } catch {} } };

// The worker that answers where there is no connection.
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
export const worker = async message => (await navigator.serviceWorker?.ready)?.active?.postMessage(message);

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
// Without a connection nothing is sent, and so nothing is lost: it goes when there is one.
for (const form of all('form[data-away]')) {
  form.addEventListener('submit', e => {
    if (navigator.onLine) return;
    e.preventDefault(); e.stopImmediatePropagation();
    const out = one('.saved', form.parentNode);
    if (out) { out.textContent = form.dataset.away; out.setAttribute('role', 'status'); }
    addEventListener('online', () => form.requestSubmit(e.submitter ?? undefined), { once: true });
  }, true);
}
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
        if (!made.ok || !made.headers.get('Location')) return { refused: await why(made) };
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

// A form on this device that waits to be sent is not forgotten.
const waits = one('[data-waits]'), path = memory.get('don-cho')?.[0];
if (waits && path) { one('a', waits).href = path; waits.hidden = false; }
