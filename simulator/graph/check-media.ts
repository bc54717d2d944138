import type { Media } from '../media/media.ts';
import { kindOf, mediaFault } from '../media/media-kinds.ts';
import type { Card, CardMedia } from '../state/card.ts';
import type { Channel } from '../state/channels.ts';
import type { World } from '../state/world.ts';
import { invalid } from './fields.ts';
import { GraphError } from './graph-error.ts';
import type { MediaUse } from './validate-media.ts';

function uploaded(world: World, channel: Channel, use: MediaUse): Media {
  const media = world.media.get(use.id ?? '');
  if (media === null || media.channel !== channel.phoneNumberId || media.origin === 'draft') {
    throw invalid(
      `Param ${use.place}['id'] is not a valid whatsapp business account media attachment ID`,
    );
  }
  return media;
}

function faultOf(world: World, use: MediaUse, media: Media): string | null {
  const bytes = world.media.bytesOf(media);
  if (bytes === null) return 'The file is gone';
  if (use.isVoice && !media.mimeType.startsWith('audio/ogg')) {
    return 'A voice message has to be audio/ogg with opus';
  }
  return mediaFault(use.kind, { mimeType: media.mimeType, bytes });
}

/** Looks at the files a message names by id; says why one will fail later, or throws. */
export function checkUploaded(
  world: World,
  channel: Channel,
  uses: readonly MediaUse[],
): string | null {
  for (const use of uses) {
    if (use.id === null) continue;
    const fault = faultOf(world, use, uploaded(world, channel, use));
    if (fault === null) continue;
    if (world.settings.media.refusal === 'async') return fault;
    throw new GraphError(131053, { details: fault });
  }
  return null;
}

/** What the phone shows of a file. */
export function cardMediaOf(world: World, use: MediaUse): CardMedia {
  const media = use.id === null ? null : world.media.get(use.id);
  return {
    id: use.id,
    link: use.link,
    kind: use.kind,
    mimeType: media?.mimeType ?? null,
    fileName: use.fileName ?? media?.fileName ?? null,
    size: media?.size ?? null,
    isVoice: use.isVoice,
  };
}

const FETCH_MS = 10_000;

async function download(world: World, channel: Channel, use: MediaUse): Promise<Media | string> {
  const response = await fetch(use.link ?? '', { signal: AbortSignal.timeout(FETCH_MS) });
  if (!response.ok) return `The link answered ${response.status}`;
  const mimeType = response.headers.get('content-type') ?? '';
  const bytes = Buffer.from(await response.arrayBuffer());
  const fault = mediaFault(use.kind, { mimeType, bytes });
  if (fault !== null || kindOf(mimeType) === null) return fault ?? `${mimeType} is not accepted`;
  return world.media.add({
    channel: channel.phoneNumberId,
    origin: 'link',
    mimeType,
    fileName: use.fileName,
    bytes,
    forMs: world.settings.media.uploadMs,
  });
}

/** Fetches what a message names by link, at most once in ten minutes; says why it failed. */
export async function fetchLinked(
  world: World,
  channel: Channel,
  use: MediaUse,
  card: Card,
): Promise<string | null> {
  const link = use.link ?? '';
  try {
    const standing = world.media.fetchedFrom(link);
    const found = standing ?? (await download(world, channel, use));
    if (typeof found === 'string') return found;
    if (standing === null) world.media.rememberLink(link, found);
    card.media = { ...cardMediaOf(world, { ...use, id: found.id }), link };
    return null;
  } catch {
    return 'The link could not be reached';
  }
}
