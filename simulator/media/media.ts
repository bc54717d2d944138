export type MediaOrigin = 'inbound' | 'upload' | 'link' | 'draft';

/** A file WhatsApp keeps for a business number. */
export interface Media {
  readonly id: string;
  /** Phone number id it belongs to. */
  readonly channel: string;
  readonly origin: MediaOrigin;
  readonly mimeType: string;
  readonly fileName: string | null;
  /** Person who sent it; null for the business's own. */
  readonly owner: string | null;
  readonly size: number;
  /** Hexadecimal digest of the bytes. */
  readonly sha256: string;
  readonly createdAt: number;
  expiresAt: number;
}
