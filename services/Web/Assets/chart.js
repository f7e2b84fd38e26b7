// A line to read a chart by, and zoom by dragging. The numbers are those of the table below the chart.

function enliven(chart) {
  if (chart.enlivened) return;
  chart.enlivened = true;
  const svg = chart.querySelector('svg');
  const cross = svg.querySelector('.cross');
  const output = chart.querySelector('[data-read]');
  const { left, right, width, from, to } = Object.fromEntries(Object.entries(chart.dataset).map(([key, value]) => [key, Number(value)]));
  const rows = [...chart.querySelectorAll('tr[data-at]')].map(row => [Number(row.dataset.at), [...row.cells].map(cell => cell.textContent.trim())]);
  const head = [...chart.querySelectorAll('th')].map(cell => cell.textContent.trim());
  let start = null, zoom = null;

  const xOf = event => {
    const box = svg.getBoundingClientRect();
    return Math.min(width - right, Math.max(left, (event.clientX - box.left) / box.width * width));
  };
  const timeOf = x => from + (x - left) / (width - left - right) * (to - from);

  svg.addEventListener('pointermove', event => {
    const x = xOf(event);
    cross.setAttribute('x1', x);
    cross.setAttribute('x2', x);
    cross.classList.add('on');
    const at = timeOf(x);
    const near = rows.reduce((best, row) => !best || Math.abs(row[0] - at) < Math.abs(best[0] - at) ? row : best, null);
    if (near) output.textContent = near[1].map((value, i) => i === 0 ? new Date(near[0] * 1000).toLocaleString(document.documentElement.lang) : value && value !== '0' ? `${head[i]} ${value}` : '').filter(Boolean).join(' · ');
    if (zoom) {
      zoom.setAttribute('x', Math.min(start, x));
      zoom.setAttribute('width', Math.abs(x - start));
    }
  });
  svg.addEventListener('pointerleave', () => { cross.classList.remove('on'); output.textContent = ''; });
  svg.addEventListener('pointerdown', event => {
    start = xOf(event);
    zoom = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [name, value] of [['class', 'zoom'], ['x', start], ['y', 0], ['width', 0], ['height', svg.viewBox.baseVal.height]]) zoom.setAttribute(name, value);
    svg.append(zoom);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointerup', event => {
    const end = xOf(event);
    zoom?.remove();
    zoom = null;
    if (Math.abs(end - start) > 8) {
      const address = new URL(location.href);
      address.search = new URLSearchParams({ from: Math.floor(timeOf(Math.min(start, end))), to: Math.ceil(timeOf(Math.max(start, end))) });
      location.href = address;
    }
  });
}

const all = () => document.querySelectorAll('[data-chart]').forEach(enliven);
all();
document.addEventListener('skypunch:changed', all);
