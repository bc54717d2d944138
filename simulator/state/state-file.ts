import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Person } from './people.ts';
import type { ThreadItem } from './threads.ts';
import type { World } from './world.ts';

const SAVE_MS = 1_000;
const PEOPLE_KEPT = 5_000;
const THREAD_KEPT = 60;

const savedPerson = z.object({
  number: z.string(),
  waId: z.string(),
  name: z.string(),
  username: z.string().nullable(),
  hidden: z.enum(['no', 'missing', 'empty']),
  hasParentId: z.boolean(),
  userId: z.string().nullable(),
  isOnline: z.boolean(),
  isOnWhatsApp: z.boolean(),
  readsAlone: z.boolean(),
  onDesk: z.boolean(),
  blocks: z.array(z.string()),
  lastInboundAt: z.record(z.string(), z.number()),
  lastCallAt: z.record(z.string(), z.number()),
  blockedBy: z.array(z.string()),
  thread: z.array(z.custom<ThreadItem>((item) => typeof item === 'object' && item !== null)),
});

const savedState = z.object({ version: z.literal(1), people: z.array(savedPerson) });

type SavedPerson = z.output<typeof savedPerson>;

function freeze(world: World, person: Person): SavedPerson {
  const blockedBy = [...world.channels.values()].filter(({ blockList }) =>
    blockList.has(person.id),
  );
  return {
    number: person.number,
    waId: person.waId,
    name: person.name,
    username: person.username,
    hidden: person.hidden,
    hasParentId: person.hasParentId,
    userId: person.userId,
    isOnline: person.isOnline,
    isOnWhatsApp: person.isOnWhatsApp,
    readsAlone: person.readsAlone,
    onDesk: person.onDesk,
    blocks: [...person.blocks],
    lastInboundAt: Object.fromEntries(person.lastInboundAt),
    lastCallAt: Object.fromEntries(person.lastCallAt),
    blockedBy: blockedBy.map(({ phoneNumberId }) => phoneNumberId),
    thread: person.thread.list(THREAD_KEPT),
  };
}

function thaw(world: World, saved: SavedPerson): void {
  const { number, blocks, lastInboundAt, lastCallAt, blockedBy, thread, ...draft } = saved;
  const person = world.people.create(number, draft);
  for (const id of blocks) person.blocks.add(id);
  for (const [id, at] of Object.entries(lastInboundAt)) person.lastInboundAt.set(id, at);
  for (const [id, at] of Object.entries(lastCallAt)) person.lastCallAt.set(id, at);
  for (const id of blockedBy) world.channels.get(id)?.blockList.add(person.id);
  for (const item of thread) person.thread.add(item);
}

function load(world: World, file: string): void {
  if (!existsSync(file)) return;
  try {
    const saved = savedState.parse(JSON.parse(readFileSync(file, 'utf8')));
    for (const person of saved.people) thaw(world, person);
  } catch {
    world.log.add('note', 'O arquivo de estado não pôde ser lido; começando do zero', {
      state: 'failed',
    });
  }
}

function save(world: World, file: string): void {
  const people = world.people.list().slice(-PEOPLE_KEPT);
  const state = { version: 1, people: people.map((person) => freeze(world, person)) };
  mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  writeFileSync(fresh, JSON.stringify(state), { mode: 0o600 });
  renameSync(fresh, file);
}

/** Reads the file now and writes it again soon after each change, and at the end. */
export function keepState(world: World, file: string): () => void {
  load(world, file);
  let timer: NodeJS.Timeout | null = null;
  const saveNow = () => {
    timer = null;
    try {
      save(world, file);
    } catch (error) {
      // A full or closed disk costs the memory of a simulator, not the simulator.
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'erro';
      world.log.add('note', `O arquivo de estado não pôde ser gravado (${code})`, {
        state: 'failed',
      });
    }
  };
  const onTouch = () => {
    timer ??= setTimeout(saveNow, SAVE_MS);
  };
  world.onTouch.add(onTouch);
  return () => {
    world.onTouch.delete(onTouch);
    if (timer !== null) clearTimeout(timer);
    saveNow();
  };
}
