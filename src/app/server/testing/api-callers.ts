import fc, { type Arbitrary } from 'fast-check';
import type { Caller } from './http-client.ts';
import type { TestApp } from './test-app.ts';
import { aTeamMember, type TestWorkspace } from './test-workspace.ts';

/** Everybody who calls, by name; `person-ROLE` has a cookie, `key-ROLE` a key. */
export type Callers = Readonly<Record<string, Caller>>;

/** The people and keys of a workspace, somebody of another one, and nobody. */
export const callersOf = (of: TestWorkspace): Callers => ({
  'person-agent': { cookie: of.team.agent.cookie },
  'person-moderator': { cookie: of.team.moderator.cookie },
  'person-administrator': { cookie: of.team.administrator.cookie },
  'key-agent': of.keys.agent,
  'key-moderator': of.keys.moderator,
  'key-administrator': of.keys.administrator,
  nobody: {},
  'wrong-key': { key: 'grt_nada' },
  'wrong-cookie': { cookie: `${of.team.agent.cookie.slice(0, -6)}AAAAAA` },
  // A key that means nothing is not rescued by the cookie beside it.
  'wrong-key-with-cookie': { key: 'nada', cookie: of.team.administrator.cookie },
});

/** The same callers, but people whose sessions and passwords nobody needs. */
export const spareCallers = async (app: TestApp, of: TestWorkspace): Promise<Callers> => {
  const spare = (role: 'agent' | 'moderator' | 'administrator') =>
    aTeamMember(app.deps, app.http, of.id, role);
  return {
    ...callersOf(of),
    'person-agent': { cookie: (await spare('agent')).cookie },
    'person-moderator': { cookie: (await spare('moderator')).cookie },
    'person-administrator': { cookie: (await spare('administrator')).cookie },
    'wrong-key-with-cookie': { key: 'nada', cookie: (await spare('agent')).cookie },
  };
};

export const anyCaller: Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('person-administrator') },
  { weight: 4, arbitrary: fc.constantFrom('person-agent', 'person-moderator') },
  { weight: 3, arbitrary: fc.constantFrom('key-agent', 'key-moderator', 'key-administrator') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('nobody', 'wrong-key', 'wrong-cookie', 'wrong-key-with-cookie'),
  },
);
