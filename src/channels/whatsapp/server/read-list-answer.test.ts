import { describe, expect, it } from 'vitest';
import type { ListAddress, ListOutcome } from '../../block-list-port.ts';
import type { GraphAnswer } from './graph-client.ts';
import { readListAnswer } from './read-list-answer.ts';
import type { Wire } from './wire.ts';

const ana: ListAddress = { kind: 'phone', value: '5511987654321' };
const rui: ListAddress = { kind: 'phone', value: '5511900000000' };
const bia: ListAddress = { kind: 'bsuid', value: 'BR.20031234567890123456' };

const answer = (status: number, body: Wire): GraphAnswer => ({ kind: 'answer', status, body });
const lists = (block_users: Wire, more: Wire = {}): Wire => ({
  messaging_product: 'whatsapp',
  block_users,
  ...more,
});
const failedUser = (input: string, code: number, more: Wire = {}): Wire => ({
  input,
  errors: [{ message: 'no', code, error_data: { details: 'no' } }],
  ...more,
});
const error = (code: number, more: Wire = {}): Wire => ({
  error: { message: `(#${code})`, type: 'OAuthException', code, ...more },
});
const mixed = error(139_100);

const done: ListOutcome = { kind: 'done' };
const unknown: ListOutcome = { kind: 'unknown' };
const retry = (code: number): ListOutcome => ({ kind: 'retry', code: `whatsapp-${code}` });
const refused = (
  code: number | string,
  why: 'waiting-for-message' | 'list-full' | 'not-supported' | 'failed' = 'failed',
): ListOutcome => ({ kind: 'refused', why, code: `whatsapp-${code}` });
const waiting = refused(131_047, 'waiting-for-message');
const full = refused(139_101, 'list-full');
/** Of the request, and of nobody in it. */
const whole = (outcome: ListOutcome): ListOutcome =>
  outcome.kind === 'refused' ? { ...outcome, isWhole: true } : outcome;

const addedAna = { added_users: [{ input: ana.value, wa_id: ana.value }] };
const addedBia = { input: bia.value, user_id: bia.value };

const table: [string, GraphAnswer, readonly ListAddress[], readonly ListOutcome[]][] = [
  [
    'everybody was added',
    answer(200, lists({ added_users: [...addedAna.added_users, addedBia] })),
    [ana, bia],
    [done, done],
  ],
  [
    'removals under their own name',
    answer(200, lists({ removed_users: addedAna.added_users })),
    [ana],
    [done],
  ],
  ['removals printed as additions', answer(200, lists(addedAna)), [ana], [done]],
  [
    'the resolved number is another one',
    answer(200, lists({ added_users: [{ input: ana.value, wa_id: '551187654321' }] })),
    [ana],
    [done],
  ],
  [
    'the input with its plus sign',
    answer(200, lists({ added_users: [{ input: '+55 11 98765-4321' }] })),
    [ana],
    [done],
  ],
  [
    'HTTP 400 that did part of the work',
    answer(400, lists({ ...addedAna, failed_users: [failedUser(rui.value, 131_047)] }, mixed)),
    [ana, rui],
    [done, waiting],
  ],
  [
    'the same with `errors`',
    answer(
      400,
      lists(
        { ...addedAna, failed_users: [failedUser(rui.value, 139_101)] },
        { errors: mixed['error'] },
      ),
    ),
    [ana, rui],
    [done, full],
  ],
  [
    'the same with a list of `errors`',
    answer(
      400,
      lists(
        { ...addedAna, failed_users: [failedUser(rui.value, 131_021)] },
        { errors: [mixed['error']] },
      ),
    ),
    [ana, rui],
    [done, refused(131_021)],
  ],
  [
    'failed users with HTTP 200 and no error',
    answer(200, lists({ ...addedAna, failed_users: [failedUser(rui.value, 131_047)] })),
    [ana, rui],
    [done, waiting],
  ],
  [
    'everybody failed, no list of those added',
    answer(
      400,
      lists(
        { failed_users: [failedUser(ana.value, 131_047), failedUser(rui.value, 139_103)] },
        mixed,
      ),
    ),
    [ana, rui],
    [waiting, retry(139_103)],
  ],
  [
    'a business-scoped id that is refused',
    answer(
      400,
      lists({ failed_users: [failedUser(bia.value, 100, { user_id: bia.value })] }, mixed),
    ),
    [bia],
    [refused(100, 'not-supported')],
  ],
  [
    'a number that is refused in the same way',
    answer(400, lists({ failed_users: [failedUser(ana.value, 100)] }, mixed)),
    [ana],
    [refused(100)],
  ],
  [
    'a failure without a code',
    answer(400, lists({ failed_users: [{ input: ana.value }] }, mixed)),
    [ana],
    [refused(139_100)],
  ],
  [
    'both lists name the same',
    answer(200, lists({ ...addedAna, failed_users: [failedUser(ana.value, 131_047)] })),
    [ana],
    [waiting],
  ],
  ['somebody in no list', answer(400, lists(addedAna, mixed)), [ana, rui], [done, unknown]],
  [
    'somebody in no list, and another error',
    answer(400, lists(addedAna, error(139_101))),
    [ana, rui],
    [done, whole(full)],
  ],
  ['empty lists', answer(200, lists({})), [ana], [unknown]],
  ['139100 without lists', answer(400, mixed), [ana], [unknown]],
  [
    'the list is full, said of the whole',
    answer(400, error(139_101)),
    [ana, bia],
    [whole(full), whole(full)],
  ],
  ['internal', answer(500, error(139_103)), [ana], [retry(139_103)]],
  ['the list changed', answer(400, error(139_102)), [ana], [retry(139_102)]],
  ['too many, or too often', answer(400, error(130_429)), [ana], [retry(130_429)]],
  ['calls of the hour used up', answer(400, error(80_007)), [ana], [retry(80_007)]],
  ['a token that is not good', answer(401, error(190)), [ana], [whole(refused(190))]],
  ['a permission that is missing', answer(403, error(10)), [ana], [whole(refused(10))]],
  [
    'a token that is not good, said beside the lists',
    answer(400, lists({ ...addedAna, failed_users: [failedUser(bia.value, 190)] }, error(190))),
    [ana, rui, bia],
    [done, whole(refused(190)), refused(190)],
  ],
  ['a code nobody knows', answer(400, error(987_654)), [ana], [whole(refused(987_654))]],
  [
    'a code nobody knows that calls itself passing',
    answer(400, error(987_654, { is_transient: true })),
    [ana],
    [retry(987_654)],
  ],
  ['no error and no list', answer(200, { success: true }), [ana], [unknown]],
  ['a page of something in between, 503', { kind: 'unreadable', status: 503 }, [ana], [unknown]],
  [
    'a page of something in between, 404',
    { kind: 'unreadable', status: 404 },
    [ana],
    [whole(refused('http-404'))],
  ],
  [
    'a page of something in between, 429',
    { kind: 'unreadable', status: 429 },
    [ana],
    [{ kind: 'retry', code: 'whatsapp-http-429' }],
  ],
  ['a time-out after it was taken', { kind: 'lost' }, [ana, bia], [unknown, unknown]],
  [
    'never reached',
    { kind: 'unreachable' },
    [ana],
    [{ kind: 'retry', code: 'network-unreachable' }],
  ],
];

describe('an answer to a change of the block list', () => {
  it.each(table)('%s', (_name, given, addresses, expected) => {
    const { outcomes, restMs } = readListAnswer(given, addresses, 0);
    expect(outcomes).toEqual(expected);
    const isOpen = expected.some(({ kind }) => kind === 'retry' || kind === 'unknown');
    expect(restMs === null).toBe(!isOpen);
  });

  it('asks for a longer rest each time, as long as the code wants', () => {
    const rest = (code: number, attempt: number) =>
      readListAnswer(answer(400, error(code)), [ana], attempt).restMs;
    expect([0, 1, 2].map((attempt) => rest(130_429, attempt))).toEqual([1_000, 2_000, 4_000]);
    expect(rest(80_007, 0)).toBe(60_000);
    expect(rest(139_103, 30)).toBe(300_000);
  });

  it('never throws, whatever the JSON', () => {
    const odd = [null, 1, 'x', [], [null], {}, { input: 5 }, { input: ana.value, errors: 'no' }];
    for (const value of odd) {
      for (const key of ['added_users', 'removed_users', 'failed_users']) {
        const body = { block_users: { [key]: value }, error: value, errors: value } as Wire;
        expect(readListAnswer(answer(400, body), [ana], 0).outcomes).toHaveLength(1);
        const inList = { block_users: { [key]: [value] } };
        expect(readListAnswer(answer(200, inList), [ana], 0).outcomes).toHaveLength(1);
      }
    }
  });
});
