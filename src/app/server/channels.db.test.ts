import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Inspection, NumberCheck } from '#channels/whatsapp/contract.ts';
import { rowsOfWorkspace } from './testing/leaks.ts';
import { type NumbersApp, numbersPath, startNumbersApp, typedOf } from './testing/numbers-app.ts';
import type { TestApp } from './testing/test-app.ts';

let numbers: NumbersApp;
let app: TestApp;

beforeAll(async () => {
  numbers = await startNumbersApp();
  app = numbers.app;
});
afterAll(() => numbers.close());

describe('connecting a number', () => {
  it('asks WhatsApp first, and tells nothing of the secrets afterwards', async () => {
    const number = await numbers.aNumber();
    const view = await numbers.connect(number);
    expect(view).toMatchObject({
      name: number.verifiedName,
      displayNumber: number.displayNumber,
      hasReadableSecrets: true,
      hasAppSecret: true,
      accessTokenEnd: number.accessToken.slice(-4),
      lastWebhookAt: null,
    });
    await numbers.asAdministrator('PATCH', `/${view.id}`, { name: 'Balcão' });
    const texts = [
      JSON.stringify(view),
      (await numbers.asAdministrator('GET')).text,
      (await numbers.asAdministrator('GET', `/${view.id}`)).text,
      (await numbers.asAdministrator('POST', `/${view.id}/inspection`)).text,
      ...app.logLines,
      JSON.stringify(await rowsOfWorkspace(app.deps.db, app.a.id)),
    ].join('\n');
    for (const secret of [number.accessToken, number.appSecret, number.verifyToken]) {
      expect(texts.includes(secret)).toBe(false);
    }
    const { rows } = await sql<{ action: string; details: unknown }>`
      select action, details from audit_event where subject_id = ${view.id} order by id`.execute(
      app.deps.db,
    );
    expect(rows).toEqual([
      { action: 'channels.number-connected', details: { isAgain: false } },
      { action: 'channels.number-updated', details: { name: true } },
    ]);
  });

  it('is refused twice, here and in another workspace, without saying whose it is', async () => {
    const number = await numbers.aNumber();
    await numbers.connect(number);
    for (const { team } of [app.a, app.b]) {
      const answer = await numbers.call(team.administrator, 'POST', numbersPath, typedOf(number));
      expect([answer.status, answer.code]).toEqual([409, 'number-already-connected']);
      expect(answer.text).not.toContain(app.a.id);
    }
    const both = await numbers.aNumber();
    const answers = await Promise.all([
      numbers.call(app.a.team.administrator, 'POST', numbersPath, typedOf(both)),
      numbers.call(app.b.team.administrator, 'POST', numbersPath, typedOf(both)),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  it('is for administrators only', async () => {
    const number = await numbers.aNumber();
    const { view } = await numbers.connected();
    for (const caller of [app.a.team.agent, app.a.team.moderator, app.a.keys.moderator]) {
      for (const [method, at, body] of [
        ['POST', numbersPath, typedOf(number)],
        ['POST', `${numbersPath}/checks`, typedOf(number)],
        ['GET', numbersPath, undefined],
        ['GET', `${numbersPath}/${view.id}`, undefined],
        ['PATCH', `${numbersPath}/${view.id}`, { name: 'x' }],
        ['DELETE', `${numbersPath}/${view.id}`, undefined],
        ['POST', `${numbersPath}/${view.id}/subscription`, undefined],
        ['POST', `${numbersPath}/${view.id}/inspection`, undefined],
      ] as const) {
        const answer = await numbers.call(caller, method, at, body);
        expect([method, at, answer.status]).toEqual([method, at, 403]);
      }
    }
  });

  it('of another workspace is not found', async () => {
    const id = app.b.number.channelId;
    const asks: readonly (readonly [string, string, unknown])[] = [
      ['GET', `/${id}`, undefined],
      ['PATCH', `/${id}`, { name: 'minha' }],
      ['PATCH', `/${id}`, { accessToken: 'EAAmine' }],
      ['DELETE', `/${id}`, undefined],
      ['POST', `/${id}/subscription`, undefined],
      ['POST', `/${id}/inspection`, undefined],
      ['POST', '/checks', { id }],
    ];
    for (const [method, at, body] of asks) {
      const answer = await numbers.asAdministrator(method, at, body);
      expect([method, at, answer.status, answer.code]).toEqual([
        ...[method, at, 404, 'channel-not-found'],
      ]);
    }
  });
});

describe('checking what was typed', () => {
  it('says of each field what is wrong, as far as it can be known', async () => {
    const [number, other] = [await numbers.aNumber(), await numbers.aNumber()];
    const { phoneNumberId, wabaId, accessToken, appSecret } = number;
    const codes = ({ accessToken: t, phoneNumberId: p, wabaId: w, appSecret: s }: NumberCheck) =>
      [t, p, w, s].map(({ state, code }) => code ?? state);
    const all = { phoneNumberId, wabaId, accessToken, appSecret };
    for (const [body, expected] of [
      [{}, ['unchecked', 'unchecked', 'unchecked', 'unchecked']],
      [{ phoneNumberId }, ['unchecked', 'unchecked', 'unchecked', 'unchecked']],
      [{ phoneNumberId, accessToken }, ['ok', 'ok', 'unchecked', 'unchecked']],
      [all, ['ok', 'ok', 'ok', 'ok']],
      [{ ...all, accessToken: 'expired-token' }, ['token-expired', ...Array(3).fill('unchecked')]],
      [{ ...all, accessToken: 'EAAother' }, ['token-wrong', ...Array(3).fill('unchecked')]],
      [
        { ...all, accessToken: 'no-permission-token' },
        ['token-without-permission', ...Array(3).fill('unchecked')],
      ],
      [
        { ...all, phoneNumberId: '999000111' },
        ['unchecked', 'number-not-found', 'unchecked', 'unchecked'],
      ],
      [{ ...all, wabaId: other.wabaId }, ['ok', 'ok', 'number-not-in-account', 'ok']],
      [{ ...all, wabaId: '999000222' }, ['ok', 'ok', 'account-not-found', 'ok']],
      [{ ...all, appSecret: 'of another app' }, undefined],
      [{ ...all, appSecret: other.appSecret }, ['ok', 'ok', 'ok', 'secret-wrong']],
    ] as const) {
      const answer = await numbers.asAdministrator('POST', '/checks', body);
      if (expected === undefined) {
        expect(answer.status).toBe(422);
      } else {
        expect([body, codes(answer.json as NumberCheck)]).toEqual([body, expected]);
      }
    }
    const { facts, clockSeconds } = await numbers.check(all);
    expect(facts).toMatchObject({ quality: 'GREEN', limit: 'TIER_250', throughput: 'STANDARD' });
    expect(Math.abs(clockSeconds ?? 99)).toBeLessThanOrEqual(2);
  });

  it('tells our own app from another program that is subscribed to the account', async () => {
    const { number, view } = await numbers.connected();
    const atMeta = async (body: object) => {
      const response = await fetch(
        `${numbers.simulator.url}/_sim/channels/${number.phoneNumberId}`,
        {
          ...{ method: 'PATCH', body: JSON.stringify(body) },
          headers: { 'content-type': 'application/json' },
        },
      );
      expect(response.status).toBe(200);
      const answer = await numbers.asAdministrator('POST', `/${view.id}/inspection`);
      return (answer.json as Inspection).subscription;
    };
    expect(await atMeta({ subscribed: true })).toBe('own');
    expect(await atMeta({ otherApp: true })).toBe('own');
    expect(await atMeta({ subscribed: false })).toBe('foreign');
    const asked = await numbers.asAdministrator('POST', `/${view.id}/subscription`);
    expect(asked.status).toBe(204);
    expect(await atMeta({ otherApp: false })).toBe('own');
    expect(await atMeta({ subscribed: false })).toBe('none');
  });

  it('connects nothing that is wrong', async () => {
    const number = await numbers.aNumber();
    for (const [more, code, status] of [
      [{ accessToken: 'expired-token' }, 'token-expired', 422],
      [{ appSecret: 'another' }, 'secret-wrong', 422],
      [{ appSecret: 'demo-app-secret' }, 'secret-known', 422],
      [{ wabaId: '999000222' }, 'account-not-found', 422],
    ] as const) {
      const answer = await numbers.asAdministrator('POST', '', { ...typedOf(number), ...more });
      expect([answer.status, answer.code]).toEqual([status, code]);
    }
    await numbers.connect(number);
  });

  it('says that WhatsApp does not answer, and blames nothing', async () => {
    const number = await numbers.aNumber();
    await fetch(`${numbers.simulator.url}/_sim/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ on: 'accounts', reset: 'before', times: 1 }),
    });
    const answer = await numbers.asAdministrator('POST', '', typedOf(number));
    expect([answer.status, answer.code]).toEqual([503, 'whatsapp-unreachable']);
  });
});
