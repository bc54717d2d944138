import { expect, it } from 'vitest';
import { journalBodySchema, plain } from './journal-body.ts';

const id = '0199f6a0-0000-7000-8000-000000000001';

it('a block that ends in a year of five digits is read from a line that was written once', () => {
  const line = {
    ...{ kind: 'contact', at: '2026-11-27T12:00:00.000Z', workspaceId: id, contactId: id },
    ...{ due: [], identities: [] },
    blocks: [
      {
        ...{ id, reason: 'spam', startedAt: '2026-11-27T12:00:00.000Z', liftedAt: null },
        ...{ expiresAt: '+010000-01-01T02:59:59.000Z', upstream: true },
      },
    ],
  };
  const body = journalBodySchema.parse(line);
  expect(plain(body)).toMatchObject({ blocks: [{ expiresAt: '9999-12-31T23:59:59.000Z' }] });
  expect(journalBodySchema.safeParse({ ...line, at: 'ontem' }).success).toBe(false);
});
