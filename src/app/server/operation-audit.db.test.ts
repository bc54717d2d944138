import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOfServer, textsOf, writtenActions } from '#platform/shared/testing/written-actions.ts';
import { readOperations } from './testing/api-document.ts';
import { fileAudit, jobAudit, operationAudit } from './testing/operation-audit.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

const named = (): readonly string[] =>
  [...Object.values(operationAudit), ...Object.values(fileAudit)].flatMap((one) =>
    'because' in one ? [] : one,
  );

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
    const text = textsOf(isOfServer).join('\n');
    const isWritten = (action: string): boolean =>
      text.includes(`'${action}'`) || text.includes(`\`${action.replace(/-[a-z]+$/, '-${')}`);
    expect(named().filter((action) => !isWritten(action))).toEqual([]);
  });
});

describe('every event that is named or written', () => {
  it('is looked for in the log by a test that has performed its act', () => {
    const tests = textsOf((name) => name.endsWith('.db.test.ts')).join('\n');
    const all = new Set([...named(), ...jobAudit, ...writtenActions()]);
    expect(all.size).toBeGreaterThan(90);
    expect([...all].filter((action) => !tests.includes(`'${action}'`))).toEqual([]);
  });
});
