import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { EmbeddedPostgresError } from './errors.ts';

// Below the range from which systems take the ports of outgoing connections, so that ours is still free after a restart.
const lowest = 20_000;
const highest = 30_000;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      probe.close(() => resolve(true));
    });
  });
}

/** The port used the last time, if any. */
export async function rememberedPort(file: string): Promise<number | undefined> {
  const port = Number(await readFile(file, 'utf8').catch(() => ''));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}

async function anyFreePort(preferred: number | undefined): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
  throw new EmbeddedPostgresError(
    'port-in-use',
    `No free port between ${lowest} and ${highest} was found for the database.`,
  );
}

/** The asked port, or the one used the last time, or a free one; the choice is remembered. */
export async function choosePort(file: string, asked: number | undefined): Promise<number> {
  if (asked !== undefined && !(await isFree(asked))) {
    throw new EmbeddedPostgresError(
      'port-in-use',
      `Port ${asked}, asked for the database, is used by another program. Stop that one or choose another port.`,
    );
  }
  const port = asked ?? (await anyFreePort(await rememberedPort(file)));
  await writeFile(file, `${port}\n`);
  return port;
}
