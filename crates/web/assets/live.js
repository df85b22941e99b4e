// Keeps figures fresh on pages that are whole without it: parts that are marked with data-live-part
// are exchanged for what the house sends. Where the line breaks, the browser asks again by itself.
const d = document;
for (const box of d.querySelectorAll('[data-live-events]')) {
  const lines = new EventSource(box.dataset.liveEvents);
  const state = d.querySelector('[data-live-state]');
  const say = key => { if (state) { state.textContent = state.dataset[key]; state.dataset.now = key; } };
  lines.addEventListener('open', () => say('on'));
  lines.addEventListener('error', () => say('off'));
  lines.addEventListener('parts', e => {
    const sent = JSON.parse(e.data);
    for (const [name, html] of Object.entries(sent.parts)) {
      const part = d.querySelector(`[data-live-part="${CSS.escape(name)}"]`);
      // Whoever has the focus inside keeps it; the part is exchanged with the next news.
      if (part && !part.contains(d.activeElement)) part.innerHTML = html;
    }
    if (state) { state.dataset.on = sent.said; say('on'); }
  });
  addEventListener('pagehide', () => lines.close());
}
// A big screen goes from view to view.
for (const box of d.querySelectorAll('[data-live-next]')) {
  setTimeout(() => location.replace(box.dataset.liveNext), Number(box.dataset.liveSeconds) * 1000);
}
