// Reads where the phone is, when asked. Without it the commune and the map do.
const box = document.querySelector('[data-position]');
if (box && navigator.geolocation) {
  const button = box.querySelector('button');
  const said = box.querySelector('[role=status]');
  box.hidden = false;
  button.addEventListener('click', () => {
    said.textContent = box.dataset.wait;
    navigator.geolocation.getCurrentPosition(
      at => {
        const form = button.form;
        form.elements.vi_do.value = at.coords.latitude.toFixed(6);
        form.elements.kinh_do.value = at.coords.longitude.toFixed(6);
        said.textContent = box.dataset.done;
      },
      () => { said.textContent = box.dataset.failed; },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
}
