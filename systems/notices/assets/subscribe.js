// Asks this browser to take notices. A worker of its own shows them; it needs nothing else of the site.
const section = document.querySelector("[data-push]");
const say = (text) => { section.querySelector("[role=status]").textContent = text; };
const bytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const subscribe = async () => {
  if ((await Notification.requestPermission()) !== "granted") return say(section.dataset.no);
  const worker = await navigator.serviceWorker.register("/thong-bao/sw-push.js", { scope: "/thong-bao/" });
  const key = bytes(section.dataset.push);
  let given = await worker.pushManager.getSubscription();
  const known = given && new Uint8Array(given.options.applicationServerKey || []);
  if (given && (known.length !== key.length || known.some((byte, at) => byte !== key[at]))) {
    await given.unsubscribe();
    given = null;
  }
  // A worker that is not running yet cannot subscribe.
  for (let waited = 0; !worker.active && waited < 50; waited++) {
    await new Promise((go) => setTimeout(go, 100));
  }
  given ??= await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const answer = await fetch(section.dataset.to, {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf": section.dataset.csrf },
    body: JSON.stringify(given),
  });
  if (!answer.ok) throw new Error(answer.status);
  location.reload();
};
if (section && "serviceWorker" in navigator && "PushManager" in window) {
  const acts = section.querySelector("div");
  acts.hidden = false;
  say("");
  acts.querySelector("button").addEventListener("click", () => {
    subscribe().catch(() => say(section.dataset.bad));
  });
}
