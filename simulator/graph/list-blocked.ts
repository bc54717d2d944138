import type { Channel } from '../state/channels.ts';
import type { World } from '../state/world.ts';
import { GraphError } from './graph-error.ts';

const PAGE_DEFAULT = 25;
const PAGE_MAX = 100;

interface Cursor {
  offset: number;
  version: number;
}

function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function decodeCursor(text: string): Cursor {
  try {
    const { offset, version } = JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor;
    if (Number.isInteger(offset) && Number.isInteger(version)) return { offset, version };
  } catch {
    // Falls through to the refusal below: a cursor that is not ours.
  }
  throw new GraphError(100, { details: 'Invalid cursor' });
}

export interface ListQuery {
  limit?: string;
  after?: string;
  before?: string;
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return PAGE_DEFAULT;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new GraphError(100, { details: 'limit' });
  return Math.min(limit, PAGE_MAX);
}

function readOffset(query: ListQuery, channel: Channel, limit: number): number {
  const text = query.after ?? query.before;
  if (text === undefined) return 0;
  const cursor = decodeCursor(text);
  // The cursor names the version of the list it was made on.
  if (cursor.version !== channel.blockList.version) throw new GraphError(139102);
  return query.after === undefined ? Math.max(0, cursor.offset - limit) : cursor.offset;
}

/** One page of the block list. */
export function listBlocked(
  world: World,
  channel: Channel,
  query: ListQuery,
  pageUrl: string,
): object {
  const limit = readLimit(query.limit);
  const offset = readOffset(query, channel, limit);
  const { version, size } = channel.blockList;
  const data = channel.blockList.page(offset, limit).flatMap(({ personId }) => {
    const person = world.people.get(personId);
    if (person === undefined) return [];
    const parentId = world.people.parentIdFor(person, channel);
    const isShown = person.hidden === 'no' && person.waId !== '';
    return [
      {
        messaging_product: 'whatsapp',
        ...(isShown ? { wa_id: person.waId } : {}),
        user_id: world.people.userIdFor(person, channel),
        ...(parentId === null ? {} : { parent_user_id: parentId }),
      },
    ];
  });
  if (data.length === 0) return { data: [] };
  const before = encodeCursor({ offset, version });
  const after = encodeCursor({ offset: offset + data.length, version });
  const link = (key: string, cursor: string) => `${pageUrl}?limit=${limit}&${key}=${cursor}`;
  return {
    data,
    paging: {
      cursors: { before, after },
      ...(offset > 0 ? { previous: link('before', before) } : {}),
      ...(offset + data.length < size ? { next: link('after', after) } : {}),
    },
  };
}
