// Keeps figures fresh on pages that are whole without it: parts that are marked with data-live-part
// are exchanged for what the house sends. Where the line breaks, the browser asks again by itself;
// where the answer was no line, it gives up, and this script asks again.
const d = document;
const state = d.querySelector('[data-live-state]');
let said;
const say = key => {
  // The link to sign in is not written anew under the hand of whoever is about to follow it.
  if (!state || (key === 'out' && said === key)) return;
  said = key;
  state.textContent = state.dataset[key];
  state.dataset.now = key === 'on' ? 'on' : 'off';
  if (key !== 'out') return;
  const link = d.createElement('a');
  link.href = location.href;
  link.textContent = state.dataset.signIn;
  state.append(' ', link);
};
// Whether a page of this house answers: 'on', 'off' (no answer, or a fault), or 'out' (it sends to
// the sign-in page). The redirect is not followed: that page is for a person to open.
const asks = async path => {
  try {
    const answer = await fetch(path, { redirect: 'manual', cache: 'no-store' });
    return answer.type === 'opaqueredirect' ? 'out' : answer.ok ? 'on' : 'off';
  } catch {
    return 'off';
  }
};
const WAITS = [5, 10, 30];
for (const box of d.querySelectorAll('[data-live-events]')) {
  let lines, timer, tries = 0;
  const later = () => { timer = setTimeout(again, WAITS[Math.min(tries++, WAITS.length - 1)] * 1000); };
  const again = async () => {
    const answer = await asks(location.href);
    if (answer === 'on') return open();
    say(answer);
    later();
  };
  const open = () => {
    lines = new EventSource(box.dataset.liveEvents);
    lines.addEventListener('open', () => { tries = 0; say('on'); });
    lines.addEventListener('error', e => {
      say('off');
      if (e.target.readyState === EventSource.CLOSED) later();
    });
    lines.addEventListener('parts', e => {
      const sent = JSON.parse(e.data);
      for (const [name, html] of Object.entries(sent.parts)) {
        const part = d.querySelector(`[data-live-part="${CSS.escape(name)}"]`);
        // Whoever has the focus inside keeps it; the part is exchanged with the next news.
        if (part && !part.contains(d.activeElement)) part.innerHTML = html;
      }
      if (state) { state.dataset.on = sent.said; say('on'); }
    });
  };
  open();
  addEventListener('pagehide', () => { clearTimeout(timer); lines.close(); });
}
// A big screen goes from view to view, but never to a page that is none: it stays, says that it is
// old, and tries again.
for (const box of d.querySelectorAll('[data-live-next]')) {
  const next = async () => {
    const answer = await asks(box.dataset.liveNext);
    if (answer === 'on') return location.replace(box.dataset.liveNext);
    say(answer);
    wait();
  };
  const wait = () => setTimeout(next, Number(box.dataset.liveSeconds) * 1000);
  wait();
}
