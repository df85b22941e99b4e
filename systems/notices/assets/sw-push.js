// Shows a notice that came, and opens its page when it is touched.
self.addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data ? event.data.json() : {};
  } catch {
    return;
  }
  if (!said.title) return;
  event.waitUntil(
    self.registration.showNotification(said.title, { body: said.body, tag: said.tag, data: said.url }),
  );
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = event.notification.data;
  if (url) event.waitUntil(self.clients.openWindow(url));
});
