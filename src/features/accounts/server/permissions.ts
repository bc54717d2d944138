import type { Role } from '#platform/shared/role.ts';
import { type Right, rights } from '../contract.ts';

const agent: readonly Right[] = [
  'conversation.read',
  'conversation.answer',
  'contact.read',
  'contact.edit',
  'block.request',
  'member.see',
];
const moderator: readonly Right[] = [...agent, 'block.see-details', 'conflict.read'];

/** The one table of who may do what: every route and live event asks it. */
const table: Readonly<Record<Role, ReadonlySet<Right>>> = {
  agent: new Set(agent),
  moderator: new Set(moderator),
  administrator: new Set(rights),
};

export const can = (role: Role, right: Right): boolean => table[role].has(right);

/** In the order of the contract. */
export const rightsOf = (role: Role): Right[] => rights.filter((right) => can(role, right));
