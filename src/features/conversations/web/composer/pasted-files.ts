type Clipboard = { readonly files: Iterable<File> } & Pick<DataTransfer, 'types' | 'getData'>;

/** Files that are pasted. Cells and formatted text bring a picture of themselves along: their text is what is meant. */
export function pastedFiles(clipboard: Clipboard): readonly File[] {
  const isText =
    clipboard.types.includes('text/html') && clipboard.getData('text/plain').trim() !== '';
  return isText ? [] : [...clipboard.files];
}
