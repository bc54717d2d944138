import type { ListedPerson, ListPage } from '../../block-list-port.ts';
import { readGraphError } from './graph-client.ts';
import { graphErrorClass } from './graph-error-codes.ts';
import { asId, asList, asPhone, asWire, present, type Wire } from './wire.ts';

/** The list changed between two pages: the cursors of before mean nothing any more. */
const listChanged = 139_102;

const failed = (code: string, isWorthRepeating: boolean): ListPage => ({
  kind: 'failed',
  code,
  isWorthRepeating,
});

/** Undefined when nothing in it says who is meant. */
const personOf = (value: unknown): ListedPerson | undefined => {
  const user = asWire(value);
  const phone = asPhone(user['wa_id']) ?? asPhone(user['input']);
  const bsuid = asId(user['user_id'], 200);
  const parentBsuid = asId(user['parent_user_id'], 200);
  return phone === undefined && bsuid === undefined
    ? undefined
    : present({ phone, bsuid, parentBsuid });
};

/** Flat today; an older guide nested the users once more. */
const usersOf = (entry: unknown): readonly unknown[] => {
  const nested = asWire(entry)['block_users'];
  return Array.isArray(nested) ? nested : [entry];
};

/** Cursors exist on the last page as well; an empty page without a link to more is the end. */
const nextOf = (body: Wire, hasPeople: boolean): string | null | undefined => {
  const paging = asWire(body['paging']);
  const after = asId(asWire(paging['cursors'])['after'], 2_000);
  if (paging['next'] !== undefined) {
    // It says there is more and not from where.
    return after;
  }
  return hasPeople ? (after ?? null) : null;
};

/**
 * One page of the block list (docs/whatsapp-cloud-api.md, 1.5). Pure. Anything that is not wholly a page has failed: an
 * answer without its list, or with an entry that names nobody, is no empty list.
 * @param body undefined when no JSON object came
 */
export const readListPage = (status: number, body: Wire | undefined): ListPage => {
  if (body === undefined) {
    return failed(status === 200 ? 'unreadable-answer' : `whatsapp-http-${status}`, true);
  }
  const error = readGraphError(body);
  if (error?.code === listChanged) {
    return { kind: 'changed' };
  }
  if (error !== undefined) {
    const known = graphErrorClass(error.code);
    const isPassing = known === 'retry' || known === 'wait' || error.isTransient;
    return failed(`whatsapp-${error.code}`, isPassing);
  }
  const data = body['data'];
  if (status !== 200 || !Array.isArray(data)) {
    return failed(status === 200 ? 'unreadable-answer' : `whatsapp-http-${status}`, true);
  }
  const users = asList(data).flatMap(usersOf);
  const people = users.flatMap((user) => personOf(user) ?? []);
  const next = nextOf(body, users.length > 0);
  return people.length < users.length || next === undefined
    ? failed('unreadable-answer', true)
    : { kind: 'page', people, next };
};
