/** Hands a file to the reader. Nothing leaves the browser. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // A download may begin only after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
