import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOperations } from './testing/api-document.ts';
import { fileAudit, operationAudit } from './testing/operation-audit.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

const source = fileURLToPath(new URL('../..', import.meta.url));

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('every operation that gives out a file', () => {
  it('has its event named, or says why it has none', async () => {
    const operations = [...(await readOperations(app.http)).values()];
    const files = operations.filter(({ fileTypes }) => fileTypes.length > 0);
    expect(files.map(({ id }) => id).sort()).toEqual(Object.keys(fileAudit).sort());
  });
});

describe('every operation that changes something', () => {
  it('has its events in the audit log named, or says why it has none', async () => {
    const operations = [...(await readOperations(app.http)).values()];
    const changing = operations.filter(({ method }) => method.toUpperCase() !== 'GET');
    expect(changing.map(({ id }) => id).sort()).toEqual(Object.keys(operationAudit).sort());
  });

  it('names events that the server writes', () => {
    const text = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((name) => /server\/.*\.ts$/.test(name) && !name.includes('test'))
      .map((name) => readFileSync(join(source, name), 'utf8'))
      .join('\n');
    const all = [...Object.values(operationAudit), ...Object.values(fileAudit)];
    const named = all.flatMap((one) => ('because' in one ? [] : one));
    const isWritten = (action: string): boolean =>
      text.includes(`'${action}'`) || text.includes(`\`${action.replace(/-[a-z]+$/, '-${')}`);
    expect(named.filter((action) => !isWritten(action))).toEqual([]);
  });
});
