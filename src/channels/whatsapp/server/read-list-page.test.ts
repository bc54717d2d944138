import { describe, expect, it } from 'vitest';
import type { ListPage } from '../../block-list-port.ts';
import { readListPage } from './read-list-page.ts';
import type { Wire } from './wire.ts';

const ana = { messaging_product: 'whatsapp', wa_id: '5511987654321', user_id: 'BR.2003' };
const cursors = (after: string) => ({ paging: { cursors: { after, before: 'b' } } });
const failed = (code: string, isWorthRepeating: boolean): ListPage => ({
  kind: 'failed',
  code,
  isWorthRepeating,
});
const page = (people: Wire[], next: string | null) => ({ kind: 'page', people, next });

describe('a page of the block list', () => {
  it.each<[string, number, Wire | undefined, unknown]>([
    [
      'the last one has cursors too',
      200,
      { data: [ana], ...cursors('c1') },
      page([{ phone: ana.wa_id, bsuid: 'BR.2003' }], 'c1'),
    ],
    ['nobody', 200, { data: [] }, page([], null)],
    ['nobody, with cursors', 200, { data: [], ...cursors('c1') }, page([], null)],
    ['without paging', 200, { data: [ana] }, page([{ phone: ana.wa_id, bsuid: 'BR.2003' }], null)],
    [
      'a hidden number and a parent',
      200,
      { data: [{ user_id: 'US.9', parent_user_id: 'US.ENT.1' }] },
      page([{ bsuid: 'US.9', parentBsuid: 'US.ENT.1' }], null),
    ],
    [
      'the older, nested shape',
      200,
      { data: [{ block_users: [{ input: '+55 11 98765-4321' }] }] },
      page([{ phone: ana.wa_id }], null),
    ],
    [
      'changed meanwhile',
      400,
      { error: { code: 139_102, message: '(#135002)' } },
      { kind: 'changed' },
    ],
    ['internal', 500, { error: { code: 139_103 } }, failed('whatsapp-139103', true)],
    ['too often', 400, { error: { code: 130_429 } }, failed('whatsapp-130429', true)],
    ['a token that is not good', 401, { error: { code: 190 } }, failed('whatsapp-190', false)],
    ['no list is no empty list', 200, {}, failed('unreadable-answer', true)],
    ['a list that is none', 200, { data: {} }, failed('unreadable-answer', true)],
    ['somebody who is nobody', 200, { data: [ana, {}] }, failed('unreadable-answer', true)],
    [
      'more, and not from where',
      200,
      { data: [ana], paging: { next: 'https://graph/…' } },
      failed('unreadable-answer', true),
    ],
    ['no JSON', 502, undefined, failed('whatsapp-http-502', true)],
    ['cut off', 200, undefined, failed('unreadable-answer', true)],
    ['a status and no error', 503, { data: [] }, failed('whatsapp-http-503', true)],
  ])('%s', (_name, status, body, expected) => {
    expect(readListPage(status, body)).toEqual(expected);
  });
});
