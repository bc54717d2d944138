import { randomUUID } from 'node:crypto';

/** One version of an object; without bytes it is the mark that it was deleted. */
export interface Kept {
  readonly id: string;
  readonly bytes: Buffer | undefined;
  readonly at: Date;
}

/** A bucket in memory, which keeps what was put before when it is told to. */
export interface Bucket {
  keepsVersions: boolean;
  /** The newest first. */
  readonly objects: Map<string, readonly Kept[]>;
  current(key: string): Kept | undefined;
  version(key: string, id: string): Kept | undefined;
  put(key: string, bytes: Buffer | undefined): void;
}

export const openBucket = (): Bucket => {
  const objects = new Map<string, readonly Kept[]>();
  const versions = (key: string): readonly Kept[] => objects.get(key) ?? [];
  const bucket: Bucket = {
    keepsVersions: false,
    objects,
    current: (key) => versions(key)[0],
    version: (key, id) => versions(key).find((kept) => kept.id === id),
    put: (key, bytes) => {
      const { keepsVersions } = bucket;
      const kept = { id: keepsVersions ? randomUUID() : 'null', bytes, at: new Date() };
      const before = versions(key).filter(({ id }) => keepsVersions || id !== 'null');
      objects.set(key, [kept, ...before]);
    },
  };
  return bucket;
};

/** @returns whether it is only marked as deleted */
export const deleteObject = (bucket: Bucket, key: string, versionId?: string): boolean => {
  if (versionId === undefined && bucket.keepsVersions) {
    bucket.put(key, undefined);
    return true;
  }
  const left = (bucket.objects.get(key) ?? []).filter(
    ({ id }) => versionId !== undefined && id !== versionId,
  );
  if (left.length > 0) {
    bucket.objects.set(key, left);
  } else {
    bucket.objects.delete(key);
  }
  return false;
};
