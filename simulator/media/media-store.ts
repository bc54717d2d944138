import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Media, MediaOrigin } from './media.ts';
import { type MediaBytes, mediaFiles, memoryFiles } from './media-bytes.ts';

export interface NewMedia {
  id?: string | undefined;
  channel: string;
  origin: MediaOrigin;
  mimeType: string;
  fileName: string | null;
  owner?: string | null;
  bytes: Buffer;
  /** Lives for so long. */
  forMs: number;
}

interface Address {
  mediaId: string;
  expiresAt: number;
}

const MOST_BYTES = 512 * 1024 * 1024;
const MOST_ADDRESSES = 50_000;
const LINK_CACHED_MS = 600_000;

/** A digit string like Meta's, never the same twice. */
function makeMediaId(): string {
  return `9${String(randomInt(1e7, 1e8 - 1))}${String(randomInt(1e7, 1e8 - 1))}`;
}

/** Files of people and of the business, and the addresses that open them for a few minutes. */
export class MediaStore {
  #media = new Map<string, Media>();
  /** How many files have the same bytes. */
  #shares = new Map<string, number>();
  #addresses = new Map<string, Address>();
  #links = new Map<string, { at: number; id: string }>();
  #bytes: MediaBytes = memoryFiles();

  /** Keeps the files of this folder from now on, and knows those that lie there. */
  keepIn(folder: string): void {
    const files = mediaFiles(folder);
    this.#bytes = files;
    for (const media of files.known()) this.#count(media);
  }

  add(wanted: NewMedia): Media {
    const { bytes, forMs, id = makeMediaId(), owner = null, ...rest } = wanted;
    const now = Date.now();
    const media: Media = {
      id,
      ...rest,
      owner,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      createdAt: now,
      expiresAt: now + forMs,
    };
    this.#put(media, bytes);
    this.#shrink();
    return media;
  }

  /** Null when there is no such file, or no more. */
  get(id: string): Media | null {
    const media = this.#media.get(id);
    return media !== undefined && media.expiresAt > Date.now() ? media : null;
  }

  /** A draft becomes what its owner sent with it; it keeps its id. */
  adopt(media: Media, to: { channel: string; owner: string; forMs: number }): Media {
    if (media.origin !== 'draft') return media;
    const { channel, owner, forMs } = to;
    const expiresAt = Date.now() + forMs;
    const adopted: Media = { ...media, channel, owner, origin: 'inbound', expiresAt };
    const bytes = this.bytesOf(media);
    this.remove(media.id);
    this.#put(adopted, bytes ?? Buffer.alloc(0));
    return adopted;
  }

  bytesOf(media: Media): Buffer | null {
    return this.#bytes.get(media);
  }

  /** Also those whose time is over, oldest first. */
  list(): Media[] {
    return [...this.#media.values()];
  }

  remove(id: string): boolean {
    const media = this.#media.get(id);
    if (media === undefined) return false;
    this.#media.delete(id);
    const left = (this.#shares.get(media.sha256) ?? 1) - 1;
    this.#bytes.drop(media, left > 0);
    if (left > 0) this.#shares.set(media.sha256, left);
    else this.#shares.delete(media.sha256);
    return true;
  }

  /** A secret word that opens the file for so long. */
  makeAddress(media: Media, forMs: number): { word: string; expiresAt: number } {
    const word = randomBytes(24).toString('base64url');
    const expiresAt = Date.now() + forMs;
    this.#addresses.set(word, { mediaId: media.id, expiresAt });
    if (this.#addresses.size > MOST_ADDRESSES) {
      const oldest = this.#addresses.keys().next();
      if (!oldest.done) this.#addresses.delete(oldest.value);
    }
    return { word, expiresAt };
  }

  open(word: string): Media | null {
    const address = this.#addresses.get(word);
    if (address === undefined || address.expiresAt <= Date.now()) return null;
    return this.get(address.mediaId);
  }

  /** What was fetched from this link in the last ten minutes. */
  fetchedFrom(link: string): Media | null {
    const found = this.#links.get(link);
    if (found === undefined || Date.now() - found.at > LINK_CACHED_MS) return null;
    return this.get(found.id);
  }

  rememberLink(link: string, media: Media): void {
    this.#links.set(link, { at: Date.now(), id: media.id });
  }

  /** Ends addresses now, of one file or of all; says how many. */
  endAddresses(id?: string): number {
    let count = 0;
    for (const [word, { mediaId }] of this.#addresses) {
      if (id !== undefined && mediaId !== id) continue;
      this.#addresses.delete(word);
      count += 1;
    }
    return count;
  }

  /** Ends the life of one file or of all, as if their days were over; says how many. */
  endLives(id?: string): number {
    const those = this.list().filter((media) => id === undefined || media.id === id);
    for (const media of those) media.expiresAt = Date.now();
    return those.length;
  }

  clear(): void {
    for (const { id } of this.list()) this.remove(id);
    this.#addresses.clear();
    this.#links.clear();
  }

  #count(media: Media): void {
    this.remove(media.id);
    this.#media.set(media.id, media);
    this.#shares.set(media.sha256, (this.#shares.get(media.sha256) ?? 0) + 1);
  }

  #put(media: Media, bytes: Buffer): void {
    this.#count(media);
    this.#bytes.put(media, bytes);
  }

  #shrink(): void {
    while (this.#bytes.total() > MOST_BYTES && this.#media.size > 1) {
      const oldest = this.#media.keys().next();
      if (oldest.done) return;
      this.remove(oldest.value);
    }
  }
}
