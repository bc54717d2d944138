import { sql } from 'kysely';
import type {
  Channel,
  ContactSyncItem,
  IdentityChangeItem,
  InboundItem,
  MessageActionItem,
  MessageItem,
  OutboundItem,
  PersonRef,
  SendOutcome,
} from '#channels/channel.ts';
import { type Db, type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { everyWorkspace, newId } from '#platform/shared/ids.ts';
import { receiveItems } from './receive-messages.ts';
import { noBlockList } from './testing/no-block-list.ts';

export { mergeContacts } from './merge-contacts.ts';

/** Where items come in. */
export interface Place {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** A number of ours that no WhatsApp account stands behind: for tests below the HTTP edge. */
export const aChannel = async (db: Db, workspaceId: string): Promise<Place> => {
  const channelId = newId();
  await sql`insert into channel (workspace_id, id, kind, name, display_number)
    values (${workspaceId}, ${channelId}, 'whatsapp', 'Loja', '5511900000000')`.execute(db);
  return { workspaceId, channelId };
};

let made = 0;
/** Invented, unlike any other of this run. */
export const aPhone = (): string => `55119${80_000_000 + ++made * 7}`;
export const aBsuid = (): string => `BR.${newId().replaceAll('-', '')}`;
export const aWamid = (): string => `wamid.${newId()}`;

export const nowInSeconds = (): number => Math.floor(Date.now() / 1000);

/** A text of the person, sent now unless `more` says otherwise. */
export const aText = (
  place: Place,
  person: PersonRef,
  more: Partial<MessageItem> = {},
): MessageItem => ({
  type: 'message',
  ...place,
  externalId: aWamid(),
  timestamp: nowInSeconds(),
  direction: 'in',
  person,
  names: { profileName: 'Ana' },
  content: { kind: 'text', text: 'oi' },
  isHistory: false,
  ...more,
});

export const anAction = (
  place: Place,
  person: PersonRef,
  targetExternalId: string,
  action: MessageActionItem['action'],
  more: Partial<MessageActionItem> = {},
): MessageActionItem => ({
  type: 'action',
  ...place,
  externalId: aWamid(),
  timestamp: nowInSeconds(),
  direction: 'in',
  person,
  names: {},
  targetExternalId,
  action,
  ...more,
});

/** The person has another number or account from now on. */
export const aNumberChange = (
  place: Place,
  person: PersonRef,
  next: PersonRef,
  secondsAgo = 0,
): IdentityChangeItem => ({
  type: 'identity-change',
  ...place,
  externalId: aWamid(),
  timestamp: nowInSeconds() - secondsAgo,
  person,
  next,
});

/** Our own phone's address book calls the person so from now on; null: not any more. */
export const aBookEntry = (
  place: Place,
  person: PersonRef,
  bookName: string | null,
  more: Partial<ContactSyncItem> = {},
): ContactSyncItem => ({
  type: 'contact-sync',
  ...place,
  externalId: aWamid(),
  timestamp: nowInSeconds(),
  person,
  bookName,
  ...more,
});

/** Everything in one batch, as the webhook edge hands it in. */
export const receive = (deps: Deps, ...items: readonly InboundItem[]): Promise<void> =>
  inTx(deps, systemActor(everyWorkspace), (ctx) => receiveItems(ctx, items));

export interface Thread {
  readonly contactId: string;
  readonly conversationId: string;
}

/** The person's contact and conversation, after a first text of theirs. */
export const aThread = async (deps: Deps, place: Place, person: PersonRef): Promise<Thread> => {
  const text = aText(place, person);
  await receive(deps, text);
  const { rows } = await sql<Thread>`
    select contact_id as "contactId", conversation_id as "conversationId" from message
     where workspace_id = ${place.workspaceId} and external_id = ${text.externalId}`.execute(
    deps.db,
  );
  if (rows[0] === undefined) {
    throw new Error('a first text was not stored');
  }
  return rows[0];
};

/** A channel that takes the claim as a real one does, remembers what left, and ends as told. */
export const aRecorder = (outcomes: (SendOutcome | (() => Promise<SendOutcome>))[] = []) => {
  const left: OutboundItem[] = [];
  const channel: Channel = {
    kind: 'whatsapp',
    uploadMedia: async () => ({ kind: 'stored', mediaId: newId(), goodForMs: 3_600_000 }),
    fetchMedia: async () => ({ kind: 'failed', code: 'no-media-here', isWorthRepeating: false }),
    readTemplates: async () => ({
      kind: 'failed',
      code: 'no-templates-here',
      isWorthRepeating: false,
    }),
    canMarkRead: () => true,
    blockList: noBlockList,
    send: async (claim) => {
      left.push(claim.take());
      const next = outcomes.shift() ?? { kind: 'accepted', externalId: `wamid.${newId()}` };
      return typeof next === 'function' ? next() : next;
    },
  };
  return { channel, left };
};
