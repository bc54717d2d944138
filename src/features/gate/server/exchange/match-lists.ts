import { resolveContacts } from '#features/contacts/server/index.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { blockListed } from './block-listed.ts';
import { enqueueMatching, type MatchPayload } from './job-names.ts';
import { endMatching, findKeysInUse, findNumbers } from './list-store.ts';
import { prepareLookups } from './lookups.ts';

const pieceSize = 60;
/** Then it gives way; a process that dies repeats one piece. */
const longestRunMs = 5_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** @returns the last number of the piece; undefined when there was none left */
const matchPiece = async (
  deps: Deps,
  { workspaceId }: MatchPayload,
  after: string,
): Promise<string | undefined> => {
  const numbers = await findNumbers(deps.db, workspaceId, after, pieceSize);
  const named = numbers.map(({ matchKey }) => ({ workspaceId, matchKey }));
  await prepareLookups(deps, named);
  const people = numbers.map(({ matchKey }) => {
    return { workspaceId, person: { phone: matchKey.replace('phone:', '') } };
  });
  if (people.length > 0) {
    await inTx(deps, systemActor(workspaceId), async (ctx) => {
      await resolveContacts(ctx, people);
      await blockListed(ctx, await findKeysInUse(ctx.tx, [workspaceId]), people);
    });
  }
  return numbers.at(-1)?.id;
};

/** Blocks whom we know and who is on a list. What comes in meanwhile is looked up by itself. */
export const matchLists = async (deps: Deps, payload: MatchPayload): Promise<void> => {
  const until = performance.now() + longestRunMs;
  const { workspaceId, listId } = payload;
  let after: string | undefined = payload.after ?? beforeAll;
  while (after !== undefined && performance.now() < until) {
    after = await matchPiece(deps, payload, after);
  }
  await inTx(deps, systemActor(workspaceId), ({ tx }) =>
    after === undefined
      ? endMatching(tx, workspaceId, listId)
      : enqueueMatching(tx, { workspaceId, listId, after }),
  );
};
