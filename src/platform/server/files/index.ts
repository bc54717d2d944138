/** Stored bytes: a driver for where they lie, and a spool for those that are still coming. */
import { join } from 'node:path';
import type { Config, S3Settings } from '../config.ts';
import { createDiskDriver } from './disk-driver.ts';
import type { FileDriver, SpooledFile } from './file-store.ts';
import { createS3Driver } from './s3-driver.ts';
import { clearSpool, spool } from './spool.ts';

export { type ByteRange, keyOf, readKey, type SpooledFile } from './file-store.ts';
export { S3Error } from './s3-client.ts';
export { FileTooLargeError } from './spool.ts';

export interface FileStore extends FileDriver {
  /**
   * Takes bytes in until they are whole and their hash is known; nobody can ask for them yet.
   * @throws FileTooLargeError; whatever the source throws
   */
  spool(
    bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    longest: number,
  ): Promise<SpooledFile>;
  /** Deletes what processes that died have left half written. */
  clearSpool(): Promise<void>;
}

/**
 * @param dir of the media of this installation; with `s3` only what is still coming lies there
 */
export const createFileStore = (dir: string, s3?: S3Settings): FileStore => {
  const incoming = join(dir, 'incoming');
  const driver =
    s3 === undefined ? createDiskDriver(join(dir, 'files'), incoming) : createS3Driver(s3);
  return {
    ...driver,
    spool: (bytes, longest) => spool(incoming, bytes, longest),
    clearSpool: () => clearSpool(incoming),
  };
};

/** The files of an installation, as it is configured. */
export const openFiles = ({ dataDir, s3 }: Pick<Config, 'dataDir' | 's3'>): FileStore =>
  createFileStore(join(dataDir, 'media'), s3);
