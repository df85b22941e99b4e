// Makes or uses a passkey. All words are on the page; this only asks the device.
const raw = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const text = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

function opened(options) {
  options.challenge = raw(options.challenge);
  if (options.user) options.user.id = raw(options.user.id);
  for (const list of ['excludeCredentials', 'allowCredentials']) {
    for (const known of options[list] ?? []) known.id = raw(known.id);
  }
  return options;
}

function closed(credential) {
  const { response } = credential;
  const parts = {};
  for (const part of
    ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[part]) parts[part] = text(response[part]);
  }
  return {
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response: parts,
    extensions: {},
  };
}

async function send(address, body) {
  const answer = await fetch(address, {
    method: 'POST', body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
  });
  const said = await answer.json();
  const words = [said.title, said.detail].filter(Boolean).join('. ');
  if (!answer.ok) throw Object.assign(new Error('refused'), { said: words });
  return said;
}

for (const box of document.querySelectorAll('[data-passkey]')) {
  const [button, alert] = [box.querySelector('button'), box.querySelector('[role=alert]')];
  const say = (words) => { alert.textContent = words; alert.hidden = !words; };
  const { passkey, ask, done, csrf, next, cannot, stopped, failed, name } = box.dataset;
  if (!window.PublicKeyCredential) {
    say(cannot);
    continue;
  }
  button.hidden = false;
  button.addEventListener('click', async () => {
    say('');
    button.setAttribute('aria-busy', 'true');
    try {
      const { state, publicKey } = await send(ask, { csrf });
      const credential = await navigator.credentials[passkey]({ publicKey: opened(publicKey) });
      const { to } = await send(done, { csrf, state, tiep: next, credential: closed(credential) });
      location.assign(to);
    } catch (error) {
      const known = { NotAllowedError: stopped, AbortError: stopped, SecurityError: name };
      say(error.said || known[error.name] || failed);
    } finally {
      button.removeAttribute('aria-busy');
    }
  });
}
