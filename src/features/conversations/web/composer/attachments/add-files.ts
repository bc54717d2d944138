import type { MediaKind } from '#features/media/contract.ts';
import { randomId } from '#platform/web/random-id.ts';
import { getTray, longestTray, type Refusal, setTray, type TrayItem } from '../../data/trays.ts';
import { checkFile, isAnimatedWebp } from './check-file.ts';
import { typeOf } from './limits.ts';

type Facts = Pick<TrayItem, 'width' | 'height' | 'durationSeconds'>;

const unknown: Facts = { width: null, height: null, durationSeconds: null };
const patience = 3000;

const pictureFacts = async (url: string): Promise<Facts> => {
  const image = new Image();
  image.src = url;
  await image.decode();
  return { ...unknown, width: image.naturalWidth, height: image.naturalHeight };
};

const playedFacts = (kind: 'video' | 'audio', url: string): Promise<Facts> =>
  new Promise((resolve, reject) => {
    const element = document.createElement(kind);
    element.preload = 'metadata';
    element.onloadedmetadata = () => {
      const size =
        element instanceof HTMLVideoElement && element.videoWidth > 0
          ? { width: element.videoWidth, height: element.videoHeight }
          : {};
      const isLong = Number.isFinite(element.duration);
      resolve({ ...unknown, ...size, durationSeconds: isLong ? element.duration : null });
    };
    element.onerror = reject;
    element.src = url;
    setTimeout(reject, patience);
  });

/** What the browser can tell of it, so that its bubble is right from the first moment; nothing is no obstacle. */
const readFacts = (kind: MediaKind, url: string): Promise<Facts> => {
  const reading =
    kind === 'image' || kind === 'sticker'
      ? pictureFacts(url)
      : kind === 'document'
        ? Promise.resolve(unknown)
        : playedFacts(kind === 'video' ? 'video' : 'audio', url);
  return reading.catch(() => unknown);
};

const toItem = async (
  file: File,
  kind: MediaKind,
  known: Partial<TrayItem> = {},
): Promise<TrayItem> => {
  const url = URL.createObjectURL(file);
  const facts = known.durationSeconds === undefined ? await readFacts(kind, url) : unknown;
  return { key: randomId(), file, kind, caption: '', url, ...facts, ...known };
};

const take = async (file: File): Promise<TrayItem | Refusal> => {
  const isAnimated = typeOf(file) === 'image/webp' && (await isAnimatedWebp(file));
  const verdict = checkFile(file, isAnimated);
  if (verdict.isFit) return toItem(file, verdict.kind);
  const { why, kind, maxBytes } = verdict;
  return { key: randomId(), name: file.name, why, kind, sizeBytes: file.size, maxBytes };
};

const isItem = (taken: TrayItem | Refusal): taken is TrayItem => 'file' in taken;

/** Puts files into the tray of a conversation, in their order; what WhatsApp would refuse is refused here, with words. */
export async function addFiles(conversationId: string, files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const free = Math.max(0, longestTray - getTray(conversationId).items.length);
  const taken = await Promise.all(files.slice(0, free).map(take));
  setTray(conversationId, {
    items: [...getTray(conversationId).items, ...taken.filter(isItem)],
    refusals: taken.filter((one): one is Refusal => !isItem(one)),
    isOverfull: files.length > free,
  });
}

/**
 * Puts one more there whose kind is known: a recording, or what came back unsent.
 * @returns its key in the tray
 */
export async function addKnownFile(
  conversationId: string,
  file: File,
  kind: MediaKind,
  known: Partial<TrayItem> = {},
): Promise<string> {
  const item = await toItem(file, kind, known);
  setTray(conversationId, { items: [...getTray(conversationId).items, item] });
  return item.key;
}
