// Writes the note about a mistake and hands it to the reader: clipboard, file, or their own mail. Sends nothing.

const dialog = document.querySelector<HTMLDialogElement>('dialog.report')!;
const mistake = dialog.querySelector<HTMLTextAreaElement>('#report-mistake')!;
const note = dialog.querySelector<HTMLTextAreaElement>('#report-note')!;
const state = dialog.querySelector<HTMLElement>('.state')!;
const save = dialog.querySelector<HTMLAnchorElement>('.save')!;
const send = dialog.querySelector<HTMLAnchorElement>('.send[data-mail]');
const labels: Record<'page' | 'version' | 'language' | 'passage' | 'mistake', string> = JSON.parse(
  dialog.dataset.labels!,
);
const longestPassage = 600;

// Opening a dialog may clear the selection, so the last passage selected in the text is remembered.
let passage = '';
document.addEventListener('selectionchange', () => {
  const selection = getSelection();
  const text = selection?.toString().trim() ?? '';
  const inside = selection?.anchorNode && document.querySelector('main')!.contains(selection.anchorNode);
  if (text && inside) passage = text.slice(0, longestPassage);
});

const write = () => {
  const lines = [
    `${labels.page}: ${location.href}`,
    `${labels.version}: ${dialog.dataset.version}`,
    `${labels.language}: ${dialog.dataset.language}`,
  ];
  if (passage) lines.push(`${labels.passage}: “${passage}”`);
  if (mistake.value.trim()) lines.push('', `${labels.mistake}:`, mistake.value.trim());
  note.value = lines.join('\n');
  URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([`${note.value}\n`], { type: 'text/plain;charset=utf-8' }));
  if (send) {
    const subject = encodeURIComponent(document.title);
    send.href = `mailto:${send.dataset.mail}?subject=${subject}&body=${encodeURIComponent(note.value)}`;
  }
};

document.querySelector('[data-report]')!.addEventListener('click', () => {
  state.textContent = '';
  write();
  dialog.showModal();
  mistake.focus();
});
mistake.addEventListener('input', write);
dialog.querySelector('.copy')!.addEventListener('click', async () => {
  try {
    // Missing on plain http, as in a classroom.
    await navigator.clipboard.writeText(note.value);
    state.textContent = dialog.dataset.copied!;
  } catch {
    note.focus();
    note.select();
    state.textContent = dialog.dataset.notCopied!;
  }
});
dialog.querySelector('.close')!.addEventListener('click', () => dialog.close());
dialog.addEventListener('click', (event) => {
  if (event.target === dialog) dialog.close();
});
