import type { Readable } from 'node:stream';

/** A whole file of this process that nobody can ask for yet. */
export interface SpooledFile {
  readonly path: string;
  readonly sha256: Buffer;
  readonly sizeBytes: number;
  /** Deletes it; nothing happens when it is gone. */
  discard(): Promise<void>;
}

/** The first and the last byte wanted, both inside the file. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export interface ListedFile {
  readonly key: string;
  readonly modifiedAt: Date;
}

/** Where bytes lie under keys. A file is whole or not there, and what lies under a key never changes. */
export interface FileDriver {
  /** Keeps the bytes, which stay where they are as well. A key that is there is left alone. */
  put(key: string, file: SpooledFile): Promise<void>;
  /** @returns undefined when there is no such file */
  get(key: string, range?: ByteRange): Promise<Readable | undefined>;
  /** Nothing happens when there is no such file. */
  delete(key: string): Promise<void>;
  /** All of them, in no order. */
  list(): AsyncIterable<ListedFile>;
}

const hex = /^[0-9a-f]{64}$/;
const shape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[0-9a-f]{2}\/[0-9a-f]{64}$/;

/** A place is told by workspace and hash, never by a name that somebody chose. */
export const keyOf = (workspaceId: string, sha256: Uint8Array): string => {
  const digest = Buffer.from(sha256).toString('hex');
  return `${workspaceId}/${digest.slice(0, 2)}/${digest}`;
};

/** @returns undefined for a key that is not one of ours */
export const readKey = (key: string): { workspaceId: string; sha256: Buffer } | undefined => {
  const [workspaceId, , digest] = key.split('/');
  return shape.test(key) && workspaceId !== undefined && digest !== undefined && hex.test(digest)
    ? { workspaceId, sha256: Buffer.from(digest, 'hex') }
    : undefined;
};

/** @throws Error for a key that `keyOf` did not make */
export const assertKey = (key: string): void => {
  if (!shape.test(key)) {
    throw new Error('not the key of a stored file');
  }
};
