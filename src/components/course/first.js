// Runs before the first paint: marks that script runs, and takes up the theme the reader chose, or else the machine's.
(() => {
  const root = document.documentElement;
  root.dataset.script = '';
  let chosen = null;
  try {
    chosen = localStorage.getItem('seams:theme');
  } catch {}
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => (root.dataset.theme = chosen || (dark.matches ? 'dark' : 'light'));
  apply();
  dark.addEventListener('change', apply);
  addEventListener('seams:theme', (event) => {
    chosen = event.detail;
    apply();
  });
})();
