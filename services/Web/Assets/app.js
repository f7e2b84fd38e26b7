// Times in the viewer's zone, questions before what cannot be undone, search as you type. The page works without.

const relative = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto', style: 'short' });
const absolute = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'medium' });

function ago(seconds) {
  for (const [unit, size] of [['day', 86400], ['hour', 3600], ['minute', 60]]) {
    if (Math.abs(seconds) >= size) return relative.format(-Math.floor(seconds / size), unit);
  }
  return relative.format(-Math.max(0, Math.floor(seconds)), 'second');
}

export function tellTimes(root = document) {
  for (const time of root.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    const text = time.dataset.form === 'ago' ? ago((Date.now() - at) / 1000) : absolute.format(at);
    if (time.textContent !== text) time.textContent = text;
    time.title = `${time.dateTime.replace('T', ' ').replace('Z', ' UTC')}`;
  }
}

tellTimes();
setInterval(tellTimes, 5000);
document.addEventListener('skypunch:changed', () => tellTimes());

document.addEventListener('submit', event => {
  const button = event.submitter;
  if (button?.dataset.ask && !confirm(button.dataset.ask)) {
    event.preventDefault();
    return;
  }
  if (button?.dataset.busy) {
    button.textContent = button.dataset.busy;
    button.setAttribute('aria-busy', 'true');
  }
});

document.addEventListener('change', event => {
  if (event.target.matches('[data-all]')) {
    for (const box of event.target.form.querySelectorAll('input[name=id]')) box.checked = event.target.checked;
  }
});

// Search as you type: the address follows, so that it can be shared, and the results are replaced in place.
const search = document.querySelector('[data-search]');
if (search) {
  let timer, running;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      running?.abort();
      running = new AbortController();
      const query = new URLSearchParams([...new FormData(search)].filter(([, value]) => value !== ''));
      const address = `${search.action}?${query}`;
      try {
        const answer = await fetch(address, { signal: running.signal, headers: { Accept: 'text/html' } });
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('results');
        if (fresh) {
          document.getElementById('results').replaceWith(fresh);
          history.replaceState(null, '', address);
          document.dispatchEvent(new Event('skypunch:changed'));
          document.dispatchEvent(new Event('skypunch:moved'));
        }
      } catch (e) {
        if (e.name !== 'AbortError') throw e;
      }
    }, 250);
  });
}
