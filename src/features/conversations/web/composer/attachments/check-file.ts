import type { Refusal } from '../../data/trays.ts';
import { kindOfType, limits, longestStill, type PickedKind, typeOf } from './limits.ts';

export type Verdict =
  | { isFit: true; kind: PickedKind }
  | { isFit: false; why: Refusal['why']; kind: PickedKind | null; maxBytes: number };

/**
 * Whether WhatsApp takes this file, and as what: asked before anything is uploaded. The server asks again, by the bytes.
 * Pure.
 */
export const checkFile = (
  file: { name: string; type: string; size: number },
  isAnimated = false,
): Verdict => {
  const kind = kindOfType(typeOf(file));
  if (kind === null) return { isFit: false, why: 'type', kind, maxBytes: 0 };
  const isStill = kind === 'sticker' && !isAnimated;
  const maxBytes = isStill ? longestStill : limits[kind].maxBytes;
  if (file.size === 0) return { isFit: false, why: 'empty', kind, maxBytes };
  if (file.size > maxBytes) return { isFit: false, why: 'too-large', kind, maxBytes };
  return { isFit: true, kind };
};

/** By its head: an extended WebP with the mark of an animation. */
export async function isAnimatedWebp(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 21).arrayBuffer());
  const chunk = String.fromCharCode(...head.slice(12, 16));
  return chunk === 'VP8X' && ((head[20] ?? 0) & 0b10) !== 0;
}
