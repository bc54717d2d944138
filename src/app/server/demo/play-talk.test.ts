import { describe, expect, it } from 'vitest';
import { parseTypedPhone } from '#features/contacts/server/index.ts';
import { labelsOf } from './play-labels.ts';
import { playTalk } from './play-talk.ts';
import { customer, diego, larissa, type Talk } from './talk.ts';
import { talks } from './talks/all-talks.ts';

const noon = Date.parse('2026-03-10T15:00:00Z');

const aTalk = (turns: Talk['turns'], more: Partial<Talk> = {}): Talk => ({
  name: 'Ana',
  phone: '5511900000001',
  ends: { minutesAgo: 10 },
  turns,
  ...more,
});

describe('a talk', () => {
  it('ends when it says, by the shop’s clock', () => {
    const turns = [customer(0, 'oi'), larissa.says(90, 'olá')];
    const early = playTalk(aTalk(turns, { ends: { daysAgo: 1, at: '18:30' } }), 0, noon);
    const isoMinutes = early.turns.map(({ at }) => at.toISOString().slice(0, 16));
    expect(isoMinutes).toEqual(['2026-03-09T20:00', '2026-03-09T21:30', '2026-03-09T21:30']);
    const late = playTalk(aTalk(turns), 0, noon);
    expect(late.turns.at(-1)?.at.toISOString().slice(0, 16)).toBe('2026-03-10T14:50');
  });

  it('is taken by who answers from the queue, and waits there when given back', () => {
    const answered = playTalk(aTalk([customer(0, 'oi'), larissa.says(1, 'olá')]), 0, noon);
    expect(answered).toMatchObject({ assignee: 'atendente1', status: 'open', unread: 0 });
    expect(answered.turns.map(({ kind }) => kind)).toEqual(['theirs', 'done', 'ours']);

    const returned = playTalk(
      aTalk([customer(0, 'oi'), diego.says(1, 'olá'), diego.returns(1), customer(5, 'e aí?')]),
      0,
      noon,
    );
    expect(returned).toMatchObject({ assignee: null, status: 'open', unread: 1 });
  });

  it('is opened again by the customer, and goes to whom it is given', () => {
    const turns = [
      customer(0, 'oi'),
      diego.says(1, 'olá'),
      diego.assigns(1, 'admin'),
      diego.resolves(1),
      customer(60, 'mais uma coisa'),
    ];
    expect(playTalk(aTalk(turns), 0, noon)).toMatchObject({ assignee: 'admin', status: 'open' });
    expect(playTalk(aTalk(turns.slice(0, 4)), 0, noon).status).toBe('resolved');
  });
});

describe('the script', () => {
  const played = talks.map((talk, place) => playTalk(talk, place, noon));
  const labels = labelsOf(played);

  it('has a person of its own for each talk, with a number that can be dialled', () => {
    expect(new Set(talks.map(({ phone }) => phone)).size).toBe(talks.length);
    for (const { phone, name } of talks) {
      expect(parseTypedPhone(`+${phone}`), name).toBe(phone);
    }
  });

  it('goes forward in time, begins with the customer and is over before now', () => {
    for (const { talk, turns } of played) {
      const times = turns.map(({ at }) => at.getTime());
      expect(times, talk.name).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1), talk.name).toBeLessThan(noon);
      expect(turns[0]?.kind, talk.name).toBe('theirs');
    }
  });

  it('quotes what was said before in the same talk, and forwards the same words', () => {
    for (const { talk, turns } of played) {
      for (const { turn } of turns) {
        if ('quotes' in turn && turn.quotes !== undefined) {
          const quoted = turns.findIndex((line) => line === labels.get(turn.quotes ?? ''));
          expect(quoted, `${talk.name}: ${turn.quotes}`).toBeGreaterThanOrEqual(0);
        }
        if ('forwards' in turn && turn.forwards !== undefined) {
          expect(labels.get(turn.forwards)?.turn, talk.name).toMatchObject({ text: turn.text });
        }
      }
    }
  });
});
