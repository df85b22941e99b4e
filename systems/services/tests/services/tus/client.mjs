// Sends a file to the address given, by the tus client that others wrote; says what happened.
import { readFileSync } from 'node:fs';
import * as tus from 'tus-js-client';

const [endpoint, path, name, cookie, how] = process.argv.slice(2);
const file = readFileSync(path);
const seen = { retried: 0, resumed: 0, sent: 0 };
const options = {
  endpoint,
  chunkSize: how === 'whole' ? Infinity : 64 * 1024,
  retryDelays: [0, 100, 300, 600, 1000],
  headers: { Cookie: cookie },
  metadata: { filename: name },
  onShouldRetry: () => { seen.retried++; return true; },
  onProgress: sent => { seen.sent = sent; },
  onError: error => { console.log(JSON.stringify({ ...seen, error: String(error) })); process.exit(1); },
  onSuccess: () => { console.log(JSON.stringify(seen)); },
};
const upload = new tus.Upload(file, options);
if (how === 'paused') {
  // Somebody closes the page in the middle, and comes back later.
  let stopped = false;
  upload.options.onChunkComplete = async (_, accepted) => {
    if (stopped || accepted < file.length / 3) return;
    stopped = true;
    await upload.abort();
    const again = new tus.Upload(file, { ...options, uploadUrl: upload.url });
    again.options.onChunkComplete = () => { seen.resumed++; };
    again.start();
  };
}
if (how === 'ended') {
  upload.options.onChunkComplete = async () => {
    await upload.abort(true);
    console.log(JSON.stringify({ ended: true }));
  };
}
upload.start();
