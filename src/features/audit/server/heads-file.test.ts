import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#platform/shared/ids.ts';
import { appendHeads, headsFileOf, readHeads, setHeadsAside } from './heads-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'guarita-heads-'));
const workspaceId = newId();
const heads = [{ workspaceId, seq: 1, hash: Buffer.alloc(32, 7) }];
let config: { dataDir: string };

beforeEach(() => {
  config = { dataDir: join(folder, newId()) };
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the heads outside the database', () => {
  it('are appended, read back, and set aside for another database', async () => {
    expect(await readHeads(headsFileOf(config))).toBeUndefined();
    expect(await setHeadsAside(config)).toBeUndefined();
    await appendHeads(config, heads);
    await appendHeads(config, heads);
    const kept = await readHeads(headsFileOf(config));
    expect(kept).toHaveLength(2);
    expect(kept?.[0]).toMatchObject({ workspaceId, seq: 1, hash: heads[0]?.hash });
    const aside = await setHeadsAside(config);
    expect(await readFile(aside ?? '', 'utf8')).toContain(workspaceId);
    expect(await readHeads(headsFileOf(config))).toBeUndefined();
  });

  it('name the line that is none of ours', async () => {
    await appendHeads(config, heads);
    await appendFile(headsFileOf(config), '{"seq": 2}\n');
    await expect(readHeads(headsFileOf(config))).rejects.toThrow('line 2');
  });
});
