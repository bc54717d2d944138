import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { DamagedError } from './damaged-error.ts';
import type { Copied } from './manifest.ts';

/** Passes everything on, and knows at the end how much it was and its hash. */
class Measure extends Transform {
  readonly #hash = createHash('sha256');
  bytes = 0;

  override _transform(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#hash.update(chunk);
    this.bytes += chunk.length;
    this.push(chunk);
    done();
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }
}

const nowhere = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => done(),
  });

/** A file that only its owner may read, on the disk when the stream is finished. */
const closedFile = (path: string): Writable =>
  createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });

/** The number of rows is told after the last of them; one more question waits for that. */
const copyOut = async (client: Client, source: string, ...rest: Writable[]): Promise<Copied> => {
  const query = client.query(copyTo(`copy ${source} to stdout`));
  const measure = new Measure();
  await pipeline([query, measure, ...rest]);
  await client.query('select');
  return { rows: query.rowCount, bytes: measure.bytes, sha256: measure.sha256() };
};

/**
 * Copies a table or a query in parentheses into a compressed file, as PostgreSQL's own text form.
 * @param source already quoted
 */
export const copyToFile = (client: Client, source: string, path: string): Promise<Copied> =>
  // Little is gained by trying harder, and the server needs the processor.
  copyOut(client, source, createGzip({ level: 1 }), closedFile(path));

/** The same without a file: what a copy would say of the table as it is now. */
export const measureCopy = (client: Client, source: string): Promise<Copied> =>
  copyOut(client, source, nowhere());

/**
 * Copies a file of `copyToFile` into a table.
 * @param target already quoted
 */
export const copyFromFile = async (
  client: Client,
  target: string,
  path: string,
): Promise<Copied> => {
  const measure = new Measure();
  const query = client.query(copyFrom(`copy ${target} from stdin`));
  await pipeline(createReadStream(path), createGunzip(), measure, query);
  return { rows: query.rowCount, bytes: measure.bytes, sha256: measure.sha256() };
};

/**
 * The rows of a file of `copyToFile`, one by one, of texts without tabs, newlines or backslashes. At its end it is told
 * whether all of them were those that were written.
 */
export async function* rowsOfFile(path: string, copied: Copied): AsyncGenerator<string[]> {
  const measure = new Measure();
  const reading = pipeline(createReadStream(path), createGunzip(), measure);
  reading.catch(() => undefined);
  let rest = '';
  for await (const chunk of measure) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield line.split('\t');
    }
  }
  await reading;
  if (measure.sha256() !== copied.sha256) {
    throw new DamagedError('the list of files');
  }
}
