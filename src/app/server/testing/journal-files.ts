import { aText, receive } from '#features/conversations/server/testing.ts';
import { aMediaChannel, aPicture, runFetch } from '#features/media/server/testing.ts';
import { removalJobs } from '#features/removals/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import type { JournalWorld } from './journal-world.ts';

/** @returns the message, its file here */
export const pictureArrives = async (
  world: JournalWorld,
  on: Deps,
  phone: string,
  colour = '#336699',
): Promise<string> => {
  const content = { kind: 'image', payload: { mediaId: '1', mimeType: 'image/jpeg' } } as const;
  const item = aText(world.place, { phone }, { content });
  await receive(on, item);
  const [{ id = '' } = {}] = await world.rows<{ id: string }>(
    on,
    `select id from message where external_id = '${item.externalId}'`,
  );
  const { channel } = aMediaChannel(await aPicture('jpeg', { colour }));
  await runFetch(on, channel, world.place.workspaceId, id);
  return id;
};

/** What follows after a decision, or after a start that made it again. */
export const finishes = async (on: Deps, workspaceId: string, requestId: string): Promise<void> => {
  const run = (name: string, payload: object) =>
    removalJobs
      .find((job) => job.name === name)
      ?.runUnparsed(payload, { deps: on, log: on.log, attempt: 1 });
  await run('removals.settle', { workspaceId, requestId });
  await run('removals.tidy-tables', {});
};
