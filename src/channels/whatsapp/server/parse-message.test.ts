import { describe, expect, it } from 'vitest';
import { change, inbound, webhookOf } from './testing/fixtures.ts';
import { ana, anaContact, at, messageOf, messages, receivedAt } from './testing/messages.ts';
import { channel, itemsOf, onlyItemOf, onlyMessageOf } from './testing/read-items.ts';

describe('what acts on another message', () => {
  const action = (name: string) => {
    const item = onlyItemOf(inbound(messages[name]));
    return item.type === 'action' ? [item.direction, item.targetExternalId, item.action] : item;
  };

  it('reads reactions, and both ways of taking one back', () => {
    expect(action('reaction')).toEqual(['in', 'wamid.OURS01', { kind: 'reaction', emoji: '👍' }]);
    const goneAction = ['in', 'wamid.OURS01', { kind: 'reaction', emoji: null }];
    expect(action('reactionGone')).toEqual(goneAction);
    expect(action('reactionEmpty')).toEqual(goneAction);
  });

  it('reads edits of texts and captions, and revokes', () => {
    expect(action('edit')).toEqual(['in', 'wamid.OLD', { kind: 'edit', text: 'texto novo' }]);
    expect(action('editCaption')).toEqual([
      'in',
      'wamid.OLD',
      { kind: 'edit', text: 'legenda nova' },
    ]);
    expect(action('revoke')).toEqual(['in', 'wamid.OLD', { kind: 'revoke' }]);
  });

  it('reads that a caption was taken away, and nothing of what is broken', () => {
    const edited = (message: unknown) => {
      const edit = { original_message_id: 'wamid.OLD', message };
      const item = onlyItemOf(inbound(messageOf({ type: 'edit', edit })));
      return item.type === 'action' && item.action.kind === 'edit' ? item.action.text : item;
    };
    expect(edited({ type: 'document', document: { id: '3000', filename: 'a.pdf' } })).toBe('');
    for (const broken of [{ type: 'image' }, { type: 'text' }, { type: 'edit' }, {}, null]) {
      expect(edited(broken)).toBeNull();
    }
  });

  it('counts one that names no message', () => {
    expect(onlyItemOf(inbound(messageOf({ type: 'revoke' })))).toEqual({
      type: 'counted',
      ...channel,
      name: 'revoke-without-target',
    });
  });
});

describe('who wrote', () => {
  const personOf = (fields: Record<string, unknown>, contacts: unknown) => {
    const body = webhookOf(change('messages', { contacts, messages: [messageOf(fields)] }));
    const item = onlyItemOf(body);
    return item.type === 'message' ? { ...item.person, ...item.names } : item;
  };
  const hidden = { from: undefined, type: 'text', text: { body: 'x' } };

  it('knows a person without a phone, whether the key is missing or empty', () => {
    const contact = { profile: { name: 'Ana' }, user_id: ana.bsuid };
    const expected = { bsuid: ana.bsuid, profileName: 'Ana' };
    expect(personOf(hidden, [contact])).toEqual(expected);
    expect(personOf({ ...hidden, from: '' }, [{ ...contact, wa_id: '' }])).toEqual(expected);
  });

  it('takes the phone from the contact when only that tells it', () => {
    expect(personOf(hidden, [anaContact])).toMatchObject({ phone: ana.phone, bsuid: ana.bsuid });
  });

  it('joins each message of a batch to its own contact', () => {
    const bia = { profile: { name: 'Bia' }, wa_id: '5521999990000', user_id: 'BR.9' };
    const fields = { from: '5521999990000', from_user_id: undefined, type: 'request_welcome' };
    expect(personOf(fields, [anaContact, bia])).toEqual({
      phone: '5521999990000',
      bsuid: 'BR.9',
      profileName: 'Bia',
    });
  });

  it.each([
    ['Brazil', '552187650000', '5521987650000'],
    ['Mexico', '5215512345678', '525512345678'],
    ['Argentina', '5491112345678', '541112345678'],
  ])('answers the number as received when the spellings differ (%s)', (_where, from, waId) => {
    const bare = { from, from_user_id: undefined, type: 'request_welcome' };
    const contact = { profile: { name: 'Z' }, wa_id: waId, user_id: 'BR.1' };
    const expected = { phone: from, bsuid: 'BR.1', profileName: 'Z' };
    expect(personOf(bare, [contact])).toEqual(expected);
    expect(personOf(bare, [anaContact, contact])).toEqual(expected);
    const many = Array.from({ length: 40 }, (_, n) => ({ wa_id: `55119000000${n + 10}` }));
    expect(personOf(bare, [...many, contact])).toEqual(expected);
  });

  it('gives nobody the names and ids of another', () => {
    const stranger = { profile: { name: 'Outro' }, wa_id: '5511900001111', user_id: 'BR.7' };
    const bare = { from: ana.phone, from_user_id: undefined, type: 'request_welcome' };
    expect(personOf(bare, [stranger])).toEqual({ phone: ana.phone });
    const other = { ...stranger, wa_id: ana.phone };
    expect(personOf({ type: 'request_welcome' }, [other])).toEqual({
      phone: ana.phone,
      bsuid: ana.bsuid,
    });
  });

  it('counts what comes from nobody', () => {
    expect(personOf({ ...hidden, from_user_id: undefined }, [])).toMatchObject({
      type: 'counted',
      name: 'message-without-person-text',
    });
  });

  it('cuts names and leaves out empty ones', () => {
    const contact = { ...anaContact, profile: { name: 'n'.repeat(300), username: ' ' } };
    expect(personOf({ type: 'request_welcome' }, [contact])).toMatchObject({
      profileName: 'n'.repeat(200),
    });
    expect(personOf({ type: 'request_welcome' }, [contact])).not.toHaveProperty('username');
  });
});

describe('what cannot be kept as it came', () => {
  it('is marked', () => {
    const odd = { type: 'text', text: { body: `a\0${'x'.repeat(70_000)}` }, timestamp: '-5' };
    const item = onlyMessageOf(inbound(messageOf(odd)));
    expect(item.timestamp).toBe(receivedAt);
    expect(item.content.text).toHaveLength(65_536);
    expect(item.content.payload).toEqual({
      marks: ['timestamp-replaced', 'text-cut', 'text-cleaned'],
    });
  });

  it.each([
    ['missing', undefined],
    ['no number', 'ontem'],
    ['empty', ''],
    ['negative', '-1'],
    ['before WhatsApp', '1100000000'],
    ['in milliseconds', String(at * 1000)],
    ['in two days', String(receivedAt + 2 * 86_400)],
    ['infinite', 'Infinity'],
    ['an object', {}],
  ])('replaces a time that is %s', (_name, timestamp) => {
    expect(onlyMessageOf(inbound(messageOf({ ...messages['text'], timestamp })))).toMatchObject({
      timestamp: receivedAt,
      content: { payload: { marks: ['timestamp-replaced'] } },
    });
  });

  it.each([
    ['a number', at],
    ['a fraction', `${at}.7`],
    ['half a day ahead', String(receivedAt + 43_200)],
  ])('takes a time that is %s', (_name, timestamp) => {
    const item = onlyMessageOf(inbound(messageOf({ ...messages['text'], timestamp })));
    expect(item.timestamp).toBe(Math.floor(Number(timestamp)));
    expect(item.content.payload).toBeUndefined();
  });

  it('makes the same id again for a message without one, and another for another', () => {
    const idOf = (fields: Record<string, unknown>, workspace = channel) => {
      const body = inbound(
        messageOf({ type: 'text', text: { body: 'x' }, id: undefined, ...fields }),
      );
      const [item] = itemsOf(body, workspace);
      return item?.type === 'message' ? item.externalId : undefined;
    };
    expect(idOf({})).toMatch(/^none-[0-9a-f]{64}$/);
    expect(idOf({})).toBe(idOf({}));
    const different = [
      idOf({ text: { body: 'y' } }),
      idOf({ timestamp: String(at - 1) }),
      idOf({ from_user_id: 'BR.8' }),
      idOf({ id: 'i'.repeat(600) }),
      idOf({ id: 'j'.repeat(600) }),
      idOf({}, { workspaceId: 'w', channelId: 'd' }),
    ];
    expect(new Set([idOf({}), ...different]).size).toBe(different.length + 1);
  });
});
