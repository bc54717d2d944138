import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from './testing/http-client.ts';
import { countEveryRow, rowsOfWorkspace } from './testing/leaks.ts';
import {
  changeFor,
  contactEntry,
  nowInSeconds,
  postSigned,
  signatureOf,
  type TestNumber,
  type TestPerson,
  textFrom,
  webhookOf,
  write,
} from './testing/signed-webhook.ts';
import { expectSilence } from './testing/silent-log.ts';
import { startPeer, startTestApp, type TestApp } from './testing/test-app.ts';
import { aStranger, type TestWorkspace, threadOf } from './testing/test-workspace.ts';

let app: TestApp;
let a: TestWorkspace;
let b: TestWorkspace;

beforeAll(async () => {
  app = await startTestApp();
  ({ a, b } = app);
});
afterAll(() => app.close());

const textChange = (number: TestNumber, person: TestPerson, ...texts: string[]) =>
  changeFor(number, 'messages', {
    contacts: [contactEntry(person)],
    messages: texts.map((text) => textFrom(person, text)),
  });

const bytesOf = (...changes: unknown[]): string =>
  JSON.stringify(webhookOf(a.number.wabaId, ...changes));

const textsOf = async (workspace: TestWorkspace, person: TestPerson): Promise<string[]> => {
  const { rows } = await sql<{ text: string }>`
    select m.text from message m
      join contact_identity i on i.workspace_id = m.workspace_id and i.contact_id = m.contact_id
     where m.workspace_id = ${workspace.id} and i.kind = 'bsuid' and i.value = ${person.bsuid}
     order by m.at, m.id`.execute(app.deps.db);
  return rows.map((row) => row.text);
};

describe('the handshake', () => {
  const shake = (query: Record<string, string>): Promise<Answer> =>
    app.http(`/webhooks/whatsapp?${new URLSearchParams(query)}`);
  const query = (token: string) => ({
    'hub.mode': 'subscribe',
    'hub.verify_token': token,
    'hub.challenge': '1158201444',
  });

  it('repeats the challenge to who knows the token of one of the numbers', async () => {
    for (const { number } of [a, b]) {
      const answer = await shake(query(number.verifyToken));
      expect([answer.status, answer.text]).toEqual([200, '1158201444']);
      expect(answer.headers.get('content-type')).toContain('text/plain');
    }
  });

  it('refuses everybody else', async () => {
    const good = query(a.number.verifyToken);
    for (const bad of [
      query('wrong'),
      query(''),
      {},
      { ...good, 'hub.mode': 'unsubscribe' },
      { 'hub.mode': 'subscribe', 'hub.verify_token': a.number.verifyToken },
    ]) {
      const answer = await shake(bad as Record<string, string>);
      expect([answer.status, answer.code]).toEqual([403, 'wrong-verify-token']);
    }
  });
});

describe('a webhook that is refused', () => {
  const refusedAs = async (status: number, send: () => Promise<Answer>): Promise<Answer> => {
    const before = await countEveryRow(app.deps.db);
    const answer = await send();
    expect(answer.status, answer.text).toBe(status);
    expect(await countEveryRow(app.deps.db)).toEqual(before);
    return answer;
  };
  const post = (rawBody: string | Buffer, headers: Record<string, string> = {}) =>
    app.http('/webhooks/whatsapp', {
      method: 'POST',
      rawBody,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it('because its signature is missing, malformed or of another secret', async () => {
    const bytes = bytesOf(textChange(a.number, aStranger(a.marker), 'não entra'));
    const good = signatureOf(bytes, a.number.appSecret);
    const bad = [
      undefined,
      '',
      'sha256=',
      good.slice(0, -1),
      `${good}0`,
      good.replace('sha256', 'sha1'),
      good.slice('sha256='.length),
      `${good}, ${good}`,
      signatureOf(bytes, 'not the secret'),
      signatureOf(bytes, b.number.appSecret),
      signatureOf(`${bytes} `, a.number.appSecret),
      signatureOf(bytes, ''),
    ];
    for (const signature of bad) {
      const headers = signature === undefined ? {} : { 'x-hub-signature-256': signature };
      const answer = await refusedAs(401, () => post(bytes, headers as Record<string, string>));
      expect(answer.code).toBe('wrong-signature');
    }
  });

  it('because the secret of one workspace signs for the number of another', async () => {
    const person = aStranger(b.marker);
    const bytes = bytesOf(textChange(b.number, person, 'forjada'));
    await refusedAs(401, () => postSigned(app.http, bytes, a.number.appSecret));
    expect(await textsOf(b, person)).toEqual([]);
  });

  it('because it is not JSON, or no webhook of WhatsApp', async () => {
    const bad = [
      '',
      'nada',
      '{"object":',
      '[]',
      'null',
      '{}',
      '{"object":"page","entry":[]}',
      '{"object":"whatsapp_business_account"}',
      Buffer.from([0xff, 0xfe, 0x00]),
    ];
    for (const bytes of bad) {
      const answer = await refusedAs(400, () => postSigned(app.http, bytes, a.number.appSecret));
      expect(answer.code).toBe('not-a-webhook');
    }
  });

  it('because it is larger than 3 MB; one of 3 MB is taken', async () => {
    const person = aStranger(a.marker);
    const bytes = bytesOf(textChange(a.number, person, 'coube'));
    const limit = 3 * 1024 * 1024;
    const padding = limit - Buffer.byteLength(bytes);
    const large = `${bytes}${' '.repeat(padding)}`;
    const answer = await refusedAs(413, () =>
      postSigned(app.http, `${large} `, a.number.appSecret),
    );
    expect(answer.code).toBe('too-large');
    expect((await postSigned(app.http, large, a.number.appSecret)).status).toBe(200);
    expect(await textsOf(a, person)).toEqual(['coube']);
  });
});

describe('a body with changes for several numbers', () => {
  it('enters only where it is signed for', async () => {
    const [own, foreign] = [aStranger(a.marker), aStranger(b.marker)];
    // That somebody tried under another secret is noted on the page of its number, some seconds later.
    const rows = async () => {
      const { whatsapp_health: _, ...others } = await rowsOfWorkspace(app.deps.db, b.id);
      return others;
    };
    const before = await rows();
    const changes = [textChange(b.number, foreign, 'alheia'), textChange(a.number, own, 'nossa')];
    for (const bytes of [bytesOf(...changes), bytesOf(...changes.reverse())]) {
      expect((await postSigned(app.http, bytes, a.number.appSecret)).status).toBe(200);
    }
    expect(await textsOf(a, own)).toEqual(['nossa']);
    expect(await textsOf(b, foreign)).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  it('is only counted for a number that nobody has connected', async () => {
    const unknown = { ...a.number, phoneNumberId: '999000000000001' };
    const person = aStranger(a.marker);
    const bytes = bytesOf(textChange(unknown, person, 'para ninguém'));
    const countOf = async () => {
      await app.whatsApp.flushNotes();
      const { rows } = await sql<{ count: number }>`
        select unknown_numbers::int as count from whatsapp_health
         where workspace_id = ${a.id} and last_unknown_number_id = ${unknown.phoneNumberId}`.execute(
        app.deps.db,
      );
      return rows[0]?.count ?? 0;
    };
    expect((await postSigned(app.http, bytes, 'not the secret')).status).toBe(401);
    expect(await countOf()).toBe(0);
    expect((await postSigned(app.http, bytes, a.number.appSecret)).status).toBe(200);
    expect((await postSigned(app.http, bytes, a.number.appSecret)).status).toBe(200);
    expect(await countOf()).toBe(2);
    expect(await textsOf(a, person)).toEqual([]);
  });

  it('is counted for the unknown number and stored for the known one', async () => {
    const unknown = { ...a.number, phoneNumberId: '999000000000002' };
    const person = aStranger(a.marker);
    const bytes = bytesOf(
      textChange(unknown, person, 'para ninguém'),
      textChange(a.number, person, 'para nós'),
    );
    expect((await postSigned(app.http, bytes, a.number.appSecret)).status).toBe(200);
    expect(await textsOf(a, person)).toEqual(['para nós']);
  });
});

describe('what comes more than once, or in another order', () => {
  it('is stored once, however often and at once it is delivered', async () => {
    const person = aStranger(a.marker);
    const bytes = bytesOf(textChange(a.number, person, 'uma vez', 'só'));
    const again = () => postSigned(app.http, bytes, a.number.appSecret);
    const answers = [await again(), ...(await Promise.all([again(), again(), again()]))];
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(await textsOf(a, person)).toEqual(['uma vez', 'só']);
    const thread = await threadOf(app.deps, a.id, person);
    const path = `/api/v1/conversations/${thread.conversationId}`;
    const conversation = await app.http(path, a.team.agent);
    expect(conversation.json).toMatchObject({ unreadCount: 2 });
  });

  it('stands in the order of WhatsApp’s clock, and the newest is the last message', async () => {
    const person = aStranger(a.marker);
    const at = (secondsAgo: number) => ({ timestamp: String(nowInSeconds() - secondsAgo) });
    await write(app.http, a.number, person, textFrom(person, 'terceira', at(10)));
    await write(app.http, a.number, person, textFrom(person, 'primeira', at(30)));
    await write(app.http, a.number, person, textFrom(person, 'segunda', at(20)));
    expect(await textsOf(a, person)).toEqual(['primeira', 'segunda', 'terceira']);
    const thread = await threadOf(app.deps, a.id, person);
    const path = `/api/v1/conversations/${thread.conversationId}`;
    const conversation = await app.http(path, a.team.agent);
    expect(conversation.json).toMatchObject({ lastMessage: { text: 'terceira' }, unreadCount: 3 });
  });

  it('makes one contact and one conversation of first messages that arrive at once', async () => {
    const peer = await startPeer(app);
    const people = Array.from({ length: 12 }, () => aStranger(a.marker));
    // The ninth digit is there or not, the number is told or hidden: one person all the same.
    const spellings = (person: TestPerson) => [
      textFrom(person, 'a'),
      textFrom(person, 'b', { from: `${person.phone.slice(0, 4)}${person.phone.slice(5)}` }),
      textFrom(person, 'c', { from: '' }),
      textFrom(person, 'd', { from: undefined }),
    ];
    const answers = await Promise.all(
      people.flatMap((person) =>
        spellings(person).map((message, index) => {
          const change = changeFor(a.number, 'messages', { messages: [message] });
          const { http } = index % 2 === 0 ? app : peer;
          return postSigned(http, bytesOf(change), a.number.appSecret);
        }),
      ),
    );
    await peer.close();
    expect(answers.filter((answer) => answer.status !== 200)).toEqual([]);
    for (const person of people) {
      expect((await textsOf(a, person)).sort()).toEqual(['a', 'b', 'c', 'd']);
      expect((await threadOf(app.deps, a.id, person)).messageIds).toHaveLength(4);
    }
  });
});

describe('the log of all this', () => {
  it('holds no text, no number and no id of WhatsApp', () => {
    expectSilence(app.logLines, [a, b], 'não entra', 'forjada', 'coube', 'alheia', 'uma vez');
  });
});
