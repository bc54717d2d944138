import type {
  ContactSyncItem,
  IdentityChangeItem,
  InboundItem,
  MessageActionItem,
  MessageItem,
} from '#channels/channel.ts';
import type { Resolution } from '#features/contacts/server/index.ts';
import type { Judged } from '#features/gate/server/index.ts';
import { assertNever } from '#platform/shared/assert-never.ts';
import type { PersonItem } from './place-people.ts';

/** Whatever comes from, is an echo to, or is said of a person. */
export type FromPerson = MessageItem | MessageActionItem | IdentityChangeItem | ContactSyncItem;

export const isFromPerson = (item: InboundItem): item is FromPerson =>
  item.type === 'message' ||
  item.type === 'action' ||
  item.type === 'identity-change' ||
  item.type === 'contact-sync';

/** Under which name a dropped item is counted. */
const kindOf = (item: FromPerson): string => {
  switch (item.type) {
    case 'message':
      return item.content.kind;
    case 'action':
      return item.action.kind;
    case 'identity-change':
      return 'number-change';
    case 'contact-sync':
      return item.type;
    default:
      return assertNever(item);
  }
};

/** Every person an item names; a number change names the identities before and after. */
export const peopleOf = (item: FromPerson): Pick<PersonItem, 'workspaceId' | 'person'>[] =>
  item.type === 'identity-change'
    ? [
        { workspaceId: item.workspaceId, person: item.person },
        { workspaceId: item.workspaceId, person: item.next },
      ]
    : [{ workspaceId: item.workspaceId, person: item.person }];

/**
 * Whom the lists of other units are asked about: everybody of whom something would be stored. An entry of our own phone's address
 * book is nothing of theirs, and there may be thousands at once.
 */
export const lookedUpOf = (
  items: readonly FromPerson[],
): Pick<PersonItem, 'workspaceId' | 'person'>[] =>
  items.filter((item) => item.type !== 'contact-sync').flatMap(peopleOf);

export const contactsOf = (resolution: Resolution, item: FromPerson): string[] => [
  ...new Set(
    peopleOf(item).flatMap(({ workspaceId, person }) =>
      [
        ...resolution.holdersOf(workspaceId, person),
        ...resolution.erasedOf(workspaceId, person),
      ].map(({ contactId }) => contactId),
    ),
  ),
];

/** Every contact that a batch is about. */
export const allContactsOf = (
  resolution: Resolution,
  items: readonly FromPerson[],
): { workspaceId: string; contactId: string }[] =>
  items.flatMap((item) =>
    contactsOf(resolution, item).map((contactId) => ({ workspaceId: item.workspaceId, contactId })),
  );

/** What the gate is told of an item. */
export const judgedOf = <Item extends FromPerson>(
  resolution: Resolution,
  item: Item,
): Judged<Item> => ({
  item,
  workspaceId: item.workspaceId,
  channelId: item.channelId,
  externalId: item.externalId,
  direction: item.type === 'message' || item.type === 'action' ? item.direction : 'in',
  timestamp: item.timestamp,
  kind: kindOf(item),
  // The business's own phone wrote it.
  isAttempt: item.type !== 'contact-sync',
  isHistory: 'isHistory' in item && item.isHistory === true,
  contactIds: contactsOf(resolution, item),
});
