import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditJobs, headsFileOf, sealEvents } from '#features/audit/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import { readConfig } from '#platform/server/config.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { verifyAudit } from './verify-audit.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'guarita-verify-'));
const restored =
  'A database restored from an older backup looks the same while the heads of before are compared with it: see "The audit log" in docs/operations.md';
const secret = 'a secret for tests, of thirty-two characters';

let opened: TestDeps;
let deps: TestDeps;
let workspaceId: string;

beforeAll(async () => {
  opened = await openTestDeps();
  const config = readConfig({
    DATABASE_URL: opened.databaseUrl,
    GUARITA_DATA_DIR: dataDir,
    GUARITA_SECRET: secret,
  });
  deps = { ...opened, config };
  workspaceId = await aWorkspace(deps.db);
});
afterAll(async () => {
  await opened.close();
  rmSync(dataDir, { recursive: true });
});

const listKept = async (): Promise<string[]> =>
  (await readFile(headsFileOf(deps.config), 'utf8')).split('\n');

describe('the command that verifies the audit log', () => {
  it('says that it is whole, and names by place what is not', async () => {
    for (const action of ['accounts.signed-in', 'accounts.signed-out']) {
      await inTx(deps, systemActor(workspaceId), (ctx) => audit(ctx, { action }));
    }
    await sealEvents(deps);
    await expect(verifyAudit(deps.config)).resolves.toMatch(
      /^the audit log is whole: 2 sealed events of 1 workspaces, compared with 0 heads/,
    );
    await auditJobs[0]?.runUnparsed({}, { deps, log: deps.log, attempt: 1 });
    await expect(verifyAudit(deps.config)).resolves.toContain('compared with 1 heads');
    const later = { at: '2026-11-25T12:00:00.000Z', workspaceId, seq: 5, hash: 'ab'.repeat(32) };
    await appendFile(headsFileOf(deps.config), `${JSON.stringify(later)}\n`);
    await expect(verifyAudit(deps.config)).rejects.toThrow(
      `workspace ${workspaceId}: the end is cut off from place 3 on: it was there at ${later.at}. ${restored}`,
    );
  });

  it('says what waits for its seal, which is no fault', async () => {
    const { db } = opened;
    await sql`alter table audit_event disable trigger user`.execute(db);
    await sql`insert into audit_event (workspace_id, id, at, actor_kind, action)
      values (${workspaceId}, gen_random_uuid(), '2026-11-25T12:00:00Z', 'system', 'accounts.signed-in')`.execute(
      db,
    );
    await sql`alter table audit_event enable trigger user`.execute(db);
    const file = join(dataDir, 'first.jsonl');
    const [head] = await listKept();
    await appendFile(file, `${head}\n`);
    await expect(verifyAudit(deps.config, file)).rejects.toThrow(
      `workspace ${workspaceId}: 1 events are not sealed, and nothing would seal them`,
    );
    await sql`insert into audit_unsealed (workspace_id, event_id)
      select workspace_id, id from audit_event where at = '2026-11-25T12:00:00Z'`.execute(db);
    await expect(verifyAudit(deps.config, file)).resolves.toMatch(
      new RegExp(
        `^the audit log is whole: .*\\n {2}workspace ${workspaceId}: 1 events wait for their seal, the oldest since 2026-11-25T12:00:00.000Z`,
      ),
    );
    await sealEvents(deps);
  });

  it('says which lines of the file it could not read, and compares with the others', async () => {
    const file = join(dataDir, 'torn.jsonl');
    const [head] = await listKept();
    await appendFile(file, `${head}\n${head?.slice(0, 40)}\n${head}\n`);
    await expect(verifyAudit(deps.config, file)).rejects.toThrow(
      /^the audit log is whole by the heads that could be read: .*compared with 2 heads.*\n {2}line 2 of \S+torn\.jsonl is not a head/,
    );
    await appendFile(file, 'x\n'.repeat(30));
    await expect(verifyAudit(deps.config, file)).rejects.toThrow(
      /lines 2, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 21 more of/,
    );
  });

  it('says of heads of another life of the database what they may come from', async () => {
    const file = join(dataDir, 'of-before.jsonl');
    const before = { at: '2026-11-25T12:00:00.000Z', workspaceId, seq: 2, hash: 'ab'.repeat(32) };
    await appendFile(file, `${JSON.stringify(before)}\n`);
    await expect(verifyAudit(deps.config, file)).rejects.toThrow(
      `workspace ${workspaceId}: place 2 is not what it was at ${before.at}. ${restored}`,
    );
  });

  it.each([
    ['that is not there', undefined, /^there is no file \S+given\.jsonl/],
    ['that is empty', '', /^\S+given\.jsonl holds no head of an audit log/],
    ['of empty lines', '\n\n', /given\.jsonl holds no head/],
    ['of something else', '{"seq": 2}\nat;seq;hash\n', /given\.jsonl holds no head/],
    ['of another encoding', Buffer.from('{"at":', 'utf16le'), /given\.jsonl holds no head/],
  ])('does not take a file %s for one that fits', async (_what, content, told) => {
    const file = join(dataDir, 'given.jsonl');
    rmSync(file, { force: true });
    if (content !== undefined) await writeFile(file, content);
    await expect(verifyAudit(deps.config, file)).rejects.toThrow(told);
    await expect(verifyAudit(deps.config, file)).rejects.toThrow(/: nothing was compared$/);
  });

  it('says of what it cannot read why', async () => {
    await expect(verifyAudit(deps.config, dataDir)).rejects.toMatchObject({
      message: `${dataDir} cannot be read: nothing was compared`,
      cause: { code: 'EISDIR' },
    });
  });

  it('without a file compares with what was kept so far, be it nothing', async () => {
    const config = { ...deps.config, dataDir: join(dataDir, 'fresh') };
    await expect(verifyAudit(config)).resolves.toContain('compared with 0 heads');
  });
});
