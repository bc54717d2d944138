import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
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
    expect(kept?.unreadable).toEqual([]);
    expect(kept?.heads).toHaveLength(2);
    expect(kept?.heads[0]).toMatchObject({ workspaceId, seq: 1, hash: heads[0]?.hash });
    const aside = await setHeadsAside(config);
    expect(await readFile(aside ?? '', 'utf8')).toContain(workspaceId);
    expect(await readHeads(headsFileOf(config))).toBeUndefined();
  });

  it('name the lines that are none of ours, and are read all the same', async () => {
    await appendHeads(config, heads);
    await appendFile(headsFileOf(config), '{"seq": 2}\n\n');
    await appendHeads(config, heads);
    const kept = await readHeads(headsFileOf(config));
    expect(kept?.unreadable).toEqual([2]);
    expect(kept?.heads).toHaveLength(2);
  });

  it.each([
    ['half a line', '{"at":"2026-11-25T12:00:00.000Z","workspa', [2]],
    ['room that was never written', '\0'.repeat(512), [2]],
    ['a line without its end', '', []],
  ])(
    'stand apart from %s that was left by a full disk or a lost machine',
    async (_what, left, unreadable) => {
      await appendHeads(config, heads);
      const file = headsFileOf(config);
      const whole = (await readFile(file, 'utf8')).trimEnd();
      await writeFile(file, left === '' ? whole : `${whole}\n${left}`);
      await appendHeads(config, heads);
      expect(await readHeads(file)).toEqual({
        heads: [expect.objectContaining(heads[0]), expect.objectContaining(heads[0])],
        unreadable,
      });
    },
  );
});
