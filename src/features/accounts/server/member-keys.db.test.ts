import { beforeEach, describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { createApiKey } from './create-api-key.ts';
import { call, signInAs } from './testing/accounts-app.ts';
import { appForTests } from './testing/app-for-tests.ts';
import { type APerson, aPerson, testPassword } from './testing.ts';
import { updateMember } from './update-member.ts';

const here = appForTests();

let workspaceId: string;
let ana: APerson;
let cookie: string;
let rui: APerson;
let ruis: string;

beforeEach(async () => {
  workspaceId = await aWorkspace(here.deps.db);
  ana = await aPerson(here.deps.db, workspaceId, 'administrator');
  ({ cookie } = await signInAs(here.server, ana.email, testPassword));
  rui = await aPerson(here.deps.db, workspaceId, 'administrator');
  ({ cookie: ruis } = await signInAs(here.server, rui.email, testPassword));
});

const lastAuditOf = async (subjectId: string) => {
  const { rows } = await here.deps.pool.query(
    'select action, actor_id, details from audit_event where subject_id = $1 order by id desc limit 1',
    [subjectId],
  );
  return rows[0];
};

const isRevocation = () => ({
  action: 'accounts.api-key-revoked',
  actor_id: ana.memberId,
  details: { madeBy: rui.memberId },
});

const makeKey = async (by: string, body: object) => {
  const made = await call(here.server, '/api/v1/api-keys', {
    ...{ method: 'POST', cookie: by, body: { name: 'Pedidos', ...body } },
  });
  return { id: String(made.body['id']), key: String(made.body['key']) };
};

const opens = async ({ key }: { readonly key: string }): Promise<boolean> =>
  (await call(here.server, '/api/v1/me', { key })).status === 200;

describe('lowering a role', () => {
  const lower = async (memberId: string, role: string) => {
    const path = `/api/v1/members/${memberId}`;
    const answer = await call(here.server, path, { method: 'PATCH', cookie, body: { role } });
    expect(answer.status).toBe(200);
    return answer.body;
  };

  it('ends the keys they made that can do more than they may now, and says how many', async () => {
    const strong = await makeKey(ruis, { role: 'administrator' });
    const moderating = await makeKey(ruis, { role: 'moderator' });
    const narrow = await makeKey(ruis, {
      ...{ role: 'administrator', scopes: ['conversations:read'] },
    });
    const weak = await makeKey(ruis, { role: 'agent' });
    const another = await makeKey(cookie, { role: 'administrator' });
    expect(await lower(rui.memberId, 'moderator')).toMatchObject({ revokedKeys: 1 });
    expect([await opens(strong), await opens(moderating)]).toEqual([false, true]);
    expect(await lower(rui.memberId, 'agent')).toMatchObject({ revokedKeys: 1 });
    expect(await opens(moderating)).toBe(false);
    expect([await opens(narrow), await opens(weak), await opens(another)]).toEqual([
      ...[true, true, true],
    ]);
    for (const { id } of [strong, moderating]) {
      expect(await lastAuditOf(id)).toEqual(isRevocation());
    }
    expect(await lower(rui.memberId, 'administrator')).toMatchObject({ revokedKeys: 0 });
  });

  it('leaves no key behind that was being made meanwhile', async () => {
    const input = { name: 'Pedidos', role: 'administrator' } as const;
    for (let round = 0; round < 10; round += 1) {
      const caio = await aPerson(here.deps.db, workspaceId, 'administrator');
      await Promise.allSettled([
        inTx(here.deps, caio.actor, (ctx) => createApiKey(ctx, input)),
        inTx(here.deps, ana.actor, (ctx) =>
          updateMember(ctx, { id: caio.memberId, role: 'agent' }),
        ),
      ]);
      // What the request was let in with counts no more.
      const late = inTx(here.deps, caio.actor, (ctx) => createApiKey(ctx, input));
      await expect(late).rejects.toThrow('forbidden');
      const { rowCount } = await here.deps.pool.query(
        'select 1 from api_key where created_by = $1 and revoked_at is null',
        [caio.memberId],
      );
      expect(rowCount).toBe(0);
    }
  });
});

describe('removing a person', () => {
  it('ends the keys they made, and says so in the audit log', async () => {
    const theirs = await makeKey(ruis, { role: 'agent' });
    const another = await makeKey(cookie, { role: 'agent' });
    await call(here.server, `/api/v1/members/${rui.memberId}`, { method: 'DELETE', cookie });
    expect([await opens(theirs), await opens(another)]).toEqual([false, true]);
    expect(await lastAuditOf(theirs.id)).toEqual(isRevocation());
  });
});
