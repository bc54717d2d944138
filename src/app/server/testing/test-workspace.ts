import { sql } from 'kysely';
import { connectNumber } from '#channels/whatsapp/server/index.ts';
import { type APerson, aPerson, testPassword } from '#features/accounts/server/testing.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { type Role, roles } from '#platform/shared/role.ts';
import type { Answer, Caller, Http } from './http-client.ts';
import { type TestNumber, type TestPerson, textFrom, write } from './signed-webhook.ts';

/** A person of the team, signed in. */
export interface TeamMember extends APerson, Caller {
  readonly cookie: string;
}

/** A person outside with the conversation that their messages made. */
export interface TestThread {
  readonly person: TestPerson;
  readonly contactId: string;
  readonly conversationId: string;
  /** Newest first. */
  readonly messageIds: readonly string[];
}

export interface TestWorkspace {
  readonly id: string;
  /** In every name, text and note of this workspace: found elsewhere, it has leaked. */
  readonly marker: string;
  readonly number: TestNumber;
  readonly team: Readonly<Record<Role, TeamMember>>;
  readonly keys: Readonly<Record<Role, Required<Pick<Caller, 'key'>>>>;
  readonly threads: readonly TestThread[];
  /** One more, who is blocked; the reason is `sexual-harassment`. */
  readonly blocked: TestThread;
  /** The note of that block. */
  readonly note: string;
}

const expectStatus = (answer: Answer, status: number): Answer => {
  if (answer.status !== status) {
    throw new Error(`expected ${status}, got ${answer.status}: ${answer.text}`);
  }
  return answer;
};

/** A session of the person, opened by the real sign-in. */
export const signIn = async (http: Http, email: string): Promise<{ cookie: string }> => {
  const body = { email, password: testPassword };
  const answer = await http('/api/auth/sign-in/email', { method: 'POST', body });
  return { cookie: expectStatus(answer, 200).cookie };
};

/** A person of the team with a session. */
export const aTeamMember = async (
  deps: Deps,
  http: Http,
  workspaceId: string,
  role: Role,
): Promise<TeamMember> => {
  const person = await aPerson(deps.db, workspaceId, role);
  return { ...person, ...(await signIn(http, person.email)) };
};

/** Makes a key as an administrator does. */
export const aKey = async (
  http: Http,
  administrator: Caller,
  role: Role,
): Promise<{ id: string; key: string }> => {
  const body = { name: `Chave ${role}`, role };
  const answer = await http('/api/v1/api-keys', { ...administrator, method: 'POST', body });
  return expectStatus(answer, 201).json as { id: string; key: string };
};

const forEachRole = async <T>(make: (role: Role) => Promise<T>): Promise<Record<Role, T>> => {
  const made: [Role, T][] = [];
  for (const role of roles) {
    made.push([role, await make(role)]);
  }
  return Object.fromEntries(made) as Record<Role, T>;
};

const connect = async (deps: Deps, workspaceId: string, which: number): Promise<TestNumber> => {
  const number = {
    phoneNumberId: `10000000000000${which}`,
    wabaId: `20000000000000${which}`,
    displayNumber: `551190000000${which}`,
    appSecret: `app-secret-of-${which}`,
    verifyToken: `verify-token-of-${which}`,
  };
  const input = { ...number, name: `Loja ${which}`, accessToken: `access-token-of-${which}` };
  const channelId = await inTx(deps, systemActor(workspaceId), (ctx) => connectNumber(ctx, input));
  return { ...number, channelId };
};

/** The conversation of a person who has written. */
export const threadOf = async (
  deps: Deps,
  workspaceId: string,
  person: TestPerson,
): Promise<TestThread> => {
  const { rows } = await sql<{ contactId: string; conversationId: string; messageIds: string[] }>`
    select v.contact_id as "contactId", v.id as "conversationId",
           array(select m.id from message m where m.workspace_id = v.workspace_id
                    and m.conversation_id = v.id order by m.at desc, m.id desc) as "messageIds"
      from conversation v
      join contact_identity i on i.workspace_id = v.workspace_id and i.contact_id = v.contact_id
     where v.workspace_id = ${workspaceId} and i.kind = 'bsuid' and i.value = ${person.bsuid}`.execute(
    deps.db,
  );
  const [row] = rows;
  if (row === undefined || rows.length > 1) {
    throw new Error(`${rows.length} conversations of one person`);
  }
  return { person, ...row };
};

let people = 0;
/** A person outside, unlike any other of this run. */
export const aStranger = (marker: string): TestPerson => {
  people += 1;
  return {
    name: `Pessoa ${people} ${marker}`,
    phone: `55119${String(81_000_000 + people * 7)}`,
    bsuid: `BR.${String(people).padStart(4, '0')}${marker.replace(/\W/g, '')}`,
  };
};

/** A person outside who has just written. */
export const aThread = async (
  deps: Deps,
  http: Http,
  of: Pick<TestWorkspace, 'id' | 'marker' | 'number'>,
): Promise<TestThread> => {
  const person = aStranger(of.marker);
  const texts = [1, 2].map((n) => textFrom(person, `recado ${n} ${of.marker}`));
  expectStatus(await write(http, of.number, person, ...texts), 200);
  return threadOf(deps, of.id, person);
};

/** A workspace of `threadCount` conversations and a blocked one, everything made at the HTTP edge. */
export const aTestWorkspace = async (
  deps: Deps,
  http: Http,
  which: number,
  threadCount = 4,
): Promise<TestWorkspace> => {
  const marker = `marca-${which}-${'xyz'[which % 3]}`;
  const id = await aWorkspace(deps.db, `Oficina ${marker}`);
  const number = await connect(deps, id, which);
  const team = await forEachRole((role) => aTeamMember(deps, http, id, role));
  const keys = await forEachRole((role) => aKey(http, team.administrator, role));
  const place = { id, marker, number };
  const threads: TestThread[] = [];
  for (let made = 0; made < threadCount; made += 1) {
    threads.push(await aThread(deps, http, place));
  }
  const blocked = await aThread(deps, http, place);
  const note = `anotado ${marker}`;
  const block = await http(`/api/v1/contacts/${blocked.contactId}/block`, {
    ...team.administrator,
    method: 'PUT',
    body: { reason: 'sexual-harassment', note },
  });
  expectStatus(block, 200);
  return { ...place, team, keys, threads, blocked, note };
};
