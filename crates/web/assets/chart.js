// Reads a line chart with a finger, a mouse or the keyboard: what is said of a place is what stands
// in the table under the drawing, so that both always agree.
const d = document;
const places = figure => figure.querySelector('table').tBodies[0].rows;
const written = figure => {
  const heads = [...figure.querySelector('table').tHead.rows[0].cells].map(cell => cell.textContent);
  return place => {
    const [along, ...values] = [...places(figure)[place].cells].map(cell => cell.textContent);
    return `${along}: ${values.length === 1 ? values[0] : values.map((value, at) => `${heads[at + 1]} ${value}`).join(' · ')}`;
  };
};
// A rule through the drawing, at the place that is read.
function rule(drawing, place, last) {
  const { left, right, top, foot } = drawing.dataset;
  let line = drawing.querySelector('.reading');
  if (!line) {
    line = d.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.classList.add('reading');
    drawing.append(line);
  }
  line.setAttribute('d', `M${+left + (right - left) * (last ? place / last : .5)} ${top}V${foot}`);
}
function read(figure, place) {
  const bar = figure.querySelector('.reader input');
  const said = written(figure)(place);
  bar.value = place;
  bar.setAttribute('aria-valuetext', said);
  figure.querySelector('.reader output').textContent = said;
  for (const drawing of figure.querySelectorAll('svg[data-left]')) rule(drawing, place, +bar.max);
}
d.addEventListener('input', e => {
  if (e.target.matches('.reader input')) read(e.target.closest('figure'), +e.target.value);
});
d.addEventListener('focusin', e => {
  if (e.target.matches('.reader input')) read(e.target.closest('figure'), +e.target.value);
});
for (const kind of ['pointermove', 'pointerdown']) d.addEventListener(kind, e => {
  const drawing = e.target.closest?.('svg[data-left]');
  if (!drawing) return;
  const { left, right } = drawing.dataset;
  const figure = drawing.closest('figure');
  const last = +figure.querySelector('.reader input').max;
  const box = drawing.getBoundingClientRect();
  const at = (e.clientX - box.left) / box.width * drawing.viewBox.baseVal.width;
  read(figure, Math.min(last, Math.max(0, Math.round((at - left) / (right - left) * last))));
}, { passive: true });
