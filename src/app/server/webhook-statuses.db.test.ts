import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  failedRow,
  failureCodes,
  groupStatus,
  type StatusRow,
  statusRows,
} from '#channels/whatsapp/server/testing/sheet-rows.ts';
import {
  changeFor,
  deliver,
  newWamid,
  nowInSeconds,
  textFrom,
  write,
} from './testing/signed-webhook.ts';
import { expectSilence } from './testing/silent-log.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import {
  aStranger,
  aThread,
  type TestThread,
  type TestWorkspace,
  threadOf,
} from './testing/test-workspace.ts';

let app: TestApp;
let a: TestWorkspace;
let thread: TestThread;

beforeAll(async () => {
  app = await startTestApp();
  a = app.a;
  thread = await aThread(app.deps, app.http, a);
});
afterAll(() => app.close());

const json = async (path: string): Promise<Record<string, unknown>> =>
  (await app.http(path, a.team.agent)).json as Record<string, unknown>;

const send = async (to: TestThread, text = 'resposta'): Promise<string> => {
  const answer = await app.http(`/api/v1/conversations/${to.conversationId}/messages`, {
    ...a.team.agent,
    method: 'POST',
    body: { type: 'text', text },
  });
  expect(answer.status).toBe(202);
  return (answer.json as { id: string }).id;
};

const statusOf = async (id: string) => {
  const { status, error } = await json(`/api/v1/messages/${id}`);
  return { status, error };
};

/** What WhatsApp says of the message with our id in it, with an id of its own that we have not heard of. */
const tell = async (messageId: string, wamid: string, ...told: string[]): Promise<void> => {
  const statuses = told.map((status) => ({
    id: wamid,
    status,
    timestamp: String(nowInSeconds()),
    recipient_id: thread.person.phone,
    biz_opaque_callback_data: messageId,
    ...(status === 'failed' ? { errors: [{ code: 131_026, title: 'Undeliverable' }] } : {}),
  }));
  const answer = await deliver(app.http, a.number, changeFor(a.number, 'messages', { statuses }));
  expect(answer.status).toBe(200);
};

describe('a status of a message of ours', () => {
  it('moves it on to sent, delivered, read', async () => {
    const id = await send(thread);
    const wamid = newWamid();
    for (const status of ['sent', 'delivered', 'read']) {
      await tell(id, wamid, status);
      expect(await statusOf(id)).toMatchObject({ status });
    }
  });

  it('never moves it back, in whatever order and number they come', {
    timeout: 60_000,
  }, async () => {
    const order = ['sent', 'delivered', 'read'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...order), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (told, isAtOnce) => {
          const id = await send(thread);
          const wamid = newWamid();
          await (isAtOnce
            ? tell(id, wamid, ...told)
            : Promise.all(told.map((status) => tell(id, wamid, status))));
          const furthest = Math.max(...told.map((status) => order.indexOf(status)));
          expect(await statusOf(id)).toMatchObject({ status: order[furthest] });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('says why it failed; one that arrived has not failed', async () => {
    const [lost, arrived] = [await send(thread), await send(thread)];
    await tell(lost, newWamid(), 'sent', 'failed', 'sent');
    expect(await statusOf(lost)).toEqual({
      status: 'failed',
      error: { code: 'whatsapp-131026' },
    });
    await tell(arrived, newWamid(), 'delivered', 'failed');
    expect(await statusOf(arrived)).toEqual({ status: 'delivered', error: undefined });
  });

  it('is applied although the person is blocked, and nothing else of them is', async () => {
    const shut = await aThread(app.deps, app.http, a);
    const id = await send(shut);
    const block = await app.http(`/api/v1/contacts/${shut.contactId}/block`, {
      ...a.team.administrator,
      method: 'PUT',
      body: { reason: 'offense' },
    });
    expect(block.status).toBe(200);
    const { messageIds } = await threadOf(app.deps, a.id, shut.person);
    await tell(id, newWamid(), 'delivered');
    expect(await statusOf(id)).toMatchObject({ status: 'delivered' });
    await write(
      app.http,
      a.number,
      { ...shut.person, name: 'Outro nome' },
      textFrom(shut.person, 'oi'),
    );
    expect((await threadOf(app.deps, a.id, shut.person)).messageIds).toEqual(messageIds);
    expect(await json(`/api/v1/contacts/${shut.contactId}`)).toMatchObject({
      name: shut.person.name,
      isBlocked: true,
    });
  });

  it('by another workspace’s number means nothing', async () => {
    const id = await send(thread);
    const before = await statusOf(id);
    const status = { id: newWamid(), status: 'read', biz_opaque_callback_data: id };
    const { number } = app.b;
    const change = changeFor(number, 'messages', { statuses: [status] });
    expect((await deliver(app.http, number, change)).status).toBe(200);
    expect(await statusOf(id)).toEqual(before);
  });
});

describe('a status as the sheet has it (4.6)', () => {
  const tellRow = async (id: string, { fields, contacts }: StatusRow): Promise<void> => {
    const told = {
      id: newWamid(),
      timestamp: String(nowInSeconds()),
      biz_opaque_callback_data: id,
      ...fields,
    };
    const value = { ...(contacts === undefined ? {} : { contacts }), statuses: [told] };
    const answer = await deliver(app.http, a.number, changeFor(a.number, 'messages', value));
    expect(answer.status, answer.text).toBe(200);
  };

  it.each(Object.entries(statusRows))('%s', async (_name, row) => {
    const id = await send(thread);
    await tellRow(id, row);
    expect(await statusOf(id)).toEqual({ status: row.fields['status'], error: undefined });
  });

  it("of a group's participant is counted, and no person's message fares by it", async () => {
    const id = await send(thread);
    const before = await statusOf(id);
    await tellRow(id, groupStatus);
    expect(await statusOf(id)).toEqual(before);
  });

  it.each(failureCodes)('failed by %i', async (code) => {
    const id = await send(thread);
    await tellRow(id, failedRow(code));
    expect(await statusOf(id)).toEqual({
      status: 'failed',
      // The one of them that has a name of our own, as of a refusal before it left.
      error: { code: code === 131_047 ? 'window-closed' : `whatsapp-${code}` },
    });
  });
});

describe('text that databases choke on', () => {
  const poison: Readonly<Record<string, readonly [sent: string, kept: RegExp]>> = {
    'a NUL': ['antes\0depois', /^antes\uFFFDdepois$/],
    'half a surrogate pair': ['antes\uD83Ddepois', /^antes\uFFFDdepois$/],
    '64 kB': ['ã'.repeat(65_536), /^ã{65536}$/],
    'more than 64 kB': [`${'x'.repeat(65_535)}🙂🙂`, /^x{65535}$/],
    'words of SQL': ["'); drop table message; --", /drop table message/],
    'every odd character': ['\u202E\u0007\r\n\t\u{10FFFF}', /\u202E/],
  };

  it.each(Object.entries(poison))('%s is stored, and shown', async (_name, [sent, kept]) => {
    const person = aStranger(a.marker);
    const odd = { ...person, name: `Zé${sent.slice(0, 60)}` };
    const answer = await write(app.http, a.number, odd, textFrom(person, sent));
    expect(answer.status).toBe(200);
    const { conversationId, contactId } = await threadOf(app.deps, a.id, person);
    const { items } = (await json(`/api/v1/conversations/${conversationId}/messages`)) as {
      items: { text: string; type: string }[];
    };
    expect(items).toEqual([expect.objectContaining({ type: 'text' })]);
    expect(items[0]?.text).toMatch(kept);
    expect(await json(`/api/v1/contacts/${contactId}`)).toMatchObject({ isBlocked: false });
  });

  it.each(['0', '-5', '99999999999999', 'ontem', '', null, 1e300])(
    'a time of %j is replaced by that of receiving',
    async (timestamp) => {
      const person = aStranger(a.marker);
      const answer = await write(app.http, a.number, person, textFrom(person, 'oi', { timestamp }));
      expect(answer.status).toBe(200);
      const { messageIds } = await threadOf(app.deps, a.id, person);
      const { at } = await json(`/api/v1/messages/${messageIds[0]}`);
      expect(Math.abs(Date.parse(String(at)) - Date.now())).toBeLessThan(60_000);
    },
  );

  it('does not keep the good items of the same webhook from being stored', async () => {
    const person = aStranger(a.marker);
    const answer = await write(
      app.http,
      a.number,
      person,
      textFrom(person, 'boa'),
      null,
      [],
      'nada',
      textFrom(person, 'ruim\0', { id: 'wamid.\0' }),
      textFrom(person, 'boa também'),
    );
    expect(answer.status).toBe(200);
    expect((await threadOf(app.deps, a.id, person)).messageIds).toHaveLength(3);
  });
});

describe('the log of all this', () => {
  it('holds no text, no number and no id of WhatsApp', () => {
    expectSilence(
      app.logLines,
      [a, app.b],
      'drop table',
      'xxxxxxxx',
      'antes',
      'resposta',
      'in words',
    );
  });
});
