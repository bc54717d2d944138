import { describe, expect, it } from 'vitest';
import { mostChanges, mostOfAccount, parseWebhook } from './parse-webhook.ts';
import {
  change,
  echoes,
  history,
  inbound,
  others,
  phoneNumberId,
  statuses,
  wabaId,
  webhookOf,
} from './testing/fixtures.ts';
import { ana, at, displayNumber, messageOf, messages, text } from './testing/messages.ts';
import { channel, itemsOf } from './testing/read-items.ts';

/** The names of what was only counted. */
const countedIn = (body: unknown): string[] =>
  itemsOf(body).map((item) => (item.type === 'counted' ? item.name : `not counted: ${item.type}`));

describe('the envelope', () => {
  it.each([
    [null],
    ['text'],
    [[]],
    [{}],
    [{ object: 'page', entry: [] }],
    [{ object: 'whatsapp_business_account' }],
    [{ object: 'whatsapp_business_account', entry: {} }],
  ])('is none of WhatsApp: %j', (body) => {
    expect(parseWebhook(body)).toBeNull();
  });

  it('lists every change of every entry with the number it names', () => {
    const body = {
      object: 'whatsapp_business_account',
      entry: [
        { id: wabaId, changes: [change('messages', { messages: [text] }), change('calls', {})] },
        { id: '9', changes: [{ field: 'account_update', value: {} }] },
        { id: '9' },
        'odd',
      ],
    };
    const listed = parseWebhook(body)?.changes.map((each) => [
      each.phoneNumberId,
      each.wabaId,
      each.counterName,
    ]);
    expect(listed).toEqual([
      [phoneNumberId, wabaId, 'field-messages'],
      [phoneNumberId, wabaId, 'field-calls'],
      [null, '9', 'field-account_update'],
    ]);
  });

  it('reads no more changes than WhatsApp could send', () => {
    const many = (count: number, one: object) =>
      parseWebhook(webhookOf(...Array(count).fill(one)))?.changes.length ?? null;
    const named = change('messages', {});
    expect([many(mostChanges, named), many(mostChanges + 1, named)]).toEqual([mostChanges, null]);
    expect([many(mostOfAccount, {}), many(mostOfAccount + 1, {})]).toEqual([mostOfAccount, null]);
  });

  it('never names a number that no column can hold', () => {
    const named = (id: unknown) =>
      parseWebhook(webhookOf({ field: 'messages', value: { metadata: { phone_number_id: id } } }))
        ?.changes[0]?.phoneNumberId;
    expect([named('1'.repeat(65)), named('1\0'), named(''), named({}), named(12)]).toEqual([
      null,
      null,
      null,
      null,
      '12',
    ]);
  });

  it('reads every message of a batch, in order', () => {
    const list = Array.from({ length: 1_000 }, (_, n) => messageOf({ ...text, id: `wamid.${n}` }));
    const ids = itemsOf(inbound(...list)).map((item) => item.type === 'message' && item.externalId);
    expect(ids).toEqual(list.map((each) => each['id']));
  });

  it('reads a list that is too long to be spread', () => {
    const list = Array.from({ length: 200_000 }, () => null);
    expect(itemsOf(webhookOf(change('messages', { messages: list })))).toHaveLength(200_000);
    const errors = Array.from({ length: 200_000 }, () => ({}));
    expect(itemsOf(webhookOf(change('history', { history: [{ errors }] })))).toHaveLength(200_000);
  });
});

describe('statuses', () => {
  it('become items, but for those of groups and calls', () => {
    const told = itemsOf(statuses).map((item) =>
      item.type === 'status' ? [item.status, item.errorCode] : item.type,
    );
    expect(told).toEqual([
      ['sent', undefined],
      ['delivered', undefined],
      ['read', undefined],
      ['played', undefined],
      ['failed', 131_026],
      'counted',
      'message',
    ]);
    expect(itemsOf(statuses)[1]).toEqual({
      type: 'status',
      ...channel,
      externalId: 'wamid.OURS01',
      status: 'delivered',
      timestamp: at,
      callbackData: '0197f2a0-0000-7000-8000-000000000001',
    });
  });

  it('are counted when unknown', () => {
    const body = webhookOf(
      change('messages', { statuses: [{ id: 'a', status: 'deleted' }, { status: 'read' }, 1] }),
    );
    expect(countedIn(body)).toEqual(['status-deleted', 'status-without-id', 'status-malformed']);
  });
});

describe('what our own side sent from the phone app', () => {
  it('goes out, to the person, edits and deletions included', () => {
    const told = itemsOf(echoes).map((item) =>
      item.type === 'message' || item.type === 'action'
        ? [item.direction, item.person.phone, item.type === 'action' ? item.action : item.content]
        : item,
    );
    expect(told).toEqual([
      ['out', ana.phone, { kind: 'text', text: 'respondido pelo celular' }],
      ['out', ana.phone, { kind: 'revoke' }],
      ['out', ana.phone, { kind: 'edit', text: 'corrigido' }],
    ]);
  });

  it('is never what a person wrote, even when it names both sides', () => {
    const [item] = itemsOf(inbound(messageOf({ ...text, to: displayNumber })));
    expect(item).toMatchObject({ type: 'message', direction: 'in', person: { phone: ana.phone } });
  });
});

describe('history', () => {
  it('tells who wrote, and how ours fared', () => {
    const told = itemsOf(history).map((item) =>
      item.type === 'message'
        ? [item.direction, item.person.phone, item.content.kind, item.historyStatus, item.isHistory]
        : item,
    );
    expect(told).toEqual([
      ['in', ana.phone, 'text', undefined, true],
      ['out', ana.phone, 'text', 'read', true],
      ['in', ana.phone, 'media-placeholder', undefined, true],
      {
        type: 'counted',
        ...channel,
        name: 'channel-error-2593109',
        family: 'channel-error-',
      },
      ['in', ana.phone, 'image', undefined, true],
      ['out', ana.phone, 'video', undefined, true],
    ]);
  });

  const threadOf = (id: string, ...list: unknown[]) =>
    webhookOf(change('history', { history: [{ threads: [{ id, messages: list }] }] }));

  it('knows the person by the thread when the message hides the number', () => {
    const hidden = { id: 'wamid.H9', timestamp: String(at), type: 'request_welcome' };
    const people = itemsOf(threadOf(ana.bsuid, hidden, { ...hidden, from: displayNumber })).map(
      (item) => item.type === 'message' && [item.direction, item.person],
    );
    expect(people).toEqual([
      ['in', { bsuid: ana.bsuid }],
      ['out', { bsuid: ana.bsuid }],
    ]);
  });

  it('does not change identities by what was true once', () => {
    expect(countedIn(threadOf(ana.phone, messages['numberChanged']))).toEqual(['history-system']);
  });
});

describe('changes of identity', () => {
  const next = { phone: '5521999990000', bsuid: 'BR.30041111111111111111' };
  const changeOf = (name: string) => {
    const [item] = itemsOf(inbound(messages[name]));
    return item?.type === 'identity-change' ? [item.person, item.next] : item;
  };

  it('are read from each kind of notice', () => {
    expect(changeOf('numberChanged')).toEqual([{ phone: ana.phone, bsuid: ana.bsuid }, next]);
    expect(changeOf('idChanged')).toEqual([{ bsuid: ana.bsuid }, { bsuid: next.bsuid }]);
    expect(changeOf('legacyNumberChanged')).toEqual([{ phone: ana.phone }, { phone: next.phone }]);
    expect(itemsOf(others)[2]).toMatchObject({
      type: 'identity-change',
      person: { bsuid: ana.bsuid },
      next: { phone: ana.phone, bsuid: next.bsuid },
    });
  });

  it('are read past keys that are there and empty', () => {
    const system = {
      ...{ type: 'user_changed_number', customer: ana.phone, previous_user_id: '' },
      ...{ wa_id: '', new_wa_id: next.phone, user_id: next.bsuid },
    };
    const fields = { type: 'system', from: '', from_user_id: ana.bsuid, system };
    expect(itemsOf(inbound(messageOf(fields)))[0]).toMatchObject({
      type: 'identity-change',
      person: { phone: ana.phone, bsuid: ana.bsuid },
      next: { phone: next.phone, bsuid: next.bsuid },
    });
  });

  it('do not take the new id for the old one', () => {
    const system = { type: 'user_changed_number', wa_id: next.phone, user_id: ana.bsuid };
    const [item] = itemsOf(inbound(messageOf({ type: 'system', system })));
    expect(item).toMatchObject({ person: { phone: ana.phone }, next: { bsuid: ana.bsuid } });
    expect(item).not.toHaveProperty('person.bsuid');
  });

  it('are counted when they tell too little, and other notices by their name', () => {
    const notice = (system: unknown) => messageOf({ type: 'system', system });
    const body = inbound(
      notice({ type: 'user_changed_number' }),
      notice({ type: 'something_new' }),
      notice(null),
      messages['identityChanged'],
    );
    expect(countedIn(body)).toEqual([
      'identity-change-incomplete',
      'system-other',
      'system-other',
      'system-customer-identity-changed',
    ]);
  });
});

describe('what is only counted', () => {
  it('is counted by name', () => {
    const told = itemsOf(others).map((item) => (item.type === 'counted' ? item.name : item.type));
    expect(told).toEqual([
      'channel-error-130429',
      'contact-sync',
      'identity-change',
      'message',
      'field-messaging_handovers',
      'account-update-partner-removed',
      'field-other',
    ]);
  });

  it('holds everything of groups, whatever its type', () => {
    const ofGroup = Object.values(messages).map((each) => ({ ...each, group_id: 'R3JvdXA=' }));
    expect(new Set(countedIn(inbound(...ofGroup)))).toEqual(new Set(['group-message']));
    const status = {
      id: 'wamid.G',
      status: 'read',
      timestamp: '1767000000',
      recipient_id: 'R3JvdXA=',
    };
    const participants = [
      { ...status, recipient_type: 'group', recipient_participant_id: ana.phone },
      { ...status, recipient_type: 'group' },
      { ...status, recipient_participant_user_id: 'BR.2003' },
      { ...status, status: 'failed', recipient_type: 'group', errors: [{ code: 131026 }] },
    ];
    const statuses = webhookOf(change('messages', { statuses: participants }));
    expect(countedIn(statuses)).toEqual(Array(4).fill('group-status'));
    const call = { id: 'wacid.G', from: ana.phone, group_id: 'g', event: 'connect' };
    expect(countedIn(webhookOf(change('calls', { calls: [call] })))).toEqual(['group-call']);
  });
});
