import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArchReport, checkArch } from './check-arch.ts';
import { checkMigrations } from './check-migrations.ts';
import { checkGateCallers } from './find-gate-callers.ts';
import { checkMessageReaders } from './find-message-readers.ts';
import { type Files, LAWFUL_TREE, PLANTS, writeTree } from './testing/arch-tree.ts';

const CALLERS = [
  { file: 'src/features/conversations/server/receive-messages.ts', reason: 'judges what comes in' },
];
const roots: string[] = [];

function tree(...layers: Files[]): string {
  const root = writeTree(...layers);
  roots.push(root);
  return root;
}

afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

describe('a lawful tree', () => {
  it('passes whole, and every file of it is cruised', () => {
    const report = checkArch(tree(LAWFUL_TREE), CALLERS, []);
    expect(report.violations).toEqual([]);
    expect(report.faults).toEqual([]);
    const files = Object.keys(LAWFUL_TREE).filter((path) => /\.tsx?$/.test(path));
    expect(report.fileCount).toBe(files.length);
  });
});

describe('one violation planted per rule', () => {
  let report: ArchReport;

  beforeAll(() => {
    const planted = PLANTS.map(({ file, text, beside }) => ({ ...beside, [file]: text }));
    report = checkArch(tree(LAWFUL_TREE, ...planted), CALLERS);
  });

  it.each(PLANTS.map((plant) => [plant.rules.join(', '), plant] as const))(
    '%s',
    (_name, { file, rules }) => {
      const caught = report.violations.filter((violation) => violation.from === file);
      expect([...new Set(caught.map((violation) => violation.rule))]).toEqual(rules);
    },
  );

  it('accuses no file that was not planted', () => {
    const planted = new Set(
      PLANTS.flatMap(({ file, beside }) => [file, ...Object.keys(beside ?? {})]),
    );
    expect(report.violations.filter(({ from }) => !planted.has(from))).toEqual([]);
  });

  it('covers every rule there is', () => {
    const require = createRequire(import.meta.url);
    const config = require('../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };
    const rules = config.forbidden.map((rule) => rule.name);
    expect([...new Set(PLANTS.flatMap((plant) => plant.rules))].sort()).toEqual(rules.sort());
    expect(report.ruleCount).toBe(rules.length);
  });
});

describe('files that are not cruised', () => {
  it('are a fault each', () => {
    const root = tree(LAWFUL_TREE);
    const config = join(root, '.dependency-cruiser.cjs');
    const text = readFileSync(config, 'utf8');
    writeFileSync(config, text.replace("exclude: { path: '", "exclude: { path: 'decide\\\\.ts$|"));
    const report = checkArch(root, CALLERS);
    expect(report.faults).toContain('src/features/gate/server/decide.ts was not cruised');
  });
});

describe('migrations', () => {
  const migrations = (...names: string[]): string[] => {
    const root = tree(Object.fromEntries(names.map((name) => [`migrations/${name}`, ''])));
    mkdirSync(join(root, 'migrations'), { recursive: true });
    return checkMigrations(root);
  };

  it('pass in order without a gap', () => {
    expect(migrations('0001-contacts.sql', '0002-gate.sql')).toEqual([]);
  });

  it('may not share a number', () => {
    expect(migrations('0001-contacts.sql', '0001-gate.sql')).toEqual([
      'migrations/0001-gate.sql has the number of migrations/0001-contacts.sql',
    ]);
  });

  it('may not leave a number out', () => {
    expect(migrations('0001-contacts.sql', '0003-gate.sql')).toEqual([
      'migrations: number 2 is missing',
    ]);
  });

  it('are named by number and purpose', () => {
    expect(migrations('0001-contacts.sql', '2-Gate.sql')).toEqual([
      'migrations/2-Gate.sql is not named NNNN-what-it-does.sql',
    ]);
  });
});

describe('callers of the gate', () => {
  const file = 'src/features/conversations/server/receive-history.ts';
  const faultsOf = (path: string, text: string): string[] =>
    checkGateCallers(tree({ [path]: text }), [path], []);

  it('are caught when they import it', () => {
    const text = `import { checkGateInbound } from '#features/gate/server/index.ts'; export const go = checkGateInbound;`;
    expect(faultsOf(file, text)).toEqual([
      `${file} asks checkGate and is not in CHECK_GATE_CALLERS`,
    ]);
  });

  it('are caught when they import the whole door', () => {
    const text = `import * as gate from '#features/gate/server/index.ts'; export const go = gate.checkGateInbound;`;
    expect(faultsOf(file, text)).toHaveLength(1);
  });

  it('are caught inside the gate itself', () => {
    const path = 'src/features/gate/server/preview.ts';
    const text = `import { checkGateInbound } from './check-gate.ts'; export const go = checkGateInbound;`;
    expect(faultsOf(path, text)).toHaveLength(1);
  });

  it('say what they send, at each call and in the list', () => {
    const door = `import { checkGateOutbound } from '#features/gate/server/index.ts';`;
    const text = `${door} checkGateOutbound(ctx, 'message', id, item, null); checkGateOutbound(ctx, way, id, item, null);`;
    const root = tree({ [file]: text });
    expect(
      checkGateCallers(root, [file], [{ file, reason: 'sends', ways: ['read-mark'] }]),
    ).toEqual([
      `${file} asks checkGateOutbound without spelling out its way to send`,
      `${file} sends message, which CHECK_GATE_CALLERS does not say`,
      `${file} is in CHECK_GATE_CALLERS for read-mark and does not send it`,
    ]);
  });

  it('cannot hide behind another name', () => {
    const path = 'src/features/gate/server/index.ts';
    const text = `export { checkGateInbound as ask } from './check-gate.ts';`;
    expect(faultsOf(path, text)).toEqual([`${path} renames checkGate, which hides its callers`]);
  });

  it('are tests, or words in a comment, and then they pass', () => {
    expect(faultsOf('src/features/gate/server/x.test.ts', 'checkGateInbound();')).toEqual([]);
    expect(faultsOf(file, '// checkGate is asked by the caller\nexport {};')).toEqual([]);
  });

  it('must use what they are listed for, with a reason', () => {
    const root = tree({ [file]: 'export {};' });
    expect(checkGateCallers(root, [file], [{ file, reason: '' }])).toEqual([
      `${file} is in CHECK_GATE_CALLERS and asks nothing`,
      `${file} is in CHECK_GATE_CALLERS without a reason`,
    ]);
  });
});

describe('readers of the table of messages', () => {
  const file = 'src/features/conversations/server/export-queries.ts';
  const faultsOf = (path: string, text: string): string[] =>
    checkMessageReaders(tree({ [path]: text }), [path], []);
  const caught = [`${file} reads the table message and is not in MESSAGE_READERS`];

  it.each([
    'sql`select text from message m where m.id = 1`',
    'sql`select 1 from conversation v\n  left join message on true`',
    'sql`with x as (select 1) update message set text = null`',
    'sql`select * from public.message`',
    "sql.table('message')",
    "db.selectFrom('message as m')",
  ])('are caught by what they say: %s', (said) => {
    expect(faultsOf(file, `export const go = ${said};`)).toEqual(caught);
  });

  it.each([
    'sql`select text from shown_message m join message_media x on true`',
    "new Error('a stored message from messages')",
    '1; // reads from message',
  ])('are not who reads what may be shown, or words: %s', (said) => {
    expect(faultsOf(file, `export const go = ${said};`)).toEqual([]);
  });

  it('may be tests', () => {
    const text = 'export const go = sql`select 1 from message`;';
    expect(faultsOf('src/features/gate/server/x.db.test.ts', text)).toEqual([]);
  });

  it('must use what they are listed for, with a reason', () => {
    const root = tree({ [file]: 'export {};' });
    expect(checkMessageReaders(root, [file], [{ file, reason: '' }])).toEqual([
      `${file} is in MESSAGE_READERS and does not read the table`,
      `${file} is in MESSAGE_READERS without a reason`,
    ]);
  });
});
