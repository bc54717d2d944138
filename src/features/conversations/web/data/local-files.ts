/** Files of this computer that were sent from this tab: shown from here, so that a bubble need not fetch its own picture. */
interface LocalFile {
  file: File;
  url: string;
  conversationId: string;
}

const longest = 60;
const files = new Map<string, LocalFile>();

export function keepLocalFile(key: string, file: File, conversationId: string): void {
  files.set(key, { file, url: URL.createObjectURL(file), conversationId });
  const [oldest] = files.keys();
  if (files.size > longest && oldest !== undefined) forgetLocalFile(oldest);
}

export const localFile = (key: string): File | undefined => files.get(key)?.file;
export const localUrl = (key: string): string | undefined => files.get(key)?.url;

export function forgetLocalFile(key: string): void {
  const known = files.get(key);
  if (known) URL.revokeObjectURL(known.url);
  files.delete(key);
}

/** Of a thread that is not kept, but for those that are still wanted. */
export function forgetLocalFilesOf(
  conversationId: string,
  isWanted: (key: string) => boolean,
): void {
  for (const [key, file] of [...files]) {
    if (file.conversationId === conversationId && !isWanted(key)) forgetLocalFile(key);
  }
}

export function forgetLocalFiles(): void {
  for (const key of [...files.keys()]) forgetLocalFile(key);
}
