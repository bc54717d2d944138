import { expect } from 'vitest';
import type { TestWorkspace } from './test-workspace.ts';

/** Words that stand only in what people outside wrote, were called, or are known by. */
const peopleWords = [/wamid\./, /wacid\./, /\bBR\.\d/, /marca-/, /\d{11}/];
/** Ids of ours may stand there, and are full of digits. */
const ourIds = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Nothing of a message, a name, a number or an id of WhatsApp is in the log (gate.md, silence in logs); neither are the
 * credentials of the workspaces.
 */
export const expectSilence = (
  logLines: readonly string[],
  workspaces: readonly TestWorkspace[],
  ...texts: readonly string[]
): void => {
  expect(logLines.length).toBeGreaterThan(0);
  const secrets = workspaces.flatMap(({ number, note, keys }) => [
    number.appSecret,
    number.verifyToken,
    note,
    keys.administrator.key,
  ]);
  const told = logLines.filter(
    (line) =>
      peopleWords.some((word) => word.test(line.replaceAll(ourIds, ''))) ||
      [...secrets, ...texts].some((text) => line.includes(text)),
  );
  expect(told).toEqual([]);
};
