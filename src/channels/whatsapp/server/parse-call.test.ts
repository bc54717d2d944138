import { describe, expect, it } from 'vitest';
import { calls, change, webhookOf } from './testing/fixtures.ts';
import { ana, at, type Json } from './testing/messages.ts';
import { itemsOf } from './testing/read-items.ts';

describe('calls', () => {
  it('are items of one id, one for each event', () => {
    const told = itemsOf(calls).map((item) =>
      item.type === 'message'
        ? [item.externalId, item.direction, item.person.phone, item.content]
        : item,
    );
    const ring = { kind: 'call', payload: { event: 'connect', direction: 'in' } };
    expect(told).toEqual([
      ['wacid.CALL1', 'in', ana.phone, ring],
      [
        'wacid.CALL1',
        'in',
        ana.phone,
        {
          kind: 'call',
          payload: {
            event: 'terminate',
            direction: 'in',
            callStatus: 'completed',
            durationSeconds: 42,
          },
        },
      ],
      [
        'wacid.CALL2',
        'out',
        ana.phone,
        { kind: 'call', payload: { event: 'connect', direction: 'out' } },
      ],
    ]);
  });
});

describe('statuses of calls', () => {
  const told = (status: Json) =>
    itemsOf(
      webhookOf(change('calls', { statuses: [{ id: 'wacid.CALL2', type: 'call', ...status }] })),
    );
  const toAna = { recipient_id: ana.phone, timestamp: String(at) };

  it.each(['ringing', 'accepted', 'rejected'])(
    '%s is said of the call that our side made',
    (event) => {
      expect(told({ ...toAna, status: event.toUpperCase() })).toMatchObject([
        {
          type: 'message',
          externalId: 'wacid.CALL2',
          direction: 'out',
          person: { phone: ana.phone },
          content: { kind: 'call', payload: { event, direction: 'out' } },
        },
      ]);
    },
  );

  it('of nobody, of a group or of a kind not known are counted', () => {
    const names = [
      { status: 'RINGING' },
      { ...toAna, status: 'RINGING', recipient_type: 'group' },
      { ...toAna, status: 'PAUSED' },
    ].flatMap(told);
    expect(names).toMatchObject([
      { type: 'counted', name: 'call-status-ringing' },
      { type: 'counted', name: 'group-call' },
      { type: 'counted', name: 'call-status-other' },
    ]);
  });
});
