import { setTimeout as sleep } from 'node:timers/promises';
import { aNewItem, askAs, deliver, done, send, stillOnWireOf, type World } from './operations.ts';
import type { CertainBlock, Form, Person } from './records.ts';

/** Who writes, and by which identity. */
export interface Writer {
  readonly person: Person;
  readonly form: Form;
}

/** Writes as these people, and to them, until the story is over. */
export const makeNoise = (world: World, writers: readonly Writer[]): { end(): Promise<void> } => {
  let isOver = false;
  const loop = async (): Promise<void> => {
    while (!isOver) {
      const { person } = world.random.pick(writers);
      const number = world.random.pick(world.setting.numbers);
      const conversationId = person.conversationIds.get(number.channelId);
      if (conversationId !== undefined && world.random.chance(0.3)) {
        done(world, 'send');
        await send(world, person, conversationId, null);
      } else {
        done(world, 'inbound');
        const items = writers.map((writer) =>
          writer.person === person || world.random.chance(0.4)
            ? [{ item: aNewItem(world, writer.person, number), form: writer.form }]
            : [],
        );
        await deliver(world, number, items.flat());
      }
      await sleep(world.random.between(0, 8));
    }
  };
  const loops = [loop(), loop()];
  return {
    end: async () => {
      isOver = true;
      await Promise.all(loops);
    },
  };
};

/** An administrator blocks a contact, and the story says itself what that proves. */
export const block = async (world: World, contactId: string) => {
  done(world, 'block');
  const answer = await askAs(world, 'block', ['PUT', `/contacts/${contactId}/block`], {
    reason: 'offense',
  });
  return { ...answer, stillOnWire: new Set(stillOnWireOf(answer)) };
};

export const unblock = async (world: World, contactId: string): Promise<void> => {
  done(world, 'unblock');
  await askAs(world, 'unblock', ['DELETE', `/contacts/${contactId}/block`]);
};

/** Blocked for certain in between. */
export const surely = (
  person: Person,
  from: number,
  to: number,
  more: Partial<CertainBlock> = {},
): void => {
  person.surely.push({ from, to, stillOnWire: new Set(), skipsWire: false, ...more });
};
