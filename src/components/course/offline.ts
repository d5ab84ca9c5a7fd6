// Keeps the site readable without a network, and offers a new version without ever forcing it. Knows no page.

const base = document.documentElement.dataset.base!;
const status = document.querySelector<HTMLElement>('.new-version')!;
const offer = status.querySelector<HTMLElement>('.offer')!;

let takeUp = () => {};
offer.querySelector('.reload')!.addEventListener('click', () => takeUp());
const show = (what: string, reload: () => void) => {
  offer.querySelector('.what')!.textContent = what;
  takeUp = reload;
  offer.hidden = false;
};
offer.querySelector('.later')!.addEventListener('click', () => (offer.hidden = true));

const watch = async (workers: ServiceWorkerContainer) => {
  let agreed = false;
  const controlled = Boolean(workers.controller);
  workers.addEventListener('controllerchange', () => {
    if (agreed) location.reload();
    else if (controlled) show(status.dataset.taken!, () => location.reload());
  });
  const registration = await workers.register(`${base}sw.js`, { scope: base });
  const offerWaiting = () => {
    const { waiting } = registration;
    // Without a controller this is the very first version: there is nothing to replace.
    if (!waiting || !workers.controller) return;
    show(status.dataset.ready!, () => {
      agreed = true;
      waiting.postMessage({ type: 'SKIP_WAITING' });
    });
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offerWaiting);
  });
  offerWaiting();
};

// Not there on plain http other than localhost, nor in some private windows: then the page reads on, with a network.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  addEventListener('load', () => watch(navigator.serviceWorker).catch(() => {}), { once: true });
