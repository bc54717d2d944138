import { describe, expect, it } from 'vitest';
import { AppError } from '#platform/server/errors.ts';
import { roles } from '#platform/shared/role.ts';
import { rights, scopes } from '../contract.ts';
import { can, rightsOf, rolesWith, scopesOf } from './permissions.ts';
import { requireCan, requirePerson } from './require-can.ts';

describe('permissions', () => {
  it('is the table of the roles, right by right', () => {
    expect(rightsOf({ role: 'agent' })).toEqual([
      'conversation.read',
      'conversation.answer',
      'contact.read',
      'contact.edit',
      'block.request',
      'member.see',
      'removal.ask',
      'help-answer.give',
    ]);
    expect(rightsOf({ role: 'moderator' })).toEqual([
      'conversation.read',
      'conversation.answer',
      'contact.read',
      'contact.edit',
      'block.request',
      'block.see-details',
      'conflict.read',
      'member.see',
      'removal.ask',
      'removal.review',
      'help-answer.give',
    ]);
    expect(rightsOf({ role: 'administrator' })).toEqual([...rights]);
  });

  it('gives a stronger role everything that a weaker one has', () => {
    for (const right of rights) {
      const holders = roles.map((role) => can({ role }, right));
      expect(holders).toEqual([...holders].sort((a, b) => Number(a) - Number(b)));
    }
  });

  it('lets only administrators block and manage', () => {
    for (const right of [
      'block.manage',
      'block.decide',
      'member.manage',
      'api-key.manage',
    ] as const) {
      expect(rolesWith(right)).toEqual(['administrator']);
    }
  });
});

describe('scopes of keys', () => {
  it('are within what the role bears', () => {
    expect(scopesOf('agent')).toEqual([
      ...['conversations:read', 'conversations:write', 'contacts:read', 'contacts:write'],
      ...['requests:write', 'team:read', 'removals:write'],
    ]);
    expect(scopesOf('moderator')).toEqual(expect.arrayContaining([...scopesOf('agent')]));
    expect(scopesOf('administrator')).toEqual([...scopes]);
  });

  it('take from a role and never add to it', () => {
    const given = ['blocks:read', 'blocks:write'];
    expect(rightsOf({ role: 'agent', scopes: given })).toEqual([]);
    expect(rightsOf({ role: 'moderator', scopes: given })).toEqual([
      ...['block.see-details', 'conflict.read'],
    ]);
    expect(rightsOf({ role: 'administrator', scopes: given })).toEqual([
      ...['block.see-details', 'block.manage', 'conflict.read'],
    ]);
    expect(rightsOf({ role: 'administrator', scopes: [] })).toEqual([]);
    expect(rightsOf({ role: 'administrator', scopes })).toEqual([...rights]);
  });
});

describe('requireCan', () => {
  const actor = { kind: 'member', id: 'm', workspaceId: 'w', role: 'moderator' } as const;

  it('refuses with forbidden', () => {
    expect(() => requireCan(actor, 'block.see-details')).not.toThrow();
    expect(() => requireCan(actor, 'block.manage')).toThrow(new AppError('forbidden', 403));
  });

  it('tells people from keys', () => {
    expect(requirePerson(actor)).toBe('m');
    expect(() => requirePerson({ ...actor, kind: 'api-key' })).toThrow(
      new AppError('forbidden', 403),
    );
  });
});
