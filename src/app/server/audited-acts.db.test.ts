import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { testPassword } from '#features/accounts/server/testing.ts';
import { expectOneEvent } from '#platform/server/testing/audit-trail.ts';
import {
  aNameRemoval,
  anImport,
  anImportOfOne,
  aRemoval,
  stoppedMessages,
  webhookDeliveries,
} from './testing/api-things.ts';
import type { Answer, Caller } from './testing/http-client.ts';
import { aSpareNumber, type NumbersApp, startNumbersApp } from './testing/numbers-app.ts';
import { patient } from './testing/template-world.ts';
import type { TestApp } from './testing/test-app.ts';
import {
  aTeamMember,
  aThread,
  type TeamMember,
  type TestWorkspace,
} from './testing/test-workspace.ts';

/** Acts that change something, each done once over HTTP: what stands in the log is exactly one event. */
let numbers: NumbersApp;
let app: TestApp;
let of: TestWorkspace;
let administrator: TeamMember;
beforeAll(async () => {
  numbers = await startNumbersApp();
  app = numbers.app;
  of = app.a;
  administrator = of.team.administrator;
});
afterAll(() => numbers.close());

const act = async (
  method: string,
  path: string,
  body?: unknown,
  by: Caller = administrator,
): Promise<Answer> => {
  const answer = await numbers.call(by, method, path, body);
  if (answer.status >= 300) {
    throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  }
  return answer;
};
const aPerson = () => aTeamMember(app.deps, app.http, of.id, 'agent');
const newThread = () => aThread(app.deps, app.http, of);

interface Told {
  /** Absent: the administrator; null: nobody, it is the product's own. */
  readonly actor?: string | null;
  readonly subject?: readonly [kind: string, id: string];
  readonly details?: Readonly<Record<string, unknown>>;
  /** What was written or chosen, and is nobody's business in the log. */
  readonly words?: readonly string[];
}

/** Of each event: the act that makes it, and what the log is to say of it. */
type Acts = Readonly<Record<string, () => Promise<Told>>>;

const expectTold = async (action: string, { actor, subject, details = {}, words }: Told) => {
  const expected = {
    actor: actor === undefined ? administrator.memberId : actor,
    details,
    ...(subject && { subject }),
  };
  const all = [of.marker, ...(words ?? [])];
  await expectOneEvent(app.deps.db, of.id, action, expected, all);
};

const each = (acts: Acts): void => {
  it.each(Object.entries(acts))('%s', async (action, perform) => {
    const told = await perform();
    await vi.waitFor(() => expectTold(action, told), patient);
  });
};

describe('people and settings', () => {
  const newPassword = 'outra senha bem comprida';
  each({
    'accounts.sign-in-failed': async () => {
      const { email, memberId } = of.team.moderator;
      const password = 'adivinhada por alguém';
      await app.http('/api/auth/sign-in/email', { method: 'POST', body: { email, password } });
      return { actor: null, subject: ['member', memberId], words: [email, password] };
    },
    'accounts.member-removed': async () => {
      const { memberId, email } = await aPerson();
      await act('DELETE', `/api/v1/members/${memberId}`);
      return { subject: ['member', memberId], details: { role: 'agent' }, words: [email] };
    },
    'accounts.workspace-changed': async () => {
      await act('PATCH', '/api/v1/workspace', { name: 'Padaria Nova', timeZone: 'America/Recife' });
      const details = { timeZone: 'America/Recife', locale: null };
      return { subject: ['workspace', of.id], details, words: ['Padaria'] };
    },
    'accounts.password-changed': async () => {
      const person = await aPerson();
      const body = { currentPassword: testPassword, newPassword };
      await act('POST', '/api/v1/me/password', body, person);
      return { actor: person.memberId, words: [testPassword, newPassword] };
    },
    'accounts.password-check-failed': async () => {
      const person = await aPerson();
      const body = { currentPassword: 'não é esta senha', newPassword };
      await numbers.call(person, 'POST', '/api/v1/me/password', body);
      return { actor: person.memberId, words: [body.currentPassword, newPassword] };
    },
    'media.cover-settings-changed': async () => {
      const body = { coveredFrom: 'everybody', kinds: ['video', 'image'], placeholder: 'blur' };
      await act('PUT', '/api/v1/media-cover-settings', body);
      return { subject: ['workspace', of.id], details: { ...body, kinds: 'image, video' } };
    },
    'gate.block-request-settings-changed': async () => {
      const body = { answerWithinHours: 12 };
      await act('PUT', '/api/v1/block-requests/settings', body);
      return { subject: ['workspace', of.id], details: body };
    },
  });
});

describe('numbers of ours', () => {
  each({
    'gate.block-list-set': async () => {
      const { channelId } = of.number;
      await act('PATCH', `/api/v1/channels/${channelId}/block-list`, { isOn: false });
      return { subject: ['channel', channelId], details: { isOn: false } };
    },
    'channels.app-sync-asked': async () => {
      const id = await aSpareNumber(app, of);
      await act('POST', `/api/v1/channels/whatsapp/${id}/app-sync`, { part: 'history' });
      return { subject: ['channel', id], details: { part: 'history' } };
    },
    'channels.number-disconnected': async () => {
      const id = await aSpareNumber(app, of);
      await act('DELETE', `/api/v1/channels/whatsapp/${id}`);
      return { subject: ['channel', id] };
    },
    'webhooks.delivery-resent': async () => {
      const [deliveryId = ''] = await webhookDeliveries(app, of);
      const read = await act('GET', `/api/v1/webhook-deliveries/${deliveryId}`);
      const { endpointId, eventId } = read.json as { endpointId: string; eventId: string };
      await act('POST', `/api/v1/webhook-deliveries/${deliveryId}/resend`);
      const details = { deliveryId, eventId };
      return { subject: ['webhook-endpoint', endpointId], details, words: ['hooks.example'] };
    },
  });
});

describe('contacts, and what they and we sent', () => {
  each({
    'contacts.merged': async () => {
      const [keep, other] = [await newThread(), await newThread()];
      const body = { otherContactId: other.contactId };
      await act('POST', `/api/v1/contacts/${keep.contactId}/merge`, body);
      const details = { ...body, isBlocked: false };
      return { subject: ['contact', keep.contactId], details, words: [keep.person.phone] };
    },
    'media.contact-flagged': async () => {
      const { contactId } = await newThread();
      for (const _ of ['and again, which changes nothing', 'once']) {
        await act('PUT', `/api/v1/contacts/${contactId}/media-flag`);
      }
      return { subject: ['contact', contactId], details: { cause: 'manual' } };
    },
    'media.contact-unflagged': async () => {
      const { contactId } = of.blocked;
      await act('PUT', `/api/v1/contacts/${contactId}/media-flag`);
      await act('DELETE', `/api/v1/contacts/${contactId}/media-flag`);
      return { subject: ['contact', contactId] };
    },
    'conversations.stopped-discarded': async () => {
      const [messageId = ''] = await stoppedMessages(app, of);
      await act('POST', `/api/v1/messages/${messageId}/discard-stopped`);
      const details = { messageId, sentAs: null };
      return { subject: ['message', messageId], details, words: ['enviado'] };
    },
    'gate.import-cancelled': async () => {
      const importId = await anImport(app, of);
      await act('POST', `/api/v1/block-imports/${importId}/apply`);
      await act('POST', `/api/v1/block-imports/${importId}/cancel`);
      const done = { blocked: 0, edited: 0, unchanged: 0, notDone: 1 };
      return { details: { importId, ...done }, words: ['lista.csv', '98765'] };
    },
    'gate.import-undo-started': async () => {
      const importId = await anImportOfOne(app, of);
      for (const _ of ['once', 'and again, which changes nothing']) {
        await act('POST', `/api/v1/block-imports/${importId}/undo`);
      }
      return { details: { importId, blocks: 1 }, words: ['feita.csv'] };
    },
  });
});

describe('removal requests', () => {
  const read = async (id: string) =>
    (await act('GET', `/api/v1/removal-requests/${id}`)).json as {
      number: number;
      contactId: string;
    };
  each({
    'removals.commented': async () => {
      const { id } = await aRemoval(app, of);
      const text = 'Pode olhar hoje?';
      await act('POST', `/api/v1/removal-requests/${id}/comments`, { text });
      const { number } = await read(id);
      return { subject: ['removal-request', id], details: { number }, words: [text] };
    },
    'removals.retried': async () => {
      const { id } = await aRemoval(app, of, 'remove');
      await act('POST', `/api/v1/removal-requests/${id}/retry`);
      const { number } = await read(id);
      return { subject: ['removal-request', id], details: { number } };
    },
    'removals.name-kept': async () => {
      const requestId = await aNameRemoval(app, of);
      const { number, contactId } = await read(requestId);
      const path = `/api/v1/removal-requests/${requestId}/name/decision`;
      await act('POST', path, { decision: 'keep', answer: 'É o nome dela.' });
      const details = { requestId, number, reason: 'other' };
      return { subject: ['contact', contactId], details, words: ['É o nome', 'Pessoa'] };
    },
    'removals.name-proposed': async () => {
      const settings = { decideWithinHours: 8, twoPersonReasons: ['offense'] };
      await act('PUT', '/api/v1/settings/removals', settings);
      const requestId = await aNameRemoval(app, of);
      const { number, contactId } = await read(requestId);
      const path = `/api/v1/removal-requests/${requestId}/name/decision`;
      await act('POST', path, { decision: 'remove' });
      const details = { requestId, number, reason: 'offense' };
      return { subject: ['contact', contactId], details, words: ['Pessoa'] };
    },
  });
});
