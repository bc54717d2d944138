import type { MessageContent } from '../../channel.ts';
import { asSlug, present, type Wire } from './wire.ts';

/** What a message says, without what surrounds it (who, when, reply, advertisement). */
export type Body = Pick<MessageContent, 'kind' | 'text' | 'payload'>;

/** A body whose text may be absent: an empty one is none. */
export const bodyOf = (kind: Body['kind'], text: string | undefined, payload: Wire): Body => ({
  kind,
  ...(text === undefined || text === '' ? {} : { text }),
  payload: present(payload),
});

/** Something we cannot show: why, and what it called itself. Nothing else of it is kept. */
export const unreadable = (reason: 'malformed' | 'unknown-type', type: unknown): Body =>
  bodyOf('unsupported', undefined, { reason, type: asSlug(type) });
