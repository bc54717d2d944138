/**
 * What to do about an error code of the Graph, by column R of the API sheet, section 2.9 (and 1.7 for 1391xx).
 * retry: soon, with back-off · wait: not soon, then maybe · never: not for this message · fix: not before a person
 * has changed something · none: belongs to another endpoint, so the request itself is wrong.
 */
export type GraphErrorClass = 'retry' | 'wait' | 'never' | 'fix' | 'none';

const classes: ReadonlyArray<readonly [GraphErrorClass, readonly number[]]> = [
  [
    'retry',
    // 133004: server of the registration down · 139102, 139103: block list changed meanwhile, internal.
    [1, 2, 130429, 131000, 131016, 131056, 131057, 133004, 139102, 139103],
  ],
  ['wait', [4, 80007, 131048, 131064, 132069]],
  [
    'never',
    [
      // 131049 (withheld for a day or more) would hold back everything behind it in its conversation.
      131049,
      33, 368, 130403, 130472, 130497, 131021, 131026, 131031, 131050, 131052, 131060, 137000,
      139100, 139101,
    ],
  ],
  [
    'fix',
    [
      0, 3, 10, 100, 190, 131005, 131008, 131009, 131030, 131037, 131042, 131045, 131047, 131051,
      131053, 131055, 131062, 131063, 132000, 132001, 132005, 132007, 132012, 132015, 132016,
      132018, 132068, 134011, 135000,
    ],
  ],
  ['none', [133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016]],
];

const ranges: ReadonlyArray<readonly [GraphErrorClass, number, number]> = [
  ['fix', 200, 299],
  ['none', 138000, 138023],
  ['none', 139000, 139004],
  ['none', 147001, 147005],
  ['fix', 2_388_000, 2_388_999],
  ['fix', 2_593_107, 2_593_109],
];

const byCode = new Map<number, GraphErrorClass>(
  classes.flatMap(([name, codes]) => codes.map((code) => [code, name] as const)),
);

/** One of those that the sheet names alone, not by a range of hundreds. */
export const isListedCode = (code: number): boolean => byCode.has(code);

/** Undefined for a code that the sheet does not know. */
export const graphErrorClass = (code: number): GraphErrorClass | undefined =>
  byCode.get(code) ?? ranges.find(([, from, to]) => code >= from && code <= to)?.[0];

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

interface BackOff {
  readonly firstMs: number;
  readonly factor: number;
  readonly longestMs: number;
}

const usual: BackOff = { firstMs: 2 * second, factor: 2, longestMs: 5 * minute };

/** Where the sheet (2.7, 2.9) tells more than "later". */
const backOffs: ReadonlyMap<number, BackOff> = new Map([
  // Meta's own advice for one person written to too often: 4^n seconds.
  [131056, { firstMs: second, factor: 4, longestMs: hour }],
  // 80 messages/s of the number: room again within a second or so.
  [130429, { firstMs: second, factor: 2, longestMs: minute }],
  // An upgrade of the number takes at most a minute.
  [131057, { firstMs: 30 * second, factor: 2, longestMs: 5 * minute }],
  // Calls counted by the hour.
  [4, { firstMs: minute, factor: 2, longestMs: hour }],
  [80007, { firstMs: minute, factor: 2, longestMs: hour }],
  [131064, { firstMs: 15 * minute, factor: 2, longestMs: 6 * hour }],
  [132069, { firstMs: 15 * minute, factor: 2, longestMs: 6 * hour }],
  // Quality: do not hammer.
  [131048, { firstMs: 15 * minute, factor: 2, longestMs: 6 * hour }],
]);

/** @param attempt tries that went before, from 0 */
export const retryDelayMs = (code: number | null, attempt: number): number => {
  const { firstMs, factor, longestMs } = (code === null ? undefined : backOffs.get(code)) ?? usual;
  const tries = Math.min(Math.max(0, Math.floor(attempt) || 0), 30);
  return Math.min(firstMs * factor ** tries, longestMs);
};

/** Too many requests, to one person, from one number or for the account: there is room again by itself. */
export const isPaceCode = (code: number): boolean => [4, 80_007, 130_429, 131_056].includes(code);
