// Follows what happens: the server sends the screen anew when it has changed, and only what differs is replaced. What has the focus stays as it is.

let source, last = Date.now();
const state = document.getElementById('live-state');

function tell(isOn) {
  if (!state) return;
  state.dataset.on ??= state.textContent;
  state.hidden = false;
  state.classList.toggle('off', !isOn);
  state.textContent = isOn ? state.dataset.on : state.dataset.off;
}

function isBusy(element) {
  return element.contains(document.activeElement) && document.activeElement !== document.body && document.activeElement.matches('input:not([type=checkbox]), textarea, select')
    || element.querySelector('details[open], [aria-busy=true], .zoom');
}

function replace(old, fresh) {
  // As it was sent: what a module has made of it meanwhile (times) does not count.
  if (old.sent === fresh.outerHTML || isBusy(old)) return;
  const focus = document.activeElement?.name && old.contains(document.activeElement) ? `[name="${CSS.escape(document.activeElement.name)}"][value="${CSS.escape(document.activeElement.value)}"]` : null;
  for (const box of old.querySelectorAll('input[type=checkbox]:checked')) {
    const same = fresh.querySelector(`input[name="${CSS.escape(box.name)}"][value="${CSS.escape(box.value)}"]`);
    if (same) same.checked = true;
  }
  const link = old.contains(document.activeElement) && document.activeElement.tagName === 'A' ? document.activeElement.getAttribute('href') : null;
  fresh.sent = fresh.outerHTML;
  old.replaceWith(fresh);
  if (focus) fresh.querySelector(focus)?.focus();
  if (link) fresh.querySelector(`a[href="${CSS.escape(link)}"]`)?.focus();
}

// Rows are kept by their ids: one that stays is replaced in place, others come and go.
function replaceRows(old, fresh) {
  const wanted = new Set([...fresh.children].map(row => row.id));
  for (const row of [...old.children]) if (!wanted.has(row.id)) row.remove();
  let place = old.firstElementChild;
  for (const row of [...fresh.children]) {
    const known = document.getElementById(row.id);
    if (known && known.parentElement === old) {
      if (known !== place) old.insertBefore(known, place);
      place = known.nextElementSibling;
      replace(known, row);
    } else {
      row.sent = row.outerHTML;
      old.insertBefore(row, place);
    }
  }
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  for (const part of fresh.querySelectorAll('[data-live]')) {
    const old = document.getElementById(part.id);
    if (!old) continue;
    if (part.dataset.live === 'rows') replaceRows(old, part); else replace(old, part);
  }
  const alarm = fresh.querySelector('[data-alarm]')?.dataset.alarm;
  if (alarm !== undefined) document.title = document.title.replace(/^(\(\d+\) )?/, alarm > 0 ? `(${alarm}) ` : '');
  document.dispatchEvent(new Event('skypunch:changed'));
}

function follow() {
  source?.close();
  source = new EventSource(location.href.split('#')[0]);
  source.addEventListener('open', () => { last = Date.now(); tell(true); });
  source.addEventListener('alive', () => { last = Date.now(); });
  source.addEventListener('screen', event => { last = Date.now(); show(event.data); });
  source.addEventListener('error', () => {
    tell(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => { if (!document.hidden) follow(); }, 5000);
  });
}

// A browser has few connections for each host: a tab that nobody sees needs none.
document.addEventListener('visibilitychange', () => document.hidden ? source?.close() : follow());
document.addEventListener('skypunch:moved', follow);
window.addEventListener('pagehide', () => source?.close());
window.addEventListener('pageshow', () => { if (!document.hidden) follow(); });
