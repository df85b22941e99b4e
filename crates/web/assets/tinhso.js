// Ease only: every page works without. What it says stands in data attributes of <body>.
const d = document, body = d.body, say = body.dataset;
const one = (s, from = d) => from.querySelector(s);
const all = (s, from = d) => [...from.querySelectorAll(s)];
const typing = e => e.target.closest?.('input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]');

// Keys.
const name = e => (e.ctrlKey || e.metaKey ? 'Ctrl ' : '') + (e.altKey ? 'Alt ' : '') + (e.key.length > 1 ? e.key : e.key.toLowerCase());
d.addEventListener('keydown', e => {
  if (e.isComposing) return;
  const key = name(e);
  const does = keys[key] || (e.altKey && /^Digit[1-9]$/.test(e.code) && (() => jump(e.code[5]))) || byName(key);
  if (does && (key.length > 1 || !typing(e)) && does(e) !== false) e.preventDefault();
});
const byName = key => {
  const it = all('[data-key]').find(x => x.dataset.key.toLowerCase() === key.toLowerCase() && x.offsetParent);
  return it && (() => it.matches('input') ? (it.focus(), it.select()) : it.click());
};
const keys = {
  'Ctrl Enter': () => {
    const it = one('[data-key="Ctrl Enter"]') || one('[data-main] .btn.go, form[data-main] .btn.go');
    return it ? it.click() : false;
  },
  j: () => move(1), k: () => move(-1), x: () => tick(),
  Enter: e => {
    const link = at() && !typing(e) && !e.target.closest('a,button,summary,input') && one('a', at());
    return link ? link.click() : false;
  },
  '?': () => { const box = one('dialog#keys'); return box ? box.showModal() : false; },
};
const jump = n => {
  const section = one(`[data-section="${n}"]`);
  if (!section) return false;
  section.scrollIntoView({ block: 'start' });
  (one('.in :is(input,select,textarea,button,a[href]):not([type=hidden],[readonly])', section) || one('h2', section)).focus({ preventScroll: true });
};

// Lists: J and K go up and down, X ticks.
const at = () => one('[data-row].at');
const move = by => {
  const list = all('[data-list] [data-row]');
  if (!list.length) return false;
  const i = list.indexOf(at());
  const next = list[Math.max(0, Math.min(list.length - 1, i < 0 ? 0 : i + by))];
  at()?.classList.remove('at');
  next.classList.add('at');
  next.scrollIntoView({ block: 'nearest' });
  (one('a', next) || next).focus({ preventScroll: true });
};
const tick = () => at() ? one('input', at())?.click() : false;

// The bulk bar says how many rows each action will do, and why the rest wait.
const count = list => {
  const bar = one('[data-bulk]', list);
  if (!bar) return;
  const on = all('[data-row]', list).filter(r => one('input:checked', r));
  const write = (it, n) => { it.dataset.plain ??= it.textContent; it.textContent = n ? it.dataset.counted.replace('#', n) : it.dataset.plain; };
  write(one('b[data-counted]', bar), on.length);
  let left = [];
  for (const it of all('button[data-counted]', bar)) {
    const can = on.filter(r => !r.dataset.can || r.dataset.can.split(' ').includes(it.value));
    if (it.dataset.counted) write(it, can.length);
    if (it.classList.contains('go')) left = on.filter(r => !can.includes(r));
  }
  const rest = one('[data-rest]', bar), why = left.find(r => r.dataset.why)?.dataset.why;
  if (rest) rest.textContent = left.length ? rest.dataset.rest.replace('#', left.length) + (why ? ': ' + why : '') : '';
};
d.addEventListener('change', e => { const list = e.target.closest('[data-list]'); if (list) count(list); });
d.addEventListener('reset', e => setTimeout(() => { const list = e.target.closest('[data-list]'); if (list) { all('[data-row] input', list).forEach(i => i.checked = false); count(list); } }));
all('[data-list]').forEach(count);

// Forms: sent once, busy after 400 ms, asked about when left unsaved.
const dirty = new Set();
d.addEventListener('input', e => { const f = e.target.form; if (f?.method === 'post') dirty.add(f); });
d.addEventListener('submit', e => {
  const form = e.target, button = e.submitter;
  if (form.method === 'dialog' || button?.formTarget === '_blank') return;
  if (form.dataset.sent) return e.preventDefault();
  dirty.delete(form);
  if (form.method !== 'post') return;
  if (button?.name === 'sign-out') Object.keys(localStorage).filter(k => k.startsWith('draft ')).forEach(k => localStorage.removeItem(k));
  form.dataset.sent = '1';
  if (form.dataset.draft) forget(form);
  setTimeout(() => { if (form.dataset.sent && button) { button.setAttribute('aria-busy', 'true'); [...button.childNodes].find(n => n.nodeType === 3).data = say.busy; } }, 400);
});
addEventListener('pageshow', e => e.persisted && all('[data-sent]').forEach(f => { delete f.dataset.sent; all('[aria-busy]', f).forEach(b => b.removeAttribute('aria-busy')); }));
addEventListener('beforeunload', e => { if ([...dirty].some(f => f.isConnected && 'unsaved' in f.dataset)) { e.preventDefault(); e.returnValue = say.leave; } });

// Drafts stay here for a day; secrets, files and personal data never do.
const slot = f => 'draft ' + f.dataset.draft;
const kept = f => [...f.elements].filter(i => i.name && i.name[0] !== '_' && !i.readOnly && !/^(hidden|password|file|submit|button|reset)$/.test(i.type) && !('nodraft' in i.dataset));
const state = f => kept(f).map(i => [i.name, i.value, !!i.checked]);
const forget = f => { try { localStorage.removeItem(slot(f)); } catch {} };
const note = f => {
  const p = Object.assign(d.createElement('p'), { className: 'draft', textContent: say.restored });
  const b = Object.assign(d.createElement('button'), { type: 'button', className: 'btn sm', textContent: say.forget });
  p.setAttribute('role', 'status');
  b.onclick = () => { forget(f); dirty.delete(f); f.reset(); p.remove(); };
  p.append(b);
  f.prepend(p);
};
for (const f of all('form[data-draft]')) {
  try {
    const draft = JSON.parse(localStorage.getItem(slot(f)));
    if (draft && Date.now() - draft.at < 864e5) {
      if (JSON.stringify(draft.v) !== JSON.stringify(state(f))) {
        kept(f).forEach((i, n) => { const v = draft.v[n]; if (v && v[0] === i.name) /^(checkbox|radio)$/.test(i.type) ? i.checked = v[2] : i.value = v[1]; });
        note(f);
      }
    }
  } catch {}
  let wait;
  f.addEventListener('input', () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      if (f.dataset.sent) return;
      try {
        localStorage.setItem(slot(f), JSON.stringify({ at: Date.now(), v: state(f) }));
        const out = one('main [data-saved]'), time = new Date().toTimeString().slice(0, 5);
        if (out) out.textContent = `${say.saved} ${time}.`;
      } catch {}
    }, 800);
  });
}

// Search while typing: a fragment goes into the target.
const live = new WeakMap();
d.addEventListener('input', e => {
  const it = e.target.closest('[data-live]'), into = it && d.getElementById(it.dataset.target);
  if (!into) return;
  const old = live.get(it) || {};
  clearTimeout(old.wait); old.stop?.abort();
  const stop = new AbortController();
  const wait = setTimeout(async () => {
    const query = new URLSearchParams(it.matches('form') ? new FormData(it) : [[it.name, it.value]]);
    into.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(`${it.dataset.live}${it.dataset.live.includes('?') ? '&' : '?'}${query}`, { signal: stop.signal, headers: { Accept: 'text/html', 'X-Fragment': '1' } });
      if (answer.ok) { into.innerHTML = await answer.text(); all('[data-list]', into).forEach(count); }
    } catch {}
    if (live.get(it)?.stop === stop) into.removeAttribute('aria-busy');
  }, 200);
  live.set(it, { wait, stop });
});

// Files are dropped where they may be chosen.
for (const box of all('[data-drop]')) {
  const input = one('input[type=file]', box), out = one('[data-chosen]', box);
  const over = on => e => { e.preventDefault(); box.classList.toggle('over', on); };
  box.addEventListener('dragover', over(true));
  box.addEventListener('dragleave', over(false));
  box.addEventListener('drop', e => { over(false)(e); input.files = e.dataTransfer.files; input.dispatchEvent(new Event('change', { bubbles: true })); });
  input.addEventListener('change', () => { if (input.files.length && out) out.textContent = [...input.files].map(f => f.name).join(', '); });
}

one('[data-focus]')?.focus();
