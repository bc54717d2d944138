import { type Role, roles } from '#platform/shared/role.ts';
import { type Right, rights, type Scope, scopes } from '../contract.ts';

const agent: readonly Right[] = [
  'conversation.read',
  'conversation.answer',
  'contact.read',
  'contact.edit',
  'block.request',
  'member.see',
  'removal.ask',
  'help-answer.give',
];
const moderator: readonly Right[] = [
  ...agent,
  'block.see-details',
  'conflict.read',
  'removal.review',
];

/** Each right is in one scope of keys: what a key was not given it may not do, whatever its role. */
const scopeOf: Readonly<Record<Right, Scope>> = {
  'conversation.read': 'conversations:read',
  'conversation.answer': 'conversations:write',
  'contact.read': 'contacts:read',
  'contact.edit': 'contacts:write',
  'contact.merge': 'contacts:write',
  'contact.erase': 'contacts:write',
  'block.see-details': 'blocks:read',
  'conflict.read': 'blocks:read',
  'block.manage': 'blocks:write',
  'block.request': 'requests:write',
  'block.decide': 'requests:decide',
  'member.see': 'team:read',
  'member.manage': 'team:write',
  'channel.manage': 'channels:write',
  'settings.manage': 'settings:write',
  'api-key.manage': 'keys:write',
  'webhook.manage': 'webhooks:write',
  'audit.read': 'audit:read',
  'removal.ask': 'removals:write',
  'removal.review': 'removals:decide',
  'report.read': 'reports:read',
  // People only (help/server/routes.ts): a key that is given the scope still may not.
  'help-answer.give': 'requests:write',
  'help-answer.read': 'reports:read',
};

/** Who wants to do something: a role, and of a key what it was given of it. */
export interface Standing {
  readonly role: Role;
  /** Absent: everything that the role bears. */
  readonly scopes?: readonly string[] | undefined;
}

/** The one table of who may do what: every route and live event asks it. */
const table: Readonly<Record<Role, ReadonlySet<Right>>> = {
  agent: new Set(agent),
  moderator: new Set(moderator),
  administrator: new Set(rights),
};

export const can = ({ role, scopes: given }: Standing, right: Right): boolean =>
  table[role].has(right) && (given === undefined || given.includes(scopeOf[right]));

/** For queries that ask who may: of a key the scope counts as well (`scopesFor`). */
export const rolesWith = (right: Right): Role[] => roles.filter((role) => can({ role }, right));

/** In the order of the contract. */
export const rightsOf = (who: Standing): Right[] => rights.filter((right) => can(who, right));

/** The scopes that a key needs for these rights. */
export const scopesFor = (wanted: readonly Right[]): Scope[] => [
  ...new Set(wanted.map((right) => scopeOf[right])),
];

/** All that a key of this role can be given. */
export const scopesOf = (role: Role): Scope[] => {
  const borne = scopesFor(rightsOf({ role }));
  return scopes.filter((scope) => borne.includes(scope));
};
