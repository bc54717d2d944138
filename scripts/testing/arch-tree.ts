import { copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Path → text. */
export type Files = Readonly<Record<string, string>>;

/** A small product in which every permitted kind of import is used once. */
export const LAWFUL_TREE: Files = {
  'migrations/0001-contacts.sql': '',
  'migrations/0002-gate.sql': '',
  'src/platform/shared/ids.ts': `export type Id = string; export const id = (text: string): Id => text;`,
  'src/platform/server/db.ts': `import { Kysely } from 'kysely'; export const db = Kysely;`,
  'src/platform/web/http.ts': `import type { Id } from '#platform/shared/ids.ts'; export const get = (id: Id) => id;`,
  'src/features/contacts/contract.ts': `import { z } from 'zod'; import { id } from '#platform/shared/ids.ts'; export const contact = z.string().transform(id);`,
  'src/features/contacts/server/testing.ts': `import { db } from '#platform/server/db.ts'; export const aContact = () => db;`,
  'src/features/contacts/server/index.ts': `export { contact } from '../contract.ts';`,
  'src/features/gate/contract.ts': `import { contact } from '#features/contacts/contract.ts'; export const block = contact;`,
  'src/features/gate/server/store.ts': `import { sql } from 'kysely'; export const insert = () => sql\`\`;`,
  'src/features/gate/server/decide.ts': `import { block } from '../contract.ts'; export type Verdict = typeof block;`,
  'src/features/gate/server/check-gate.ts': `import type { Kysely } from 'kysely'; import { insert } from './store.ts'; import type { Verdict } from './decide.ts'; export const checkGateInbound = (_db: Kysely<Verdict>) => insert();`,
  'src/features/gate/server/index.ts': `export { checkGateInbound } from './check-gate.ts';`,
  'src/features/gate/server/check-gate.test.ts': `import { Kysely } from 'kysely'; import fc from 'fast-check'; import { aContact } from '#features/contacts/server/testing.ts'; import { checkGateInbound } from './check-gate.ts'; export const proof = [Kysely, fc, aContact, checkGateInbound];`,
  'src/features/gate/web/index.ts': `import { block } from '../contract.ts'; import { get } from '#platform/web/http.ts'; export const useBlock = () => [block, get];`,
  'src/features/conversations/server/receive-messages.ts': `import { checkGateInbound } from '#features/gate/server/index.ts'; export const receive = checkGateInbound;`,
  'src/features/conversations/server/index.ts': `export { receive } from './receive-messages.ts';`,
  'src/channels/channel.ts': `import type { Id } from '#platform/shared/ids.ts'; export interface Channel { readonly kind: Id }`,
  'src/channels/whatsapp/server/send.ts': `import type { Channel } from '#channels/channel.ts'; export const channel: Channel = { kind: 'whatsapp' };`,
  'src/channels/whatsapp/server/index.ts': `import { receive } from '#features/conversations/server/index.ts'; import { channel } from './send.ts'; export const whatsapp = [channel, receive];`,
  'src/app/server/main.ts': `import { whatsapp } from '#channels/whatsapp/server/index.ts'; import { receive } from '#features/conversations/server/index.ts'; console.log(whatsapp, receive);`,
  'src/app/web/main.tsx': `import { useBlock } from '#features/gate/web/index.ts'; console.log(useBlock);`,
  'simulator/graph.ts': `export const graph = 'a graph of its own';`,
  'simulator/main.ts': `import { graph } from './graph.ts'; console.log(graph);`,
  'scripts/tool.ts': `import { id } from '#platform/shared/ids.ts'; export const tool = id;`,
};

/** A file that must be caught, the rules that must catch it, and what it needs beside it. */
export interface Plant {
  readonly rules: readonly string[];
  readonly file: string;
  readonly text: string;
  readonly beside?: Files;
}

const plant = (rule: string | string[], file: string, text: string, beside?: Files): Plant => ({
  rules: [rule].flat(),
  file,
  text,
  ...(beside ? { beside } : {}),
});

const empty = (name: string): string => `import '${name}'; export {};`;
const contractOf = (feature: string): Files => ({
  [`src/features/${feature}/contract.ts`]: `import { z } from 'zod'; export const it = z.string();`,
});

/** One unlawful import per rule. They are planted together, so that one cruise judges them all. */
export const PLANTS: readonly Plant[] = [
  plant('no-cycles', 'src/platform/server/egg.ts', empty('./hen.ts'), {
    'src/platform/server/hen.ts': empty('./egg.ts'),
  }),
  plant('no-unresolvable', 'src/platform/server/lost.ts', empty('./nowhere.ts')),
  plant('no-orphans', 'src/platform/shared/alone.ts', 'export const alone = true;'),
  plant(
    'web-never-imports-server',
    'src/features/gate/web/peek.ts',
    `import type { Verdict } from '../server/decide.ts'; export type Peek = Verdict;`,
  ),
  plant('server-never-imports-web', 'src/features/gate/server/paint.ts', empty('../web/index.ts')),
  plant('contract-is-pure', 'src/channels/whatsapp/contract.ts', empty('#platform/server/db.ts')),
  plant('shared-runs-anywhere', 'src/platform/shared/heavy.ts', empty('#platform/server/db.ts')),
  plant(
    'platform-is-the-floor',
    'src/platform/server/climb.ts',
    empty('#features/gate/contract.ts'),
  ),
  plant(
    'features-know-the-port-not-the-channel',
    'src/features/gate/server/wire.ts',
    empty('#channels/whatsapp/server/send.ts'),
  ),
  plant(
    'nobody-imports-app',
    'src/channels/whatsapp/server/climb.ts',
    empty('#app/server/main.ts'),
  ),
  plant(
    'channels-are-strangers',
    'src/channels/telegram/server/index.ts',
    empty('#channels/whatsapp/server/index.ts'),
  ),
  plant(
    'feature-door',
    'src/features/conversations/server/sneak.ts',
    empty('#features/gate/server/decide.ts'),
  ),
  plant(
    'feature-door-for-tests',
    'src/features/conversations/server/sneak.test.ts',
    empty('#features/gate/server/decide.ts'),
  ),
  plant(
    'feature-door-from-outside',
    'src/app/server/sneak.ts',
    empty('#features/gate/server/decide.ts'),
  ),
  plant(
    'channel-door',
    'src/app/server/sneak-channel.ts',
    empty('#channels/whatsapp/server/send.ts'),
  ),
  plant(
    'sql-only-in-stores-and-queries',
    'src/features/gate/server/block-contact.ts',
    `import { sql } from 'kysely'; export const block = sql;`,
  ),
  plant('edges-do-not-write', 'src/features/gate/server/routes.ts', empty('./store.ts')),
  plant('simulator-stands-alone', 'simulator/peek.ts', empty('../src/platform/shared/ids.ts')),
  plant(
    'nothing-imports-the-simulator',
    'src/channels/whatsapp/server/fake.ts',
    empty('../../../../simulator/graph.ts'),
  ),
  plant('src-imports-src-only', 'src/platform/server/handy.ts', empty('../../../scripts/tool.ts')),
  plant('server-ships-no-dev-deps', 'src/features/gate/server/bundle.ts', empty('esbuild')),
  plant('tests-stay-tests', 'src/features/contacts/server/seed.ts', empty('./testing.ts')),
  plant(
    'feature-must-be-in-the-order',
    'src/features/stickers/server/index.ts',
    empty('#platform/shared/ids.ts'),
  ),
  ...[
    ['accounts', 'audit'],
    ['audit', 'webhooks'],
    ['webhooks', 'contacts'],
    ['contacts', 'gate'],
    ['gate', 'journal'],
    ['journal', 'media'],
    ['media', 'templates'],
    ['templates', 'conversations'],
    ['conversations', 'removals'],
    ['removals', 'reports'],
    ['reports', 'help'],
  ].map(([left, right]) =>
    plant(
      `feature-order-${left}`,
      `src/features/${left}/server/look-right.ts`,
      empty(`#features/${right}/contract.ts`),
      LAWFUL_TREE[`src/features/${right}/contract.ts`] ? {} : contractOf(`${right}`),
    ),
  ),
];

/** Writes a tree into a new folder, with this repository's rules and packages, and returns its path. */
export function writeTree(...layers: readonly Files[]): string {
  const root = mkdtempSync(join(tmpdir(), 'guarita-arch-'));
  for (const name of ['package.json', 'tsconfig.base.json', '.dependency-cruiser.cjs']) {
    copyFileSync(join(repository, name), join(root, name));
  }
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const [path, text] of layers.flatMap((files) => Object.entries(files))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  }
  return root;
}
