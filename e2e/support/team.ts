import { randomInt } from 'node:crypto';
import { connectNumber } from '../../src/channels/whatsapp/server/index.ts';
import { createUserWithMembership } from '../../src/features/accounts/server/index.ts';
import { type Ctx, type Deps, systemActor } from '../../src/platform/server/deps.ts';
import { inTx } from '../../src/platform/server/in-tx.ts';
import { aWorkspace } from '../../src/platform/server/testing/a-workspace.ts';
import type { Role } from '../../src/platform/shared/role.ts';
import { addNumber } from './sim.ts';
import type { World } from './world.ts';

/** One of us. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** A workspace of one story alone: nothing that another story does shows on its screens. */
export interface Team {
  readonly administrator: Member;
  readonly moderator: Member;
  readonly agent: Member;
  readonly colleague: Member;
  /** The name of the shop and of its number. */
  readonly shop: string;
  readonly workspaceId: string;
  readonly phoneNumberId: string;
}

const digits = (count: number): string =>
  Array.from({ length: count }, () => String(randomInt(10))).join('');

const hire = async (
  ctx: Ctx,
  world: World,
  name: string,
  role: Role,
  mark: string,
): Promise<Member> => {
  const email = `${name.split(' ')[0]?.toLowerCase()}.${mark}@loja.example`;
  const { workspaceId } = ctx.actor;
  const { passwordHash } = world;
  const person = { workspaceId, name, email, role, passwordHash };
  return { id: (await createUserWithMembership(ctx.tx, person)).memberId, name, email };
};

const aNumber = (name: string, mark: string) => ({
  name,
  phoneNumberId: `1${digits(14)}`,
  wabaId: `2${digits(14)}`,
  displayNumber: `55113${digits(7)}`,
  appSecret: `app-secret-${mark}`,
  verifyToken: `verify-token-${mark}`,
});

/** One more number of the team, connected on both sides. @returns its id at WhatsApp */
export const addNumberOf = async (
  { workspaceId }: Team,
  deps: Deps,
  world: World,
  name: string,
): Promise<string> => {
  const mark = digits(8);
  const number = aNumber(name, mark);
  await inTx(deps, systemActor(workspaceId), (ctx) =>
    connectNumber(ctx, { ...number, accessToken: `access-token-${mark}` }),
  );
  await addNumber(world.simulator, number, world.servers[0]);
  return number.phoneNumberId;
};

/** Four people and one number, connected on both sides. */
export const aTeam = async (deps: Deps, world: World): Promise<Team> => {
  const mark = digits(8);
  const shop = `Loja ${mark}`;
  const number = aNumber(shop, mark);
  const workspaceId = await aWorkspace(deps.db, shop);
  const team = await inTx(deps, systemActor(workspaceId), async (ctx) => {
    await connectNumber(ctx, { ...number, accessToken: `access-token-${mark}` });
    return {
      administrator: await hire(ctx, world, 'Helena Prado', 'administrator', mark),
      moderator: await hire(ctx, world, 'Renato Figueiredo', 'moderator', mark),
      agent: await hire(ctx, world, 'Larissa Monteiro', 'agent', mark),
      colleague: await hire(ctx, world, 'Diego Nascimento', 'agent', mark),
    };
  });
  await addNumber(world.simulator, number, world.servers[0]);
  return { ...team, shop, workspaceId, phoneNumberId: number.phoneNumberId };
};
