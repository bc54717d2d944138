import { createHash } from 'node:crypto';
import { type MadeFile, makeSample, usualSample } from '../media/make-media.ts';
import type { Media } from '../media/media.ts';
import { type MediaKind, mediaKinds } from '../media/media-kinds.ts';
import type { Channel } from '../state/channels.ts';
import type { Person } from '../state/people.ts';
import { RequestError } from '../state/request-error.ts';
import type { World } from '../state/world.ts';
import { digitsOf } from '../wire/phone-forms.ts';
import type { InboundSpec } from './inbound-spec.ts';

/** The file a message carries, on the phone and on the wire. */
export interface Attached {
  kind: MediaKind;
  id: string;
  mimeType: string;
  fileName: string | null;
  size: number | null;
  /** Base64, as webhooks have it. */
  sha256: string;
  isVoice: boolean;
  isAnimated: boolean;
  /** The one kept here; null when the id is made up and nothing stands behind it. */
  media: Media | null;
}

/** The kind of file this is about: of the message, of the echo, or of the message corrected. */
function kindOfSpec(spec: InboundSpec): MediaKind | null {
  const type = spec.type === 'echo' || spec.type === 'edit' ? spec.kind : spec.type;
  return mediaKinds.find((kind) => kind === type) ?? null;
}

function madeFile(spec: InboundSpec, kind: MediaKind): MadeFile {
  const wanted = spec.media ?? {};
  const usual = spec.animated === true ? 'animated-sticker' : usualSample(kind);
  const made =
    wanted.base64 === undefined
      ? makeSample(wanted.sample ?? usual, wanted)
      : { ...makeSample(usual), bytes: Buffer.from(wanted.base64, 'base64') };
  return {
    bytes: made.bytes,
    mimeType: spec.mimeType ?? made.mimeType,
    fileName: spec.filename ?? made.fileName,
  };
}

function keptFile(
  world: World,
  spec: InboundSpec,
  kind: MediaKind,
  person: Person,
  channel: Channel,
): Media | null {
  const forMs = world.settings.media.inboundMs;
  const target = { channel: channel.phoneNumberId, owner: person.id, forMs };
  if (spec.mediaId !== undefined && spec.media === undefined) {
    const known = world.media.get(spec.mediaId);
    if (known === null) return null;
    if (known.origin === 'draft') return world.media.adopt(known, target);
    const bytes = world.media.bytesOf(known);
    if (known.owner === person.id || bytes === null) return known;
    // What somebody else sent gets an id of its own when it is passed on.
    const { mimeType, fileName } = known;
    return world.media.add({ ...target, origin: 'inbound', mimeType, fileName, bytes });
  }
  if (spec.mediaId !== undefined && digitsOf(spec.mediaId) !== spec.mediaId) {
    throw new RequestError(422, 'mediaId is made of digits');
  }
  const file = madeFile(spec, kind);
  return world.media.add({ ...target, origin: 'inbound', id: spec.mediaId, ...file });
}

/** An id with nothing behind it: whoever asks for the file is told that there is none. */
function madeUp(spec: InboundSpec, kind: MediaKind): Omit<Attached, 'isVoice' | 'isAnimated'> {
  const { mimeType, fileName } = madeFile(spec, kind);
  const id = spec.mediaId ?? '';
  return {
    kind,
    id,
    mimeType,
    fileName,
    size: null,
    sha256: createHash('sha256').update(id).digest('base64'),
    media: null,
  };
}

/** The file of a message, made or taken; null for messages without one. */
export function attachFile(
  world: World,
  spec: InboundSpec,
  person: Person,
  channel: Channel,
): Attached | null {
  const kind = kindOfSpec(spec);
  if (kind === null) return null;
  const corrected =
    spec.type === 'edit' && spec.media === undefined && spec.mediaId === undefined
      ? person.thread.get(spec.target ?? '')?.card?.media?.id
      : undefined;
  const about = corrected == null ? spec : { ...spec, mediaId: corrected };
  const media = keptFile(world, about, kind, person, channel);
  const isAnimated = spec.animated ?? spec.media?.sample === 'animated-sticker';
  const isVoice = kind === 'audio' && (spec.voice ?? true);
  if (media === null) return { ...madeUp(about, kind), isVoice, isAnimated };
  return {
    kind,
    id: media.id,
    mimeType: spec.mimeType ?? media.mimeType,
    fileName: spec.filename ?? media.fileName,
    size: media.size,
    sha256: Buffer.from(media.sha256, 'hex').toString('base64'),
    isVoice,
    isAnimated,
    media,
  };
}
