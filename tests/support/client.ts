import {
  act,
  answer,
  ask,
  block,
  blockAndUnblock,
  blockShortly,
  type Crowd,
  decide,
  link,
  type Operation,
  passOn,
  reactTo,
  readList,
  repeat,
  reply,
  see,
  tellOf,
  unblock,
  write,
  writeLate,
  writeOnPhone,
  writeTogether,
} from './crowd.ts';
import { done } from './operations.ts';

/** Where the weight lies: a bug on one side is found sooner when little else is done. */
export type Focus = 'all' | 'inbound' | 'outbound' | 'reads' | 'story' | 'media' | 'deep';

/** Name, what it does, and its weight under each focus. */
const operations: readonly (readonly [string, Operation, Readonly<Record<Focus, number>>])[] = [
  [
    'inbound',
    write,
    { all: 20, inbound: 34, outbound: 8, reads: 30, story: 20, media: 6, deep: 20 },
  ],
  [
    'batch',
    writeTogether,
    { all: 8, inbound: 14, outbound: 2, reads: 6, story: 8, media: 6, deep: 6 },
  ],
  [
    'redelivery',
    repeat,
    { all: 8, inbound: 12, outbound: 1, reads: 1, story: 4, media: 4, deep: 2 },
  ],
  ['late', writeLate, { all: 6, inbound: 12, outbound: 1, reads: 1, story: 2, media: 2, deep: 2 }],
  ['action', act, { all: 8, inbound: 10, outbound: 1, reads: 1, story: 2, media: 1, deep: 1 }],
  [
    'picture',
    tellOf('image'),
    { all: 7, inbound: 4, outbound: 0, reads: 0, story: 2, media: 40, deep: 3 },
  ],
  ['link', link, { all: 2, inbound: 1, outbound: 0, reads: 0, story: 0, media: 14, deep: 0 }],
  [
    'history',
    tellOf('history'),
    { all: 4, inbound: 4, outbound: 0, reads: 0, story: 1, media: 1, deep: 1 },
  ],
  [
    'call',
    tellOf('call'),
    { all: 3, inbound: 3, outbound: 0, reads: 0, story: 1, media: 1, deep: 1 },
  ],
  [
    'echo',
    writeOnPhone,
    { all: 3, inbound: 2, outbound: 2, reads: 0, story: 1, media: 1, deep: 1 },
  ],
  ['send', answer, { all: 18, inbound: 2, outbound: 40, reads: 2, story: 12, media: 2, deep: 8 }],
  ['reply', reply, { all: 4, inbound: 1, outbound: 8, reads: 1, story: 2, media: 1, deep: 1 }],
  [
    'reaction of ours',
    reactTo,
    { all: 4, inbound: 0, outbound: 8, reads: 0, story: 1, media: 0, deep: 0 },
  ],
  ['forward', passOn, { all: 5, inbound: 1, outbound: 8, reads: 1, story: 2, media: 1, deep: 1 }],
  ['read', see, { all: 6, inbound: 1, outbound: 10, reads: 12, story: 2, media: 1, deep: 1 }],
  ['block', block, { all: 4, inbound: 3, outbound: 5, reads: 3, story: 3, media: 6, deep: 4 }],
  [
    'short block',
    blockShortly,
    { all: 3, inbound: 3, outbound: 4, reads: 1, story: 2, media: 4, deep: 4 },
  ],
  [
    'block and undo',
    blockAndUnblock,
    { all: 5, inbound: 4, outbound: 6, reads: 10, story: 3, media: 8, deep: 6 },
  ],
  ['ask', ask, { all: 2, inbound: 0, outbound: 1, reads: 0, story: 1, media: 1, deep: 14 }],
  ['decide', decide, { all: 2, inbound: 0, outbound: 1, reads: 0, story: 1, media: 1, deep: 8 }],
  // None where bugs of the list are looked for: a reading mends what they broke.
  [
    'read list',
    readList,
    { all: 1, inbound: 0, outbound: 0, reads: 0, story: 0, media: 0, deep: 0 },
  ],
  ['unblock', unblock, { all: 7, inbound: 5, outbound: 8, reads: 8, story: 4, media: 8, deep: 6 }],
];

const choose = (crowd: Crowd, focus: Focus): readonly [string, Operation] => {
  const total = operations.reduce((sum, [, , weight]) => sum + weight[focus], 0);
  let dice = crowd.world.random.next() * total;
  for (const [name, operation, weight] of operations) {
    dice -= weight[focus];
    if (dice < 0) {
      return [name, operation];
    }
  }
  throw new Error('the weights do not add up');
};

/** One client, one operation after another, until told to stop. */
export const runClient = async (crowd: Crowd, focus: Focus, goOn: () => boolean): Promise<void> => {
  while (goOn()) {
    const [name, operation] = choose(crowd, focus);
    done(crowd.world, name);
    await operation(crowd);
  }
};
